"""What waits for a lawyer of the firm: process and names, no fact."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.models import Checkup, Review
from tenants.models import Business

SHOWN = ("submitted", "in_review", "signed", "closed")
_MOST = 500


@dataclass(frozen=True)
class QueueEntry:
    """One row of the queue."""

    checkup: Checkup
    business: Business
    review: Review | None
    waiting_days: int


def list_queue(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> Sequence[QueueEntry]:
    """Everything submitted whose owner wants a lawyer: urgent first, then the longest waiting."""
    query = (
        select(Checkup, Business, Review)
        .join(Business, (Business.firm_id == Checkup.firm_id) & (Business.id == Checkup.business_id))
        .outerjoin(Review, (Review.firm_id == Checkup.firm_id) & (Review.checkup_id == Checkup.id))
        .where(Checkup.firm_id == firm_id, Checkup.review_wanted.is_(True), Checkup.state.in_(SHOWN))
        .order_by(Checkup.state.in_(("signed", "closed")), Checkup.urgent_count == 0, Checkup.submitted_at)
        .limit(_MOST)
    )
    return [
        QueueEntry(checkup, business, review, (now - checkup.submitted_at).days if checkup.submitted_at else 0)
        for checkup, business, review in session.execute(query).tuples()
    ]
