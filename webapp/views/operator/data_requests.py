"""Requests about personal data that came by letter, call or counter, with the last day of their answer."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.running.data_requests import get_request, list_requests, settle, take_in
from tenants.running.rules import ANSWER_DAYS
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.i18n import translate as _
from webapp.forms.operator import RequestForm, SettleForm

blueprint = Blueprint("data_requests", __name__, url_prefix="/operator/requests")


@blueprint.get("")
@audience(Audience.OPERATOR, may="operate")
def index() -> tuple[str, int]:
    return _page(RequestForm())


def _page(form: RequestForm, settling: tuple[uuid.UUID, SettleForm] | None = None, said: str = "") -> tuple[str, int]:
    with staff_work() as work:
        rows = list_requests(work)
    forms = {row.id: SettleForm(formdata=None, at=str(row.id)) for row in rows if row.state == "open"}
    status = form.status
    if settling is not None:
        forms[settling[0]] = settling[1]
        status = settling[1].status
    page = render_template(
        "operator/requests.html",
        open_ones=[row for row in rows if row.state == "open"],
        settled=[row for row in rows if row.state != "open"],
        forms=forms,
        faulty=settling and settling[0],
        form=form,
        today=city_day(now()),
        days=ANSWER_DAYS,
        said=said,
    )
    return page, 409 if said else status


@blueprint.post("")
@audience(Audience.OPERATOR, may="operate")
def add() -> Response | tuple[str, int]:
    form = RequestForm()
    if not form.validate():
        return _page(form)
    with staff_work() as work:
        take_in(
            work,
            kind=form.kind.data,
            came_by=form.came_by.data,
            reference=form.reference.data,
            received_on=form.received_on.data,
            by=actor(),
            now=now(),
        )
    return redirect(url_for("data_requests.index"))


@blueprint.post("/<uuid:request_id>/settle")
@audience(Audience.OPERATOR, may="operate")
def end(request_id: uuid.UUID) -> Response | tuple[str, int]:
    with staff_work() as work:
        get_request(work, request_id)
    form = SettleForm(at=str(request_id))
    if not form.validate():
        return _page(RequestForm(formdata=None), (request_id, form))
    try:
        with staff_work() as work:
            settle(
                work,
                request_id=request_id,
                move=form.move.data,
                outcome=form.outcome.data,
                by=actor(),
                now=now(),
            )
    except Conflict:
        return _page(RequestForm(formdata=None), said=_("这件已经有结果了。"))
    return redirect(url_for("data_requests.index"))
