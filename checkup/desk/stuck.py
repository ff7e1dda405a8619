"""A case in which nobody of the firm may act: its admins are told once, its owner's page says what she can do."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.conflicts.checks import list_recused
from checkup.desk.assignment import is_waiting, new_review
from checkup.review.colleagues import list_colleagues
from checkup.review.locking import find_locked
from checkup.review.models import Review
from checkup.review.staff_mail import tell


def follow_stuck(session: Session, row: Checkup, *, now: dt.datetime) -> bool:
    """Mark a waiting case in which every lawyer has recused herself, or the firm has none; the mark goes when one may.

    Returns whether it is stuck. Twice tells once.
    """
    people, review = list_colleagues(session, firm_id=row.firm_id), find_locked(session, row.id)
    recused = list_recused(session, row)
    may_act = any(one.reviews and one.id not in recused for one in people)
    if may_act or not is_waiting(row, review):
        if review is not None:
            review.stuck_since = None
        return False
    review = review or new_review(session, row, now)
    if review.stuck_since is None:
        review.stuck_since = now
        for one in people:
            tell(session, row, one if one.runs else None, "stuck", now=now)
    session.flush()
    return True


def list_stuck(session: Session, *, firm_id: uuid.UUID) -> Sequence[str]:
    """The numbers of the firm's cases in which nobody may act, the oldest first."""
    query = (
        select(Checkup.case_number)
        .join(Review)
        .where(Review.firm_id == firm_id, Review.stuck_since.is_not(None), Checkup.review_wanted.is_(True))
        .where(Checkup.state.in_(("submitted", "signed", "closed")))
        .order_by(Review.stuck_since)
    )
    return session.scalars(query).all()
