"""Reading hours: entries and totals by lawyer, firm and bureau. What counts is what is credited, each minute once.

Under Scope(FIRM) the firm's own and the lawyer's own everywhere; under Scope(BUREAU) the bureau's part of the tree.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import Session, load_only

from bureau.hours.models import HourEntry, HourEvent
from bureau.hours.rules import AID, RuleBook, points
from bureau.hours.states import COUNTED, PENDING
from bureau.hours.time_spans import minutes, union
from tenants.access.hours import SEEN_BY_BUREAUS
from tenants.models import Firm
from tenants.rows import get_one

MOST_SHOWN = 1000
_SEEN = load_only(*(getattr(HourEntry, name) for name in SEEN_BY_BUREAUS), raiseload=True)


@dataclass(frozen=True)
class Totals:
    """Minutes of a year: `counted` (confirmed or further), `verified` among them, `pending` as claimed."""

    counted: int = 0
    verified: int = 0
    pending: int = 0
    entries: int = 0
    aid_cases: int = 0


@dataclass(frozen=True)
class LawyerTotals:
    """One lawyer's year at one firm."""

    firm_id: uuid.UUID
    lawyer_id: uuid.UUID
    lawyer_name: str
    totals: Totals


@dataclass(frozen=True)
class Progress:
    """Against the year's target: so many minutes or so many legal-aid cases."""

    totals: Totals
    target_minutes: int
    target_cases: int

    @property
    def is_reached(self) -> bool:
        return self.totals.counted >= self.target_minutes or 0 < self.target_cases <= self.totals.aid_cases

    @property
    def percent(self) -> int:
        """Of the target in minutes, at most 100; 100 when the target is reached by cases."""
        if self.is_reached or not self.target_minutes:
            return 100
        return 100 * self.totals.counted // self.target_minutes


def year_bounds(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year + 1, 1, 1)


def _in_year(year: int) -> Select[HourEntry]:
    begin, end = year_bounds(year)
    return select(HourEntry).where(HourEntry.day >= begin, HourEntry.day < end)


def list_entries(
    session: Session,
    *,
    year: int,
    firm_id: uuid.UUID | None = None,
    lawyer_id: uuid.UUID | None = None,
    states: Sequence[str] = (),
    most: int | None = MOST_SHOWN,
) -> Sequence[HourEntry]:
    """Entries that the scope may read, newest day first; only the columns that a bureau may read."""
    query = _in_year(year).options(_SEEN)
    if firm_id is not None:
        query = query.where(HourEntry.firm_id == firm_id)
    if lawyer_id is not None:
        query = query.where(HourEntry.lawyer_id == lawyer_id)
    if states:
        query = query.where(HourEntry.state.in_(states))
    return session.scalars(query.order_by(HourEntry.day.desc(), HourEntry.id.desc()).limit(most)).all()


def count_waiting(session: Session, *, firm_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """Lawyer → suggestions to claim and questions to answer."""
    query = select(HourEntry.lawyer_id, func.count()).where(
        HourEntry.firm_id == firm_id, HourEntry.state.in_(("suggested", "questioned"))
    )
    return {lawyer_id: count for lawyer_id, count in session.execute(query.group_by(HourEntry.lawyer_id))}


def list_lawyer_totals(session: Session, *, year: int, firm_id: uuid.UUID | None = None) -> list[LawyerTotals]:
    """Every lawyer with an entry in the year, by name: no league table."""
    begin, end = year_bounds(year)
    is_counted, is_aid = HourEntry.state.in_(COUNTED), HourEntry.category == AID
    query = (
        select(
            HourEntry.firm_id,
            HourEntry.lawyer_id,
            func.max(HourEntry.lawyer_name),
            func.coalesce(func.sum(HourEntry.credited_minutes), 0),
            func.coalesce(func.sum(HourEntry.credited_minutes).filter(HourEntry.state == "verified"), 0),
            func.coalesce(func.sum(HourEntry.minutes).filter(HourEntry.state.in_(PENDING)), 0),
            func.count().filter(is_counted),
            func.count(distinct(HourEntry.reference)).filter(is_counted, is_aid),
        )
        .where(HourEntry.day >= begin, HourEntry.day < end)
        .group_by(HourEntry.firm_id, HourEntry.lawyer_id)
        .order_by(func.max(HourEntry.lawyer_name), HourEntry.lawyer_id, HourEntry.firm_id)
    )
    if firm_id is not None:
        query = query.where(HourEntry.firm_id == firm_id)
    return [
        LawyerTotals(firm, lawyer, name, Totals(*map(int, numbers)))
        for firm, lawyer, name, *numbers in session.execute(query)
    ]


def add_up(totals: Iterable[Totals]) -> Totals:
    """The sum over different lawyers."""
    held = list(totals)
    names = ("counted", "verified", "pending", "entries", "aid_cases")
    return Totals(*(sum(getattr(one, name) for one in held) for name in names))


def list_firm_totals(session: Session, *, year: int) -> list[tuple[Firm, Totals, int]]:
    """(firm, its year, how many lawyers have an entry), by district and name; every firm that the scope may read."""
    by_firm = defaultdict[uuid.UUID, list[Totals]](list)
    for one in list_lawyer_totals(session, year=year):
        by_firm[one.firm_id].append(one.totals)
    firms = session.scalars(select(Firm).where(Firm.state != "reception").order_by(Firm.district, Firm.name)).all()
    return [(firm, add_up(by_firm[firm.id]), len(by_firm[firm.id])) for firm in firms]


def progress_of(session: Session, *, lawyer_id: uuid.UUID, year: int, book: RuleBook) -> Progress:
    """One person's year over all firms that the scope may read: a minute claimed at two firms counts once."""
    entries = list_entries(session, year=year, lawyer_id=lawyer_id, states=(*COUNTED, *PENDING), most=None)
    counted = [entry for entry in entries if entry.state in COUNTED]
    totals = Totals(
        counted=minutes(union(*(entry.credited for entry in counted))),
        verified=minutes(union(*(entry.credited for entry in counted if entry.state == "verified"))),
        pending=minutes(union(*(entry.spans for entry in entries if entry.state in PENDING))),
        entries=len(counted),
        aid_cases=len({entry.reference for entry in counted if entry.category == AID}),
    )
    return with_target(totals, year=year, book=book)


def with_target(totals: Totals, *, year: int, book: RuleBook) -> Progress:
    """Against the target as it holds at the end of the year."""
    last = dt.date(year, 12, 31)
    return Progress(totals, book.number("hours_target", last), book.number("hours_cases", last))


def points_of(entries: Iterable[HourEntry], book: RuleBook) -> int:
    """The points of the verified entries among these."""
    verified = (one for one in entries if one.state == "verified")
    return points(((one.category, one.day, one.credited_minutes) for one in verified), book)


def get_entry_of(session: Session, entry_id: uuid.UUID) -> HourEntry:
    """One entry that the scope may read, in the columns that a bureau may read. Raises: NotFound."""
    return get_one(session, select(HourEntry).options(_SEEN).where(HourEntry.id == entry_id))


def list_history(session: Session, *, entry_id: uuid.UUID) -> Sequence[HourEvent]:
    """Every move of an entry, oldest first."""
    return session.scalars(
        select(HourEvent).where(HourEvent.entry_id == entry_id).order_by(HourEvent.at, HourEvent.id)
    ).all()
