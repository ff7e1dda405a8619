"""What was let off and put off: for the bureau by district, industry and reason against its budget, for a firm in all.

Sums of what whoever asks may list case by case, so they are told as they are; what leaves the house is a release's.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from billing.books.terms import LETS_OFF
from billing.hardship.budget import get_spend
from billing.hardship.models import HardshipPolicy
from billing.hardship.policies import policy_of
from billing.waivers.models import Waiver
from billing.waivers.states import IN_FORCE

DIMENSIONS = ("district", "section", "ground", "relief")


@dataclass(frozen=True)
class Group:
    """How many waivers, fen promised, fen used."""

    key: str
    count: int
    promised_minor: int
    used_minor: int


@dataclass(frozen=True)
class Budget:
    """One policy's means in one year, in fen: the limit, what granted waivers promised."""

    version: str
    waive_limit: int
    waive_promised: int
    defer_limit: int
    defer_promised: int


@dataclass(frozen=True)
class Sums:
    """A year's picture: a table per dimension, waived and deferred apart."""

    waived: dict[str, list[Group]]
    deferred: dict[str, list[Group]]


def sum_up(session: Session, *, year: int) -> Sums:
    """Granted waivers of a year in the scope."""
    return Sums(
        {dimension: _groups(session, dimension, year, lets_off=True) for dimension in DIMENSIONS},
        {dimension: _groups(session, dimension, year, lets_off=False) for dimension in DIMENSIONS},
    )


def add_up(groups: Sequence[Group]) -> Group:
    """All of them as one."""
    return Group(
        "", sum(g.count for g in groups), sum(g.promised_minor for g in groups), sum(g.used_minor for g in groups)
    )


def _groups(session: Session, dimension: str, year: int, *, lets_off: bool) -> list[Group]:
    column = getattr(Waiver, dimension)
    query = (
        select(column, func.count(), func.sum(Waiver.cap_minor), func.sum(Waiver.used_minor))
        .where(
            Waiver.state.in_(IN_FORCE),
            Waiver.relief.in_(LETS_OFF) if lets_off else Waiver.relief.not_in(LETS_OFF),
            Waiver.valid_from.between(dt.date(year, 1, 1), dt.date(year, 12, 31)),
        )
        .group_by(column)
        .order_by(column)
    )
    return [Group(key, count, int(cap), int(used)) for key, count, cap, used in session.execute(query)]


def list_budgets(session: Session, policies: Sequence[HardshipPolicy], *, year: int) -> list[Budget]:
    """The means of every approved policy that counts in this year."""
    first, last, found = dt.date(year, 1, 1), dt.date(year, 12, 31), []
    for row in policies:
        is_over = row.effective_until is not None and row.effective_until < first
        if row.state != "approved" or row.effective_from > last or is_over:
            continue
        policy, (waived, deferred) = policy_of(row.document), get_spend(session, policy_id=row.id, year=year)
        found.append(Budget(row.version, policy.budget_waive_minor, waived, policy.budget_defer_minor, deferred))
    return found


def firm_sum(session: Session, *, year: int) -> tuple[int, int, int]:
    """Under a firm's scope: how many waivers are in force, fen let off from fees, fen put off."""
    query = select(Waiver.relief, func.count(), func.sum(Waiver.used_minor)).where(
        Waiver.state.in_(IN_FORCE), Waiver.valid_from.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
    )
    rows = session.execute(query.group_by(Waiver.relief)).all()
    off = sum(int(used) for relief, _, used in rows if relief in LETS_OFF)
    return sum(count for _, count, _ in rows), off, sum(int(used) for relief, _, used in rows) - off
