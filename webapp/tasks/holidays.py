"""A new notice of holidays has come with an upgrade: what was counted without it is counted again, once.

Clocks that are read off their case each time follow by themselves; these are the days that stand in rows.
"""

import datetime as dt
import uuid
from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from billing.hardship.policies import get_policy, policy_of
from billing.waivers import states as waiver_states
from billing.waivers.models import Waiver, WaiverEvent
from bureau.complaints import states as complaint_states
from bureau.complaints.models import Complaint
from checkup.correspondence.models import CaseMessage
from checkup.fixes.law_days import list_with_law_days, recount_law_days
from checkup.review.models import Review
from cloud.partners.models import Ticket
from tenants.clock import CITY, city_day, now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.models import KnownCalendar
from tenants.working_days import LAST_KNOWN, next_working_day, recounted
from webapp.settings import Settings
from webapp.tasks.every_firm import at_every_case, list_firms


def recount_days(settings: Settings) -> bool:
    """Whether a notice has come since the days were counted.

    The law's days are read anew from their cases, as often as it takes; all others are moved once, or none of them.
    """
    with unit_of_work(Scope(Audience.WORKER)) as session:
        until = session.scalar(select(func.max(KnownCalendar.until)))
    if until == LAST_KNOWN:
        return False
    if until is not None:
        at_every_case(
            lambda session, firm: list_with_law_days(session, firm_id=firm, after=until),
            lambda session, case: recount_law_days(session, checkup_id=case, keys=settings.keyring(), now=now()),
        )
    firms = list_firms()
    with unit_of_work(Scope(Audience.WORKER)) as session:
        session.add(KnownCalendar(until=LAST_KNOWN, since=now()))
        session.flush()
        if until is not None:
            _tickets(session, until)
            session.flush()
            for firm_id in firms:
                enter_scope(session, Scope(Audience.WORKER, firm_id=firm_id))
                for recount in (_messages, _offers, _complaints, _waivers):
                    recount(session, firm_id, until)
                session.flush()
    return until is not None


def _tickets(session: Session, until: dt.date) -> None:
    for row in session.scalars(select(Ticket).where(Ticket.ended_at.is_(None), Ticket.due_on > until)):
        row.due_on = recounted(row.due_on, since=city_day(row.received_at), known_until=until)


def _messages(session: Session, firm_id: uuid.UUID, until: dt.date) -> None:
    """Answers and replies that somebody waits for, and the day by which a lawyer has to reply."""
    waits = (CaseMessage.firm_id == firm_id, CaseMessage.settled_at.is_(None), CaseMessage.due_on > until)
    for row in session.scalars(select(CaseMessage).where(*waits)):
        row.due_on = recounted(row.due_on or until, since=city_day(row.at), known_until=until)
    for review in session.scalars(select(Review).where(Review.firm_id == firm_id, Review.reply_by > until)):
        notes = select(func.min(CaseMessage.due_on)).filter_by(
            firm_id=firm_id, checkup_id=review.checkup_id, kind="note", author="owner", settled_at=None
        )
        review.reply_by = session.scalar(notes)


def _offers(session: Session, firm_id: uuid.UUID, until: dt.date) -> None:
    for row in session.scalars(select(Review).where(Review.firm_id == firm_id, Review.state == "offered")):
        ends = (row.offered_until or now()).astimezone(CITY)
        day = recounted(ends.date(), since=city_day(row.touched_at), known_until=until)
        row.offered_until = dt.datetime.combine(day, ends.timetz())


def _complaints(session: Session, firm_id: uuid.UUID, until: dt.date) -> None:
    runs = (Complaint.firm_id == firm_id, Complaint.state.in_(complaint_states.RUNNING), Complaint.due_on > until)
    for row in session.scalars(select(Complaint).where(*runs)):
        row.due_on = recounted(row.due_on, since=city_day(row.opened_at), known_until=until)


def _waivers(session: Session, firm_id: uuid.UUID, until: dt.date) -> None:
    """From the owner's last act on; while she is asked the clock stands, and days alone are kept."""
    runs = (Waiver.firm_id == firm_id, Waiver.state.in_(waiver_states.CLOCK_RUNS), Waiver.due_on > until)
    for row in session.scalars(select(Waiver).where(*runs)):
        if policy_of(get_policy(session, row.policy_id).document).clock.calendar != "working":
            row.due_on = next_working_day(row.due_on).day
            continue
        acts = select(func.max(WaiverEvent.at)).filter_by(firm_id=firm_id, waiver_id=row.id, role="owner")
        row.due_on = recounted(row.due_on, since=city_day(session.scalar(acts) or row.applied_at), known_until=until)


TASKS: dict[str, Callable[..., object]] = {}
# Name → (cron in UTC, what is done): soon after an upgrade.
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {"recount_days": ("*/10 * * * *", recount_days)}
