"""One lawyer's page of hours: what waits for her, what counts, how far the year has come."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.activity_trace import list_trace
from bureau.hours.models import ActivityDay, HourEntry, HourEvent
from bureau.hours.moves import Lawyer
from bureau.hours.rule_book import book_of_firm
from bureau.hours.rules import Category, RuleBook
from bureau.hours.suggestion_rules import Suggestion
from bureau.hours.suggestions import explain
from bureau.hours.totals import Progress, list_entries, list_history, points_of, progress_of
from bureau.quality.assessments import list_tasks
from bureau.quality.models import HourAnomaly
from checkup.cases.models import Checkup

HIDDEN = ("replaced", "dropped")
TRACE_DAYS = 60


@dataclass(frozen=True)
class Desk:
    """The lawyer's year. `case_numbers`: of the cases that the scope may read."""

    year: int
    progress: Progress
    points: int
    entries: Sequence[HourEntry]
    anomalies: Sequence[HourAnomaly]
    case_numbers: Mapping[uuid.UUID, str]
    names: Mapping[str, Category]
    assessments: int

    def among(self, *states: str) -> list[HourEntry]:
        return [entry for entry in self.entries if entry.state in states]

    @property
    def rest(self) -> list[HourEntry]:
        return [e for e in self.entries if e.state not in ("suggested", "questioned", "rejected", *HIDDEN)]


def load_desk(session: Session, *, lawyer: Lawyer, year: int) -> Desk:
    """Everything for the page, under the lawyer's own scope."""
    book = book_of_firm(session, lawyer.firm_id)
    entries = list_entries(session, year=year, lawyer_id=lawyer.id)
    return Desk(
        year=year,
        progress=progress_of(session, lawyer_id=lawyer.id, year=year, book=book),
        points=points_of(entries, book),
        entries=entries,
        anomalies=list_anomalies_of(session, lawyer.id),
        case_numbers=case_numbers(session, entries),
        names=book.names(),
        assessments=sum(task.is_open for task in list_tasks(session, person_id=lawyer.id)),
    )


def case_numbers(session: Session, entries: Sequence[HourEntry]) -> dict[uuid.UUID, str]:
    ids = {entry.checkup_id for entry in entries} - {None}
    query = select(Checkup.id, Checkup.case_number).where(Checkup.id.in_(ids))
    return {one: number for one, number in session.execute(query).tuples()}


def list_anomalies_of(session: Session, lawyer_id: uuid.UUID) -> Sequence[HourAnomaly]:
    """What stands out and is not settled, newest first."""
    query = select(HourAnomaly).where(HourAnomaly.lawyer_id == lawyer_id, HourAnomaly.settled_at.is_(None))
    return session.scalars(query.order_by(HourAnomaly.day.desc(), HourAnomaly.id)).all()


@dataclass(frozen=True)
class TracedDay:
    """One day of the trace with what would be suggested from it now."""

    row: ActivityDay
    suggestion: Suggestion
    case_number: str


def load_trace(session: Session, *, lawyer: Lawyer, today: dt.date) -> list[TracedDay]:
    """The whole trace of the last weeks at this firm: nothing is kept that is not shown here."""
    book = book_of_firm(session, lawyer.firm_id)
    days = list_trace(session, lawyer_id=lawyer.id, since=today - dt.timedelta(days=TRACE_DAYS))
    query = select(Checkup.id, Checkup.case_number).where(Checkup.id.in_({day.checkup_id for day in days}))
    numbers = {one: number for one, number in session.execute(query).tuples()}
    return [
        TracedDay(day, explain(session, day=day, book=book), numbers.get(day.checkup_id, "–"))
        for day in days
        if day.firm_id == lawyer.firm_id
    ]


def load_entry(session: Session, *, lawyer: Lawyer, entry_id: uuid.UUID) -> tuple[HourEntry | None, list[HourEvent]]:
    """The lawyer's own entry with its history; None for anybody else's."""
    query = select(HourEntry).where(HourEntry.id == entry_id, HourEntry.lawyer_id == lawyer.id)
    return session.scalars(query).one_or_none(), list(list_history(session, entry_id=entry_id))


def list_claimable(book: RuleBook, day: dt.date) -> list[Category]:
    """What can be entered by form."""
    return [one for one in book.categories(day) if one.code != "checkup"]
