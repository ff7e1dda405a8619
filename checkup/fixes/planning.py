"""By when, and how much at once: three things this week, five this month, the rest later. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from checkup.fixes.states import TO_DO

THIS_WEEK, THIS_MONTH = 3, 5
_DAYS_WEEK, _DAYS_MONTH, _DAYS_LATER = 7, 30, 90
FARTHEST = dt.timedelta(days=731)


class Planned(Protocol):
    """What planning reads of a fix."""

    @property
    def state(self) -> str: ...
    @property
    def due_on(self) -> dt.date: ...
    @property
    def place(self) -> int: ...


F = TypeVar("F", bound=Planned)


@dataclass(frozen=True)
class Plan(Generic[F]):
    """A business's fixes as its owner should meet them: `waiting` for the lawyer's look, `done` needs nothing more."""

    week: tuple[F, ...]
    month: tuple[F, ...]
    later: tuple[F, ...]
    waiting: tuple[F, ...]
    done: tuple[F, ...]


def suggest_due(order: int, law_due: dt.date | None, signed_on: dt.date) -> tuple[dt.date, str]:
    """(day, why) for the fix that stands `order`-th (from 0) in the report: a week, a month or three.

    A legal limit that ends earlier goes first (`law`, else `plan`); one that has passed becomes tomorrow.
    """
    days = _DAYS_WEEK if order < THIS_WEEK else _DAYS_MONTH if order < THIS_WEEK + THIS_MONTH else _DAYS_LATER
    planned = signed_on + dt.timedelta(days=days)
    if law_due is not None and law_due <= planned:
        return max(law_due, signed_on + dt.timedelta(days=1)), "law"
    return planned, "plan"


def plan(fixes: Iterable[F]) -> Plan[F]:
    """The earliest three, the next five, the rest; each group by day, then by weight in the report."""
    ordered = sorted(fixes, key=lambda fix: (fix.due_on, fix.place))
    todo = [fix for fix in ordered if fix.state in TO_DO]
    return Plan(
        week=tuple(todo[:THIS_WEEK]),
        month=tuple(todo[THIS_WEEK : THIS_WEEK + THIS_MONTH]),
        later=tuple(todo[THIS_WEEK + THIS_MONTH :]),
        waiting=tuple(fix for fix in ordered if fix.state == "claimed_done"),
        done=tuple(fix for fix in ordered if fix.state in ("confirmed", "accepted", "dropped")),
    )


def is_day_possible(day: dt.date, today: dt.date) -> bool:
    """An owner may choose any day from today on, two years at most."""
    return today <= day <= today + FARTHEST
