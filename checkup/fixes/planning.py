"""By when, and how much at once: three things this week, five this month, the rest later. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from checkup.fixes.states import TO_DO
from checkup.report.days import THIS_MONTH, THIS_WEEK

A_PAGE = 10
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


def page_of(place: int) -> int:
    """The page, from 1 on, of what stands at this place (from 0 on) of a list."""
    return place // A_PAGE + 1


def cut_page(fixes: Sequence[F], number: int) -> tuple[Sequence[F], int, int]:
    """One page of them, its number and how many there are; a number beyond either end means that end."""
    count = max(1, -(-len(fixes) // A_PAGE))
    number = min(max(number, 1), count)
    return fixes[(number - 1) * A_PAGE : number * A_PAGE], number, count


def is_day_possible(day: dt.date, today: dt.date) -> bool:
    """An owner may choose any day from today on, two years at most."""
    return today <= day <= today + FARTHEST
