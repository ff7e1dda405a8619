"""Government purchase: a bureau's lots, what was delivered with proof, and the settlement."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bureau.oversight.purchases import (
    get_lot,
    list_lots,
    make_statement,
    open_lot,
    parse_offer,
    settle_lot,
    statement_rows,
    take_deliveries,
)
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid
from tenants.firms.admission import get_supervised, list_supervised
from webapp.edge.audiences import actor, audience, bureau_id, staff_work
from webapp.edge.downloads import csv_response
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _

blueprint = Blueprint("purchases", __name__, url_prefix="/bureau/lots")


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def index() -> str:
    return _page({})


def _page(faults: dict[str, str], notice: str | None = None) -> str:
    with staff_work() as work:
        statements = [make_statement(work, lot) for lot in list_lots(work)]
        firms = [firm for firm in list_supervised(work) if firm.state in ("admitted", "active")]
    names = {firm.id: firm.name for firm in firms}
    return render_template(
        "bureau/lots.html",
        statements=statements,
        firms=firms,
        names=names,
        mine=bureau_id(),
        faults=faults,
        notice=notice,
        typed=request.form.to_dict(),
    )


@blueprint.post("")
@audience(Audience.BUREAU, may="supervise")
def begin() -> Response | tuple[str, int]:
    firm_id = request.form.get("firm", type=uuid.UUID)
    try:
        offer = parse_offer(request.form)
    except Invalid as invalid:
        return _page({fault.field: fault_text(fault) for fault in invalid.faults}), 422
    with staff_work() as work:
        firm = get_supervised(work, firm_id or uuid.UUID(int=0))
        open_lot(work, bureau_id=bureau_id(), firm_id=firm.id, offer=offer, by=actor(), now=now())
    return redirect(url_for("purchases.index"))


@blueprint.post("/<uuid:lot_id>/deliveries")
@audience(Audience.BUREAU, may="supervise")
def deliver(lot_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            take_deliveries(work, lot_id=lot_id)
    except Conflict:
        return _page({}, _("已经结算，不能再变。")), 409
    return redirect(url_for("purchases.index"))


@blueprint.post("/<uuid:lot_id>/settle")
@audience(Audience.BUREAU, may="supervise")
def settle(lot_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            settle_lot(work, lot_id=lot_id, by=actor(), now=now())
    except Conflict:
        return _page({}, _("已经结算，不能再变。")), 409
    return redirect(url_for("purchases.index"))


@blueprint.get("/<uuid:lot_id>/statement.csv")
@audience(Audience.BUREAU, may="supervise")
def statement_csv(lot_id: uuid.UUID) -> Response:
    with staff_work() as work:
        statement = make_statement(work, get_lot(work, lot_id))
    return csv_response(statement_rows(statement), f"famai-lot-{statement.lot.begins_on}.csv")
