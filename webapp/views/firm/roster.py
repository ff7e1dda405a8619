"""What a firm's admin keeps for the desk: whom the firm acts for and against, and who is on call."""

import datetime as dt
import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.conflicts import firm_list
from checkup.desk import roster
from checkup.review.colleagues import list_colleagues
from tenants import audit
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import FieldFault, Invalid
from webapp.edge.audiences import actor, audience, firm_id, staff_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _

blueprint = Blueprint("firm_desk", __name__, url_prefix="/firm")
_MOST_FAULTS = 10


@blueprint.get("/parties")
@audience(Audience.FIRM, may="run_firm")
def parties() -> str:
    return _parties_page({})


def _parties_page(faults: dict[str, str], table_faults: tuple[FieldFault, ...] = ()) -> str:
    search = request.args.get("q", "")[:100]
    with staff_work() as work:
        rows = firm_list.list_parties(work, firm_id=firm_id(), search=search)
    lines = [_line(fault) for fault in table_faults[:_MOST_FAULTS]]
    return render_template(
        "firm/parties.html", rows=rows, search=search, faults=faults, lines=lines, typed=request.form
    )


def _line(fault: FieldFault) -> str:
    """第3行：请填写这一项。"""
    text = fault_text(FieldFault(fault.field, fault.code, {k: v for k, v in fault.params.items() if k != "line"}))
    return _("第{line}行：", line=fault.params["line"]) + text if "line" in fault.params else text


@blueprint.post("/parties")
@audience(Audience.FIRM, may="run_firm")
def add_party() -> Response | tuple[str, int]:
    fields = {name: request.form.get(name, "") for name in ("name", "side", "credit_code", "matter")}
    try:
        with staff_work() as work:
            row = firm_list.add_party(work, firm_id=firm_id(), now=now(), **fields)
            audit.note(work, firm_id=firm_id(), act="parties.changed", by=actor(), about_id=row.id)
    except Invalid as invalid:
        return _parties_page({fault.field: fault_text(fault) for fault in invalid.faults}), 422
    return redirect(url_for("firm_desk.parties"))


@blueprint.post("/parties/import")
@audience(Audience.FIRM, may="run_firm")
def import_parties() -> Response | tuple[str, int]:
    sent = request.files.get("table")
    content = sent.read() if sent else b""
    try:
        with staff_work() as work:
            count = firm_list.import_table(work, firm_id=firm_id(), content=content, now=now())
            audit.note(work, firm_id=firm_id(), act="parties.changed", by=actor(), why=f"+{count}")
    except Invalid as invalid:
        return _parties_page({}, invalid.faults), 422
    return redirect(url_for("firm_desk.parties"))


@blueprint.post("/parties/<uuid:party_id>/remove")
@audience(Audience.FIRM, may="run_firm")
def remove_party(party_id: uuid.UUID) -> Response:
    with staff_work() as work:
        firm_list.remove_party(work, firm_id=firm_id(), party_id=party_id)
        audit.note(work, firm_id=firm_id(), act="parties.changed", by=actor(), about_id=party_id)
    return redirect(url_for("firm_desk.parties"))


@blueprint.get("/roster")
@audience(Audience.FIRM, may="run_firm")
def show_roster() -> str:
    return _roster_page("")


def _roster_page(fault: str) -> str:
    with staff_work() as work:
        days = roster.list_days(work, firm_id=firm_id(), today=city_day(now()))
        people = list_colleagues(work, firm_id=firm_id())
    return render_template("firm/roster.html", days=days, people=people, places=roster.PLACES, fault=fault)


@blueprint.post("/roster")
@audience(Audience.FIRM, may="run_firm")
def plan_roster() -> Response | tuple[str, int]:
    """Every day that the page showed, as it was filled in; or the empty ones in turn."""
    try:
        with staff_work() as work:
            if request.form.get("fill"):
                roster.fill_in_turn(work, firm_id=firm_id(), today=city_day(now()))
            else:
                for day in roster.list_days(work, firm_id=firm_id(), today=city_day(now())):
                    roster.plan_day(work, firm_id=firm_id(), day=day.day, people=_people(day.day))
    except Invalid as invalid:
        return _roster_page(fault_text(invalid.faults[0])), 422
    return redirect(url_for("firm_desk.show_roster"))


def _people(day: dt.date) -> dict[int, uuid.UUID | None]:
    return {place: request.form.get(f"{day}-{place}", type=uuid.UUID) for place in roster.PLACES}
