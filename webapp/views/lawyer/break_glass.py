"""Break-glass: ask for one case with a reason; a colleague allows it; the owner is told."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import fresh_login_required
from werkzeug.wrappers import Response

from checkup.cases.break_glass import allow_access, ask_access, list_asked
from checkup.owner.consents import get_by_number
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid, NotFound
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _

blueprint = Blueprint("emergency", __name__, url_prefix="/lawyer/emergency")


@blueprint.get("")
@audience(Audience.FIRM, may="review")
def show() -> str:
    return _page()


def _page(notice: str | None = None) -> str:
    with staff_work() as work:
        asked = list_asked(work, firm_id=staff().firm_id or abort(404), now=now())
        return render_template(
            "lawyer/emergency.html", asked=asked, me=staff().person_id, notice=notice, typed=request.form
        )


@blueprint.post("")
@audience(Audience.FIRM, may="review")
@fresh_login_required
def ask() -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            row = get_by_number(work, request.form.get("case_number", "")[:40])
            ask_access(work, checkup_id=row.id, why=request.form.get("why", ""), by=actor(), now=now())
    except NotFound:
        return _page(_("没有这个体检号。")), 404
    except Invalid as invalid:
        return _page(_("理由：") + fault_text(invalid.faults[0])), 422
    return redirect(url_for("emergency.show"))


@blueprint.post("/<uuid:asked_id>/allow")
@audience(Audience.FIRM, may="review")
@fresh_login_required
def allow(asked_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            allow_access(work, asked_id=asked_id, by=actor(), now=now())
    except Conflict as conflict:
        said = _("要由另一位同事同意。") if conflict.code == "two_people" else _("现在的状态不能做这一步。")
        return _page(said), 409
    return redirect(url_for("emergency.show"))
