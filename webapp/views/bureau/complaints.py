"""The bureau's desk for complaints: what owners wrote to it, the firm, the clock; nothing of the case."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bureau.complaints import desk
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys

blueprint = Blueprint("complaint_desk", __name__, url_prefix="/bureau/complaints")


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def show() -> str:
    with staff_work() as work:
        return render_template("bureau/complaints.html", lines=desk.list_complaints(work, now=now()))


@blueprint.get("/<uuid:complaint_id>")
@audience(Audience.BUREAU, may="supervise")
def entry(complaint_id: uuid.UUID) -> str:
    return _page(complaint_id)


def _page(complaint_id: uuid.UUID, fault: str = "") -> str:
    keys = case_keys()
    with staff_work() as work:
        found = desk.open_entry(work, complaint_id=complaint_id, keys=keys, now=now())
    return render_template("bureau/complaint.html", entry=found, fault=fault, typed=request.form.get("outcome", ""))


@blueprint.post("/<uuid:complaint_id>/take")
@audience(Audience.BUREAU, may="supervise")
def take(complaint_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            desk.take(work, complaint_id=complaint_id, by=actor(), now=now())
    except Conflict:
        return _page(complaint_id, _("现在的状态不能做这一步。")), 409
    return redirect(url_for("complaint_desk.entry", complaint_id=complaint_id))


@blueprint.post("/<uuid:complaint_id>/settle")
@audience(Audience.BUREAU, may="supervise")
def settle(complaint_id: uuid.UUID) -> Response | tuple[str, int]:
    keys, outcome = case_keys(), request.form.get("outcome", "")
    try:
        with staff_work() as work:
            desk.settle(work, complaint_id=complaint_id, outcome=outcome, by=actor(), keys=keys, now=now())
    except Invalid as invalid:
        return _page(complaint_id, _("答复：") + fault_text(invalid.faults[0])), 422
    except Conflict:
        return _page(complaint_id, _("现在的状态不能做这一步。")), 409
    return redirect(url_for("complaint_desk.entry", complaint_id=complaint_id))
