"""Write what happened around a review: who, about whom, from, to, why."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.review import states
from checkup.review.models import Review, ReviewEvent
from tenants import jobs

_FOLLOWED = ("ask", "sign")  # the owner was spoken to: an urgent call may end


def record_event(
    session: Session,
    row: Checkup,
    kind: str,
    *,
    was: str,
    became: str,
    actor_id: uuid.UUID | None,
    person_id: uuid.UUID | None,
    now: dt.datetime,
    why: str = "",
) -> None:
    """One event of `kind` review, conflict or green."""
    session.add(
        ReviewEvent(
            firm_id=row.firm_id,
            checkup_id=row.id,
            owner_id=row.owner_id,
            kind=kind,
            actor_id=actor_id,
            person_id=person_id,
            was=was,
            became=became,
            why=why,
            at=now,
        )
    )


def move_review(
    session: Session,
    row: Checkup,
    review: Review,
    step: str,
    *,
    actor_id: uuid.UUID | None,
    now: dt.datetime,
    why: str = "",
) -> None:
    """Take one allowed step of the review's life and write its event. Raises: Conflict `not_now`.

    A step by the lawyer who holds it counts as a sign of life, and the owner's answer begins to wait for one; a step
    that gives it back leaves nobody holding it.
    """
    was, review.state = review.state, states.LIFE.after(review.state, step)
    held_by = review.lawyer_id
    if step == "answer" or (actor_id is not None and actor_id == held_by):
        review.touched_at, review.warned_at = now, None
    if review.state in states.FREE:
        review.lawyer_id, review.lawyer_name, review.warned_at = None, "", None
    if review.state not in ("offered",):
        review.offered_until = None
    record_event(
        session,
        row,
        "review",
        was=was,
        became=review.state,
        actor_id=actor_id,
        person_id=held_by,
        now=now,
        why=why,
    )
    if step in _FOLLOWED or review.state in states.FREE:
        jobs.defer(session, "follow_review", firm_id=row.firm_id, checkup_id=row.id)


def list_events(session: Session, *, checkup_id: uuid.UUID) -> Sequence[ReviewEvent]:
    """Everything that happened around a case's review, oldest first."""
    query = select(ReviewEvent).where(ReviewEvent.checkup_id == checkup_id)
    return session.scalars(query.order_by(ReviewEvent.at, ReviewEvent.id)).all()
