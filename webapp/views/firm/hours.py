"""The firm's hours: its lawyers' year, and what waits for the firm's word."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bureau.dashboard.goal_rules import FIRM, KINDS, share_of_year
from bureau.dashboard.goals import list_goals
from bureau.hours.confirmation import decide_as_firm
from bureau.hours.rule_book import book_of_firm
from bureau.hours.totals import add_up, list_entries, list_lawyer_totals, with_target
from bureau.recognition.lawyer_page import case_numbers
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import actor, audience, staff, staff_work, year_asked
from webapp.edge.i18n import translate as _
from webapp.forms.firm import EntryForm
from webapp.forms.staff import one_each
from webapp.wording.hour_words import CONFLICTS

blueprint = Blueprint("firm_hours", __name__, url_prefix="/firm/hours")


def _firm_id() -> uuid.UUID:
    return staff().firm_id or abort(404)


@blueprint.get("")
@audience(Audience.FIRM, may="run_firm")
def show() -> tuple[str, int]:
    return _page()


def _page(sent: EntryForm | None = None, notice: str = "") -> tuple[str, int]:
    year = year_asked()
    with staff_work() as work:
        book = book_of_firm(work, _firm_id())
        lawyers = list_lawyer_totals(work, year=year, firm_id=_firm_id())
        waiting = list_entries(work, year=year, firm_id=_firm_id(), states=("submitted", "questioned"))
        numbers = case_numbers(work, waiting)
        goals = list_goals(work, year=year, published={}, now=now())[FIRM]
    forms = one_each(EntryForm, [one.id for one in waiting], sent)
    page = render_template(
        "firm/hours.html",
        year=year,
        lawyers=[(one, with_target(one.totals, year=year, book=book)) for one in lawyers],
        total=add_up(one.totals for one in lawyers),
        waiting=waiting,
        case_numbers=numbers,
        names=book.names(),
        goals=goals,
        kinds=KINDS,
        passed=share_of_year(year, city_day(now())),
        notice=notice,
        forms=forms,
        me=staff(),
    )
    return page, 409 if notice else sent.status if sent else 200


@blueprint.post("/<uuid:entry_id>")
@audience(Audience.FIRM, may="run_firm")
def decide(entry_id: uuid.UUID) -> Response | tuple[str, int]:
    form = EntryForm(at=str(entry_id))
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    decide_as_firm(
                        work,
                        firm_id=_firm_id(),
                        entry_id=entry_id,
                        step=form.step.data,
                        why=form.why.data,
                        by=actor(),
                        now=now(),
                    )
                return redirect(url_for("firm_hours.show"))
    except Conflict as conflict:
        return _page(form, _(CONFLICTS[conflict.code]))
    return _page(form)
