"""After each step of a case: ring, offer, or let the call end. Safe to repeat."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.desk.assignment import is_waiting
from checkup.desk.green_channel import end_call, start_call
from checkup.desk.offers import offer_case
from checkup.desk.stuck import follow_stuck
from checkup.review.models import Review

_SPOKEN = ("asked", "answered", "signed")


def follow_review(session: Session, *, checkup_id: uuid.UUID, now: dt.datetime) -> None:
    """A waiting case is offered, and rung for if it is urgent; the call ends once the owner was spoken to."""
    row = session.scalars(select(Checkup).where(Checkup.id == checkup_id)).one_or_none()
    if row is None:
        return
    review = session.get(Review, (row.firm_id, row.id))
    if not row.review_wanted or (review is not None and review.state in _SPOKEN):
        end_call(session, row, now=now, why="spoken" if row.review_wanted else "not_wanted")
    elif is_waiting(row, review):
        start_call(session, row, now)
        if not follow_stuck(session, row, now=now):
            offer_case(session, checkup_id=checkup_id, now=now)
