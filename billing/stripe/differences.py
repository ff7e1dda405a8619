"""Where Stripe and the books disagree: noted once, listed for people, marked when it is gone."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from billing.stripe.models import MoneyDifference
from tenants.base import new_id

KINDS = (
    "amount_differs", "unknown_customer", "unknown_invoice", "second_invoice", "voided_at_stripe", "refused_by_stripe",
    "unknown_refund", "refund_failed", "missing_at_stripe",
)  # fmt: skip


def report(
    session: Session,
    *,
    kind: str,
    stripe_id: str,
    firm_id: uuid.UUID | None,
    now: dt.datetime,
    ours: int | None = None,
    theirs: int | None = None,
) -> None:
    """Note a difference; the same one again changes nothing but that it is open again."""
    row = {
        "id": new_id(),
        "firm_id": firm_id,
        "kind": kind,
        "stripe_id": stripe_id,
        "ours_minor": ours,
        "theirs_minor": theirs,
        "found_at": now,
    }
    again = {"solved_at": None, "ours_minor": ours, "theirs_minor": theirs}
    session.execute(
        insert(MoneyDifference).values(row).on_conflict_do_update(index_elements=["kind", "stripe_id"], set_=again)
    )


def solve(session: Session, *, stripe_id: str, now: dt.datetime) -> None:
    """What was reported of this object is in order now."""
    for row in session.scalars(select(MoneyDifference).filter_by(stripe_id=stripe_id, solved_at=None)):
        row.solved_at = now


def list_differences(session: Session, *, firm_id: uuid.UUID | None = None) -> Sequence[MoneyDifference]:
    """The open ones, newest first; of one firm, or all that the scope may see."""
    query = select(MoneyDifference).where(MoneyDifference.solved_at.is_(None))
    if firm_id is not None:
        query = query.where(MoneyDifference.firm_id == firm_id)
    return session.scalars(query.order_by(MoneyDifference.found_at.desc())).all()
