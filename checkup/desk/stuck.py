"""A case in which nobody of the firm may act: its admins and its owner are told once, her page says what she can do.

Nobody: every lawyer has recused herself, or waits for a partner's word and no partner can give it, or there is none.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.conflicts.checks import list_askers, list_recused
from checkup.desk.assignment import is_waiting, new_review
from checkup.review.colleagues import Colleague, list_colleagues
from checkup.review.locking import find_locked
from checkup.review.models import Review
from checkup.review.staff_mail import tell
from tenants import messages


def follow_stuck(session: Session, row: Checkup, *, now: dt.datetime) -> bool:
    """Mark a waiting case in which nobody may act; the mark goes when somebody may.

    Returns whether it is stuck. Twice tells once.
    """
    people, review = list_colleagues(session, firm_id=row.firm_id), find_locked(session, row.id)
    if list_able(session, row, people) or not is_waiting(row, review):
        if review is not None:
            review.stuck_since = None
        return False
    review = review or new_review(session, row, now)
    if review.stuck_since is None:
        review.stuck_since = now
        for one in people:
            tell(session, row, one if one.runs else None, "stuck", now=now)
        messages.tell_owner(session, "owner_stuck", row, now=now)
    session.flush()
    return True


def list_able(session: Session, row: Checkup, people: Sequence[Colleague]) -> set[uuid.UUID]:
    """Who of these may act on the case, at once or after a partner's word that somebody can give."""
    recused, unheard = list_recused(session, row), list_unheard(session, row, people)
    return {one.id for one in people if one.reviews and one.id not in recused | unheard}


def list_unheard(session: Session, row: Checkup, people: Sequence[Colleague]) -> set[uuid.UUID]:
    """Who waits for a partner's word that nobody can give: every other partner has left, or recused herself."""
    partners = {one.id for one in people if one.role == "partner"} - list_recused(session, row)
    return {one for one in list_askers(session, row) if not partners - {one}}


def tell_unheard(session: Session, row: Checkup, *, now: dt.datetime) -> None:
    """Nobody is left to decide what they asked: whoever asked is told, and who can help."""
    people = list_colleagues(session, firm_id=row.firm_id)
    unheard = list_unheard(session, row, people)
    for one in people:
        tell(session, row, one if one.id in unheard else None, "unheard", now=now)


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
