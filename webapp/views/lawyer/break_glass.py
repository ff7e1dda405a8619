"""Break-glass: ask for one case with a reason; a colleague allows it; the owner is told."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.cases.break_glass import allow_access, ask_access, list_asked
from checkup.owner.consents import get_by_number
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, NotFound
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.people_here import fresh
from webapp.forms.lawyer import BreakGlassForm

blueprint = Blueprint("emergency", __name__, url_prefix="/lawyer/emergency")


@blueprint.get("")
@audience(Audience.FIRM, may="review")
def show() -> tuple[str, int]:
    return _page(BreakGlassForm())


def _page(form: BreakGlassForm, notice: str = "", status: int = 0) -> tuple[str, int]:
    with staff_work() as work:
        asked = list_asked(work, firm_id=staff().firm_id or abort(404), now=now())
    page = render_template("lawyer/emergency.html", asked=asked, me=staff().person_id, notice=notice, form=form)
    return page, status or form.status


@blueprint.post("")
@audience(Audience.FIRM, may="review")
@fresh
def ask() -> Response | tuple[str, int]:
    form = BreakGlassForm()
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    row = get_by_number(work, form.case_number.data)
                    ask_access(work, checkup_id=row.id, why=form.why.data, by=actor(), now=now())
                return redirect(url_for("emergency.show"))
    except NotFound:
        return _page(form, _("没有这个体检号。"), 404)
    return _page(form)


@blueprint.post("/<uuid:asked_id>/allow")
@audience(Audience.FIRM, may="review")
@fresh
def allow(asked_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            allow_access(work, asked_id=asked_id, by=actor(), now=now())
    except Conflict as conflict:
        said = _("要由另一位同事同意。") if conflict.code == "two_people" else _("现在的状态不能做这一步。")
        return _page(BreakGlassForm(formdata=None), said, 409)
    return redirect(url_for("emergency.show"))
