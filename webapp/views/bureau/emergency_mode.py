"""Emergency mode: the bureau switches it on and off, lawyers put their names on its roster."""

import json
import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bureau.parameters.emergencies import (
    agree,
    last_day,
    list_emergencies,
    list_in_force,
    list_volunteers,
    switch_off,
    switch_on,
    volunteer,
)
from bureau.parameters.rules import CLOCKS, KINDS
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.firms.admission import list_part, list_supervised
from tenants.firms.states import SERVING
from tenants.models import Bureau
from webapp.edge.audiences import actor, audience, bureau_id, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.forms.steering import EmergencyForm

blueprint = Blueprint("emergency_mode", __name__)


@blueprint.get("/bureau/emergency")
@audience(Audience.BUREAU, may="supervise")
def show() -> tuple[str, int]:
    return _page(EmergencyForm())


def _page(form: EmergencyForm, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        rows, part = list_emergencies(work), {one.id: one for one in list_part(work)}
        firms = sum(firm.state in SERVING for firm in list_supervised(work))
        is_city = work.get_one(Bureau, bureau_id()).parent_id is None
        rosters = {row.id: list_volunteers(work, row.id) for row in rows}
    page = render_template(
        "bureau/emergency.html",
        rows=rows,
        rosters=rosters,
        relaxed={row.id: json.loads(row.relaxed) for row in rows},
        last_days={row.id: last_day(row) for row in rows},
        part=part,
        mine=bureau_id(),
        me=staff(),
        firms=firms,
        is_city=is_city,
        kinds=KINDS,
        clocks=CLOCKS,
        form=form,
        notice=notice,
        today=city_day(now()),
    )
    return page, 409 if notice else form.status


@blueprint.post("/bureau/emergency")
@audience(Audience.BUREAU, may="supervise")
def begin() -> Response | tuple[str, int]:
    form = EmergencyForm()
    if not form.validate():
        return _page(form)
    try:
        with staff_work() as work:
            switch_on(work, bureau_id=bureau_id(), plan=form.plan(), by=actor(), now=now())
    except Conflict:
        return _page(form, _("这几天里已经有一个应急模式，请先结束它。"))
    return redirect(url_for("emergency_mode.show"))


@blueprint.post("/bureau/emergency/<uuid:emergency_id>/end")
@audience(Audience.BUREAU, may="supervise")
def end(emergency_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            switch_off(work, emergency_id=emergency_id, by=actor(), now=now())
    except Conflict:
        return _page(EmergencyForm(formdata=None), _("它已经结束了。"))
    return redirect(url_for("emergency_mode.show"))


@blueprint.post("/bureau/emergency/<uuid:emergency_id>/agree")
@audience(Audience.BUREAU, may="supervise")
def second(emergency_id: uuid.UUID) -> Response | tuple[str, int]:
    """A second officer stands behind it."""
    try:
        with staff_work() as work:
            agree(work, emergency_id=emergency_id, by=actor(), now=now())
    except Conflict as conflict:
        is_own = conflict.code == "two_people"
        said = _("打开的人不能自己同意，请另一位同事来。") if is_own else _("它已经结束，或者已经有人同意了。")
        return _page(EmergencyForm(formdata=None), said)
    return redirect(url_for("emergency_mode.show"))


@blueprint.get("/lawyer/emergency-roster")
@audience(Audience.FIRM, may="review")
def roster() -> str:
    with staff_work() as work:
        rows = list_in_force(work, on=city_day(now()))
        mine = {
            row.id: any(one.person_id == staff().person_id for one in list_volunteers(work, row.id)) for row in rows
        }
    return render_template("lawyer/roster.html", rows=rows, mine=mine)


@blueprint.post("/lawyer/emergency-roster/<uuid:emergency_id>")
@audience(Audience.FIRM, may="review")
def sign_up(emergency_id: uuid.UUID) -> Response:
    firm_id = staff().firm_id or abort(404)
    with staff_work() as work:
        row = next((one for one in list_in_force(work, on=city_day(now())) if one.id == emergency_id), None)
        if row is None:
            abort(404)
        volunteer(work, emergency=row, firm_id=firm_id, by=actor(), now=now())
    return redirect(url_for("emergency_mode.roster"))
