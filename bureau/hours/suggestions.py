"""Suggestions kept beside the trace: explained step by step, replaced when the trace has grown."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.activity_trace import list_trace
from bureau.hours.models import ActivityDay, HourEntry
from bureau.hours.moves import Lawyer, Mover, add_entry, move
from bureau.hours.rule_book import book_of_firm
from bureau.hours.rules import ON_PLATFORM, RuleBook
from bureau.hours.states import STANDING, UNDECIDED
from bureau.hours.suggestion_rules import Room, Suggestion, Trace, suggest
from bureau.hours.time_spans import minutes, union
from checkup.cases.models import Checkup

_SYSTEM = Mover(None, "system")
LOOK_BACK_DAYS = 60


def explain(session: Session, *, day: ActivityDay, book: RuleBook) -> Suggestion:
    """What the trace of one day on one case comes to, now, with every step."""
    entries = [e for e in _on_day(session, day.lawyer_id, day.day) if e.state not in UNDECIDED]
    on_case = select(HourEntry).where(
        HourEntry.lawyer_id == day.lawyer_id,
        HourEntry.checkup_id == day.checkup_id,
        HourEntry.source == "activity",
        HourEntry.state.in_(STANDING),
    )
    used = minutes(union(*(entry.spans for entry in session.scalars(on_case))))
    used_today = minutes(union(*(e.spans for e in entries if e.source == "activity" and e.state in STANDING)))
    return suggest(
        Trace(day.beats, day.saves),
        claimed=union(*(entry.spans for entry in entries)),
        room=Room(
            case=book.number("hours_case_cap", day.day) - used,
            day=book.number("hours_day_cap", day.day) - used_today,
        ),
    )


def _on_day(session: Session, lawyer_id: uuid.UUID, day: dt.date) -> Sequence[HourEntry]:
    return session.scalars(select(HourEntry).where(HourEntry.lawyer_id == lawyer_id, HourEntry.day == day)).all()


def refresh_suggestions(
    session: Session, *, lawyer: Lawyer, today: dt.date, now: dt.datetime, checkup_id: uuid.UUID | None = None
) -> list[HourEntry]:
    """Suggestions brought up to the trace of the last weeks, of one case if asked; returns the new ones."""
    book = book_of_firm(session, lawyer.firm_id)
    since = today - dt.timedelta(days=LOOK_BACK_DAYS)
    trace = list_trace(session, lawyer_id=lawyer.id, since=since, checkup_id=checkup_id)
    made = [_refresh(session, lawyer, day, book, now) for day in trace if day.firm_id == lawyer.firm_id]
    return [entry for entry in made if entry is not None]


def _refresh(session: Session, lawyer: Lawyer, day: ActivityDay, book: RuleBook, now: dt.datetime) -> HourEntry | None:
    """The new suggestion of one day on one case; None when the old one still says it, or nothing is left to say."""
    of_day = (e for e in _on_day(session, lawyer.id, day.day) if e.checkup_id == day.checkup_id)
    old = next((e for e in of_day if e.state == "suggested"), None)
    spans = explain(session, day=day, book=book).spans
    if old is not None and old.spans == spans:
        return None
    if old is not None:
        move(session, old, "replace", by=_SYSTEM, now=now)
    if not spans:
        return None
    owner_id = session.scalar(select(Checkup.owner_id).where(Checkup.id == day.checkup_id))
    facts = {"checkup_id": day.checkup_id, "owner_id": owner_id, "category": ON_PLATFORM, "source": "activity"}
    return add_entry(session, lawyer, "suggested", day=day.day, spans=spans, by=_SYSTEM, now=now, facts=facts)
