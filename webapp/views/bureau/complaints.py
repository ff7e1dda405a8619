"""The bureau's desk for complaints: what owners wrote to it, the firm, the clock; nothing of the case."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bureau.complaints import desk
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
from webapp.forms.bureau import OutcomeForm

blueprint = Blueprint("complaint_desk", __name__, url_prefix="/bureau/complaints")


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def show() -> str:
    with staff_work() as work:
        return render_template("bureau/complaints.html", lines=desk.list_complaints(work, now=now()))


@blueprint.get("/<uuid:complaint_id>")
@audience(Audience.BUREAU, may="supervise")
def entry(complaint_id: uuid.UUID) -> tuple[str, int]:
    return _page(complaint_id, OutcomeForm())


def _page(complaint_id: uuid.UUID, form: OutcomeForm, notice: str = "") -> tuple[str, int]:
    keys = case_keys()
    with staff_work() as work:
        found = desk.open_entry(work, complaint_id=complaint_id, keys=keys, now=now())
    page = render_template("bureau/complaint.html", entry=found, notice=notice, form=form)
    return page, 409 if notice else form.status


@blueprint.post("/<uuid:complaint_id>/take")
@audience(Audience.BUREAU, may="supervise")
def take(complaint_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            desk.take(work, complaint_id=complaint_id, by=actor(), now=now())
    except Conflict:
        return _page(complaint_id, OutcomeForm(formdata=None), _("现在的状态不能做这一步。"))
    return redirect(url_for("complaint_desk.entry", complaint_id=complaint_id))


@blueprint.post("/<uuid:complaint_id>/settle")
@audience(Audience.BUREAU, may="supervise")
def settle(complaint_id: uuid.UUID) -> Response | tuple[str, int]:
    form = OutcomeForm()
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    desk.settle(
                        work,
                        complaint_id=complaint_id,
                        outcome=form.outcome.data,
                        by=actor(),
                        keys=case_keys(),
                        now=now(),
                    )
                return redirect(url_for("complaint_desk.entry", complaint_id=complaint_id))
    except Conflict:
        return _page(complaint_id, form, _("现在的状态不能做这一步。"))
    return _page(complaint_id, form)
