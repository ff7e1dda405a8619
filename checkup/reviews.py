"""The lawyer's queue: what waits, who takes it, and the open case. Deciding and signing are in `checkup/review/`."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checkup.checkups import OpenCheckup, list_findings, move, open_case, open_checkup
from checkup.models import Checkup, FindingRow, Review
from checkup.review.content import Words
from checkup.review.deciding import open_words
from checkup.review.holding import check_serving, find_locked
from checkup.sealing import Keyring
from tenants.errors import NotFound
from tenants.models import Business, Person


@dataclass(frozen=True)
class QueueEntry:
    """One row of the queue: process data and the business's name, no facts."""

    checkup: Checkup
    business: Business
    urgent_count: int
    waiting_days: int
    lawyer_name: str | None


@dataclass(frozen=True)
class OpenReview:
    """A checkup under review: answers, findings with both values and the lawyer's words, the review and its advice."""

    open: OpenCheckup
    findings: Sequence[FindingRow]
    words: Mapping[str, Words]
    review: Review | None
    advice: str


def list_queue(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> Sequence[QueueEntry]:
    """Everything submitted whose owner wants a lawyer: urgent first, then the longest waiting."""
    urgent = (
        select(func.count())
        .where(
            FindingRow.firm_id == Checkup.firm_id,
            FindingRow.checkup_id == Checkup.id,
            FindingRow.urgent.is_(True),
        )
        .scalar_subquery()
    )
    query = (
        select(Checkup, Business, urgent, Review.lawyer_name)
        .join(Business, (Business.firm_id == Checkup.firm_id) & (Business.id == Checkup.business_id))
        .outerjoin(Review, (Review.firm_id == Checkup.firm_id) & (Review.checkup_id == Checkup.id))
        .where(Checkup.firm_id == firm_id, Checkup.review_wanted.is_(True))
        .where(Checkup.state.in_(("submitted", "in_review", "signed", "closed")))
        .order_by(Checkup.state.in_(("signed", "closed")), (urgent == 0), Checkup.submitted_at)
        .limit(500)
    )
    return [
        QueueEntry(checkup, business, count, (now - checkup.submitted_at).days if checkup.submitted_at else 0, name)
        for checkup, business, count, name in session.execute(query)
    ]


def take_review(session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, now: dt.datetime) -> Review:
    """The lawyer takes a submitted checkup. Raises: NotFound, Conflict: `not_now` (taken), `suspended`."""
    row = session.scalars(select(Checkup).where(Checkup.id == checkup_id).with_for_update()).one_or_none()
    if row is None or not row.review_wanted:
        raise NotFound
    mine = find_locked(session, checkup_id)
    if mine is not None and mine.lawyer_id == lawyer_id:
        return mine
    check_serving(session, row.firm_id)
    move(session, row, "take", actor_id=lawyer_id, now=now)
    lawyer = session.get_one(Person, lawyer_id)
    review = Review(
        firm_id=row.firm_id,
        checkup_id=row.id,
        owner_id=row.owner_id,
        lawyer_id=lawyer_id,
        lawyer_name=lawyer.name,
        taken_at=now,
    )
    session.add(review)
    session.flush()
    return review


def open_review(session: Session, *, checkup_id: uuid.UUID, keys: Keyring, even_unwanted: bool = False) -> OpenReview:
    """Everything the review screen shows. Raises: NotFound, also where the owner wants no review.

    `even_unwanted`: the reader is the owner, or holds break-glass access (`checkup/emergency.py`).
    """
    opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
    if not opened.row.review_wanted and not even_unwanted:
        raise NotFound
    review = session.scalars(select(Review).where(Review.checkup_id == checkup_id)).one_or_none()
    case, findings = open_case(session, opened.row, keys), list_findings(session, checkup_id=checkup_id)
    advice = case.unseal(review.sealed_advice).decode() if review and review.sealed_advice else ""
    return OpenReview(opened, findings, {f.risk: open_words(case, f) for f in findings}, review, advice)
