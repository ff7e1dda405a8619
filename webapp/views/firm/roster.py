"""What a firm's admin keeps for the desk: whom the firm acts for and against, and who is on call."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.conflicts import firm_list
from checkup.desk import roster
from checkup.review.colleagues import list_colleagues
from tenants import audit
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import FieldFault
from webapp.edge.audiences import actor, audience, firm_id, staff_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _
from webapp.edge.limits import takes_files
from webapp.forms.firm import PartyForm, PartyTableForm, RosterForm, SearchForm, roster_form

blueprint = Blueprint("firm_desk", __name__, url_prefix="/firm")
_MOST_FAULTS = 10


@blueprint.get("/parties")
@audience(Audience.FIRM, may="run_firm")
def parties() -> tuple[str, int]:
    return _parties_page(PartyForm(), PartyTableForm())


def _parties_page(form: PartyForm, table: PartyTableForm) -> tuple[str, int]:
    search = SearchForm(request.args)
    with staff_work() as work:
        rows = firm_list.list_parties(work, firm_id=firm_id(), search=search.q.data)
    lines = [_line(fault) for fault in table.reasons[:_MOST_FAULTS]]
    page = render_template("firm/parties.html", rows=rows, search=search, lines=lines, form=form, table=table)
    return page, max(form.status, table.status)


def _line(fault: FieldFault) -> str:
    """第3行：请填写这一项。"""
    text = fault_text(FieldFault(fault.field, fault.code, {k: v for k, v in fault.params.items() if k != "line"}))
    return _("第{line}行：", line=fault.params["line"]) + text if "line" in fault.params else text


@blueprint.post("/parties")
@audience(Audience.FIRM, may="run_firm")
def add_party() -> Response | tuple[str, int]:
    form = PartyForm()
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                row = firm_list.add_party(
                    work,
                    firm_id=firm_id(),
                    name=form.name.data,
                    side=form.side.data,
                    credit_code=form.credit_code.data,
                    matter=form.matter.data,
                    now=now(),
                )
                audit.note(work, firm_id=firm_id(), act="parties.changed", by=actor(), about_id=row.id)
            return redirect(url_for("firm_desk.parties"))
    return _parties_page(form, PartyTableForm(formdata=None))


@blueprint.post("/parties/import")
@audience(Audience.FIRM, may="run_firm")
@takes_files(1)
def import_parties() -> Response | tuple[str, int]:
    form = PartyTableForm()
    with form.faults_of_domain():
        with staff_work() as work:
            count = firm_list.import_table(work, firm_id=firm_id(), content=form.table.data, now=now())
            audit.note(work, firm_id=firm_id(), act="parties.changed", by=actor(), why=f"+{count}")
        return redirect(url_for("firm_desk.parties"))
    return _parties_page(PartyForm(formdata=None), form)


@blueprint.post("/parties/<uuid:party_id>/remove")
@audience(Audience.FIRM, may="run_firm")
def remove_party(party_id: uuid.UUID) -> Response:
    with staff_work() as work:
        firm_list.remove_party(work, firm_id=firm_id(), party_id=party_id)
        audit.note(work, firm_id=firm_id(), act="parties.changed", by=actor(), about_id=party_id)
    return redirect(url_for("firm_desk.parties"))


@blueprint.get("/roster")
@audience(Audience.FIRM, may="run_firm")
def show_roster() -> tuple[str, int]:
    with staff_work() as work:
        days, form = _roster(work)
    for day in days:
        for place, person_id in day.people.items():
            form[form.cell(day.day, place)].data = str(person_id)
    return _roster_page(days, form)


def _roster(work: Session) -> tuple[list[roster.RosterDay], RosterForm]:
    """The days that can be planned, and the form to plan them with."""
    days = roster.list_days(work, firm_id=firm_id(), today=city_day(now()))
    lawyers = [one for one in list_colleagues(work, firm_id=firm_id()) if one.reviews]
    form = roster_form([day.day for day in days], lawyers)
    return days, form()


def _roster_page(days: list[roster.RosterDay], form: RosterForm) -> tuple[str, int]:
    return render_template("firm/roster.html", days=days, places=roster.PLACES, form=form), form.status


@blueprint.post("/roster")
@audience(Audience.FIRM, may="run_firm")
def plan_roster() -> Response | tuple[str, int]:
    """Every day that the page showed, as it was filled in; or the empty ones in turn."""
    with staff_work() as work:
        days, form = _roster(work)
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                if form.fill.data:
                    roster.fill_in_turn(work, firm_id=firm_id(), today=city_day(now()))
                else:
                    for day in days:
                        people = {place: form[form.cell(day.day, place)].row_id for place in roster.PLACES}
                        roster.plan_day(work, firm_id=firm_id(), day=day.day, people=people)
            return redirect(url_for("firm_desk.show_roster"))
    return _roster_page(days, form)
