"""Cases that their lawyers do not touch: warned first, then given to others."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.desk.assignment import give_back
from checkup.desk.inactivity_rules import REASSIGN, WARN, what_now
from checkup.review.colleagues import find_colleague
from checkup.review.events import record_event
from checkup.review.locking import find_locked
from checkup.review.models import Review
from checkup.review.staff_mail import tell
from tenants.clock import city_day

# While the owner is asked, or a partner has the report, nobody waits for the lawyer.
_WAITS_FOR_LAWYER = ("accepted", "answered")


def list_watched(session: Session, *, firm_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Cases in review in which it is the lawyer's turn."""
    query = (
        select(Review.checkup_id)
        .join(Checkup)
        .where(Review.firm_id == firm_id, Review.state.in_(_WAITS_FOR_LAWYER), Review.first_signed_at.is_(None))
        .where(Checkup.state == "in_review")
        .order_by(Review.touched_at)
    )
    return session.scalars(query).all()


def watch_case(session: Session, *, checkup_id: uuid.UUID, now: dt.datetime) -> str:
    """Warn or reassign if it is time; returns which of nothing, warn, reassign was done."""
    review = find_locked(session, checkup_id)
    row = session.scalars(select(Checkup).where(Checkup.id == checkup_id)).one()
    if review is None or review.state not in _WAITS_FOR_LAWYER or row.state != "in_review":
        return "nothing"
    warned_on = city_day(review.warned_at) if review.warned_at else None
    step = what_now(city_day(review.touched_at), warned_on, city_day(now))
    lawyer = find_colleague(session, firm_id=row.firm_id, person_id=review.lawyer_id)
    if step == WARN:
        review.warned_at = now
        record_event(
            session,
            row,
            "review",
            was=review.state,
            became=review.state,
            actor_id=None,
            person_id=review.lawyer_id,
            why="warned",
            now=now,
        )
        tell(session, row, lawyer, "warned", now=now)
    if step == REASSIGN:
        give_back(session, row, review, "reassign", actor_id=None, why="silent", now=now)
        tell(session, row, lawyer, "reassigned", now=now)
    session.flush()
    return step
