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
    def law_due_on(self) -> dt.date | None: ...
    @property
    def urgent(self) -> bool: ...
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

    A legal limit that still runs and ends earlier goes first (`law`, else `plan`). One that has passed is no day to do
    anything by: asking a lawyer what is still possible is planned like the rest.
    """
    days = _DAYS_WEEK if order < THIS_WEEK else _DAYS_MONTH if order < THIS_WEEK + THIS_MONTH else _DAYS_LATER
    planned = signed_on + dt.timedelta(days=days)
    if law_due is not None and signed_on <= law_due <= planned:
        return law_due, "law"
    return planned, "plan"


def order(fix: Planned, today: dt.date) -> tuple[bool, dt.date, bool, int]:
    """As in the report: a legal deadline that still runs, the nearest ahead; what is urgent; what weighs most."""
    is_live = fix.law_due_on is not None and fix.law_due_on >= today
    return not is_live, fix.law_due_on if is_live and fix.law_due_on else dt.date.max, not fix.urgent, fix.place


def plan(fixes: Iterable[F], today: dt.date) -> Plan[F]:
    """The first three of the report, the next five, the rest."""
    ordered = sorted(fixes, key=lambda fix: order(fix, today))
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
