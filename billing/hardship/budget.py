"""This year's means under a policy: promised when a waiver is granted, given back when it is revoked.

One guarded statement changes them, so that two decisions at once can never promise more than there is.
"""

import uuid

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from billing.books.terms import Terms
from billing.hardship.models import HardshipSpend
from billing.hardship.policy import Policy
from tenants.errors import Conflict


def has_means(session: Session, *, policy_id: uuid.UUID, policy: Policy, year: int) -> bool:
    """Whether the smallest relief on offer still fits into this year's budget."""
    spent = session.get(HardshipSpend, (policy_id, year))
    waived, deferred = (0, 0) if spent is None else (spent.waive_minor, spent.defer_minor)
    terms = [(one.cap_minor, one.relief in ("waive", "reduce")) for one in policy.outcomes]
    return any(
        cap <= (policy.budget_waive_minor - waived if lets_off else policy.budget_defer_minor - deferred)
        for cap, lets_off in terms
    )


def promise(session: Session, *, policy_id: uuid.UUID, policy: Policy, year: int, terms: Terms) -> None:
    """Set the cap of these terms aside. Raises: Conflict `no_means`, and nothing is set aside."""
    amount = terms.cap_minor or 0
    session.execute(
        insert(HardshipSpend)
        .values(policy_id=policy_id, year=year, waive_minor=0, defer_minor=0)
        .on_conflict_do_nothing()
    )
    column, most = (
        (HardshipSpend.waive_minor, policy.budget_waive_minor)
        if terms.lets_off
        else (HardshipSpend.defer_minor, policy.budget_defer_minor)
    )
    guarded = (
        update(HardshipSpend)
        .where(HardshipSpend.policy_id == policy_id, HardshipSpend.year == year, column + amount <= most)
        .values({column: column + amount})
        .returning(HardshipSpend.year)
    )
    if session.execute(guarded).first() is None:
        raise Conflict("no_means")


def give_back(session: Session, *, policy_id: uuid.UUID, year: int, lets_off: bool, amount_minor: int) -> None:
    """What was promised is free again."""
    column = HardshipSpend.waive_minor if lets_off else HardshipSpend.defer_minor
    where = (HardshipSpend.policy_id == policy_id, HardshipSpend.year == year, column >= amount_minor)
    session.execute(update(HardshipSpend).where(*where).values({column: column - amount_minor}))


def get_spend(session: Session, *, policy_id: uuid.UUID, year: int) -> tuple[int, int]:
    """Fen promised this year: let off, put off."""
    query = select(HardshipSpend).where(HardshipSpend.policy_id == policy_id, HardshipSpend.year == year)
    row = session.scalars(query).one_or_none()
    return (0, 0) if row is None else (row.waive_minor, row.defer_minor)
