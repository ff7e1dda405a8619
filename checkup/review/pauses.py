"""When the clocks of reviews stood still, read from their steps: process that the whole firm may see."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.review.models import Review, ReviewEvent
from checkup.review.service_deadlines import Pause, pauses_of
from tenants.clock import city_day


def list_pauses(
    session: Session, *, firm_id: uuid.UUID, checkup_ids: Collection[uuid.UUID]
) -> Mapping[uuid.UUID, tuple[Pause, ...]]:
    """Every pause since the case was taken; one without an end still runs."""
    query = (
        select(ReviewEvent.checkup_id, ReviewEvent.was, ReviewEvent.became, ReviewEvent.at)
        .join(Review, (Review.firm_id == ReviewEvent.firm_id) & (Review.checkup_id == ReviewEvent.checkup_id))
        .where(ReviewEvent.at >= Review.taken_at)
        .where(ReviewEvent.firm_id == firm_id, ReviewEvent.checkup_id.in_(checkup_ids), ReviewEvent.kind == "review")
        .where((ReviewEvent.was == "asked") | (ReviewEvent.became == "asked"))
        .order_by(ReviewEvent.at, ReviewEvent.id)
    )
    steps = defaultdict(list)
    for checkup_id, was, became, at in session.execute(query):
        steps[checkup_id].append((was, became, city_day(at)))
    return {checkup_id: pauses_of(found) for checkup_id, found in steps.items()}
