"""What the owner wrote and the lawyer has not opened: marked in the queue, told by one mail until she opens it."""

import datetime as dt
import uuid

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.review.colleagues import find_colleague
from checkup.review.locking import find_locked
from checkup.review.models import Review
from checkup.review.staff_mail import tell
from checkup.review.states import FREE
from tenants import jobs

_NOBODYS = (*FREE, "offered")


def note_written(session: Session, row: Checkup, *, now: dt.datetime) -> None:
    """The owner wrote something; the lawyer is told by the worker, who alone knows her address."""
    review = find_locked(session, row.id)
    if review is None:
        return
    review.unread_at = now
    session.flush()
    jobs.defer(session, "tell_lawyer", firm_id=row.firm_id, checkup_id=row.id)


def tell_lawyer(session: Session, *, checkup_id: uuid.UUID, link: str, now: dt.datetime) -> None:
    """One mail to whoever has the case, with its number and a link; the next only after she has opened it."""
    review = find_locked(session, checkup_id)
    row = session.scalars(select(Checkup).where(Checkup.id == checkup_id)).one_or_none()
    if row is None or review is None or review.unread_at is None or review.told_at is not None:
        return
    lawyer = find_colleague(session, firm_id=row.firm_id, person_id=review.lawyer_id)
    if lawyer is None or review.state in _NOBODYS or not row.review_wanted:
        return
    review.told_at = now
    tell(session, row, lawyer, "written", now=now, link=link)


def note_seen(session: Session, *, checkup_id: uuid.UUID, person_id: uuid.UUID, now: dt.datetime) -> None:
    """Whoever has the case has opened it; what was written after `now` stays unread."""
    session.execute(
        update(Review)
        .where(Review.checkup_id == checkup_id, Review.lawyer_id == person_id, Review.state.not_in(_NOBODYS))
        .where(Review.unread_at <= now)
        .values(unread_at=None, told_at=None)
    )
