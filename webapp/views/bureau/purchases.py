"""Government purchase: a bureau's lots, what was delivered with proof, and the settlement."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bureau.oversight.purchases import (
    decide_settlement,
    get_lot,
    list_lots,
    make_statement,
    open_lot,
    preview_settlement,
    propose_settlement,
    statement_rows,
    take_deliveries,
)
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.firms.admission import get_supervised, list_part, list_supervised
from tenants.login.officers import list_alone
from tenants.models import Firm
from webapp.edge.audiences import actor, audience, bureau_id, staff, staff_work
from webapp.edge.downloads import csv_response
from webapp.edge.i18n import lazy_gettext, own_name
from webapp.edge.i18n import translate as _
from webapp.forms.bureau import DecisionForm
from webapp.forms.steering import LotForm, SettleForm

blueprint = Blueprint("purchases", __name__, url_prefix="/bureau/lots")
CONFLICTS = {
    "settled": lazy_gettext("已经结算，不能再变。"),
    "waiting": lazy_gettext("已经有一次结算等着另一位同事批。"),
    "nothing": lazy_gettext("没有新交付的，没有可以结算的。"),
    "two_people": lazy_gettext("提出的人不能自己批准，请另一位同事来批。"),
    "not_now": lazy_gettext("这一条已经决定过了。"),
}


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def index() -> tuple[str, int]:
    return _page(LotForm())


def _page(form: LotForm, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        statements = [make_statement(work, lot) for lot in list_lots(work)]
        firms = _offer(form, work)
        below = {one.id for one in list_part(work)} - {bureau_id()}
        alone = list_alone(work, {bureau_id(), *below})
    names = {firm.id: firm.name for firm in firms}
    page = render_template(
        "bureau/lots.html",
        statements=statements,
        names=names,
        mine=bureau_id(),
        decides_for={bureau_id(), *(alone & below)},
        is_alone=bureau_id() in alone,
        me=staff(),
        form=form,
        notice=notice,
    )
    return page, 409 if notice else form.status


def _offer(form: LotForm, work: Session) -> list[Firm]:
    """The firms that can be bought of, also as what the form offers."""
    firms = [firm for firm in list_supervised(work) if firm.state in ("admitted", "active")]
    form.firm.options = [(str(firm.id), own_name(firm)) for firm in firms]
    return firms


@blueprint.post("")
@audience(Audience.BUREAU, may="supervise")
def begin() -> Response | tuple[str, int]:
    form = LotForm()
    with staff_work() as work:
        _offer(form, work)
        if form.validate():
            firm_id = uuid.UUID(form.firm.data)
            open_lot(work, bureau_id=bureau_id(), firm_id=firm_id, offer=form.offer(), by=actor(), now=now())
            return redirect(url_for("purchases.index"))
    return _page(form)


@blueprint.post("/<uuid:lot_id>/deliveries")
@audience(Audience.BUREAU, may="supervise")
def deliver(lot_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            take_deliveries(work, lot_id=lot_id)
    except Conflict:
        return _page(LotForm(formdata=None), _("已经结算，不能再变。"))
    return redirect(url_for("purchases.index"))


@blueprint.get("/<uuid:lot_id>/settle")
@audience(Audience.BUREAU, may="supervise")
def preview(lot_id: uuid.UUID) -> str | tuple[str, int]:
    """What a settlement would pay, to whom, and what it would end."""
    try:
        with staff_work() as work:
            found = preview_settlement(work, lot_id=lot_id)
            firm = get_supervised(work, found.lot.firm_id)
    except Conflict:
        return _page(LotForm(formdata=None), _("已经结算，不能再变。"))
    today = city_day(now())
    return render_template("bureau/settlement.html", found=found, firm=firm, today=today, form=SettleForm())


@blueprint.post("/<uuid:lot_id>/settle")
@audience(Audience.BUREAU, may="supervise")
def settle(lot_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            propose_settlement(work, lot_id=lot_id, is_final=SettleForm().final.data == "yes", by=actor(), now=now())
    except Conflict as conflict:
        return _page(LotForm(formdata=None), str(CONFLICTS[conflict.code]))
    return redirect(url_for("purchases.index"))


@blueprint.post("/settlements/<uuid:settlement_id>")
@audience(Audience.BUREAU, may="supervise")
def decide(settlement_id: uuid.UUID) -> Response | tuple[str, int]:
    """A second officer's word on it."""
    try:
        with staff_work() as work:
            decide_settlement(
                work, settlement_id=settlement_id, decision=DecisionForm().decision.data, by=actor(), now=now()
            )
    except Conflict as conflict:
        return _page(LotForm(formdata=None), str(CONFLICTS[conflict.code]))
    return redirect(url_for("purchases.index"))


@blueprint.get("/<uuid:lot_id>/statement.csv")
@audience(Audience.BUREAU, may="supervise")
def statement_csv(lot_id: uuid.UUID) -> Response:
    with staff_work() as work:
        statement = make_statement(work, get_lot(work, lot_id))
    return csv_response(statement_rows(statement), f"famai-lot-{statement.lot.begins_on}.csv")
