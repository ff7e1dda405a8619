"""What the owner wrote and the lawyer has not opened: marked in the queue, told by one mail until she opens it."""

import datetime as dt
import uuid

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.review.colleagues import list_colleagues
from checkup.review.locking import find_locked
from checkup.review.models import Review
from checkup.review.staff_mail import tell
from checkup.review.states import FREE
from tenants import jobs

_NOBODYS = (*FREE, "offered")


def note_written(session: Session, row: Checkup, *, now: dt.datetime, reply_by: dt.date | None = None) -> None:
    """The owner wrote something, to be replied to by a day or not at all; the lawyer is told by the worker, who alone
    knows her address."""
    review = find_locked(session, row.id)
    if review is None:
        return
    review.unread_at = now
    if reply_by is not None:
        review.reply_by = min(review.reply_by or reply_by, reply_by)
    session.flush()
    jobs.defer(session, "tell_lawyer", firm_id=row.firm_id, checkup_id=row.id)


def tell_lawyer(session: Session, *, checkup_id: uuid.UUID, link: str, now: dt.datetime) -> None:
    """One mail to whoever has the case, with its number and a link; the next only after she has opened it. Where she
    has left the firm after signing, its admins get it."""
    review = find_locked(session, checkup_id)
    row = session.scalars(select(Checkup).where(Checkup.id == checkup_id)).one_or_none()
    if row is None or review is None or review.unread_at is None or review.told_at is not None:
        return
    if review.state in _NOBODYS or not row.review_wanted:
        return
    people = list_colleagues(session, firm_id=row.firm_id)
    told = [one for one in people if (one.runs if review.lacks_holder else one.id == review.lawyer_id)]
    for one in told:
        tell(session, row, one, "written", now=now, link=link)
    review.told_at = now if told else None


def note_seen(session: Session, *, checkup_id: uuid.UUID, person_id: uuid.UUID, now: dt.datetime) -> None:
    """Whoever has the case has opened it; what was written after `now` stays unread."""
    session.execute(
        update(Review)
        .where(Review.checkup_id == checkup_id, Review.lawyer_id == person_id, Review.state.not_in(_NOBODYS))
        .where(Review.unread_at <= now)
        .values(unread_at=None, told_at=None)
    )
