"""What a proposed value would have meant for the past year: counted from process data, under Scope(BUREAU)."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.totals import list_lawyer_totals
from checkup.cases.progress import WAITING, Progress
from tenants.clock import city_day
from tenants.working_days import working_days_between

LOOKING_BACK = dt.timedelta(days=365)


@dataclass(frozen=True)
class Effect:
    """One number as it was, and as it would have been. `what` is a stable code for the page's words."""

    what: str
    unit: str
    was: int
    would_be: int


def _turnarounds(session: Session, now: dt.datetime) -> Sequence[tuple[dt.datetime, dt.datetime]]:
    """(submitted, signed) of every checkup signed in the past year."""
    query = select(Progress.submitted_at, Progress.signed_at).where(Progress.signed_at > now - LOOKING_BACK)
    return [(begun, ended) for begun, ended in session.execute(query).tuples() if begun and ended]


def _waits(session: Session, now: dt.datetime) -> list[int]:
    """Working days of every review that was asked for in the past year: until it was signed, or until today where
    nobody has signed yet. What its owner took back is left out."""
    query = select(Progress.submitted_at, Progress.signed_at).where(
        Progress.submitted_at > now - LOOKING_BACK,
        Progress.signed_at.is_not(None) | (Progress.review_wanted & Progress.state.in_(WAITING)),
    )
    return [
        working_days_between(city_day(begun), city_day(ended or now)).days
        for begun, ended in session.execute(query).tuples()
        if begun is not None
    ]


def _late_reviews(session: Session, was: int, would_be: int, now: dt.datetime) -> list[Effect]:
    took = _waits(session, now)
    return [
        Effect("reviews", "count", len(took), len(took)),
        Effect("late_reviews", "count", sum(one > was for one in took), sum(one > would_be for one in took)),
    ]


def _subsidies(session: Session, was: int, would_be: int, now: dt.datetime) -> list[Effect]:
    units = len(_turnarounds(session, now))
    return [Effect("reviews", "count", units, units), Effect("subsidy_sum", "fen", units * was, units * would_be)]


def _at_target(session: Session, was: int, would_be: int, now: dt.datetime) -> list[Effect]:
    year = city_day(now).year
    counted = [one.totals.counted for one in list_lawyer_totals(session, year=year)]
    return [
        Effect("lawyers", "count", len(counted), len(counted)),
        Effect("lawyers_reached", "count", sum(one >= was for one in counted), sum(one >= would_be for one in counted)),
    ]


_EFFECTS: dict[str, Callable[[Session, int, int, dt.datetime], list[Effect]]] = {
    "review_days": _late_reviews,
    "subsidy": _subsidies,
    "hours_target": _at_target,
}


def simulate_value(session: Session, *, key: str, was: int, would_be: int, now: dt.datetime) -> list[Effect]:
    """The effects on the past year; empty for a parameter that decides nothing about the past."""
    return _EFFECTS[key](session, was, would_be, now) if key in _EFFECTS else []
