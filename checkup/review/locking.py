"""Whose hands a review is in: every change locks it first and names the version it was made on."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.holding import is_held
from checkup.review.models import Review
from checkup.review.states import WORKING
from tenants.errors import Conflict, NotFound
from tenants.firms.states import SERVING
from tenants.models import Firm


def find_locked(session: Session, checkup_id: uuid.UUID) -> Review | None:
    """The review of a case that stands, both locked until the unit of work ends."""
    if not is_held(session, checkup_id):
        return None
    query = select(Review).where(Review.checkup_id == checkup_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def get_locked(session: Session, *, checkup_id: uuid.UUID, version: int | None) -> Review:
    """The review as the caller last saw it. Raises: NotFound; Conflict `stale` when it was changed since."""
    review = find_locked(session, checkup_id)
    if review is None:
        raise NotFound
    if version is not None and review.version != version:
        raise Conflict("stale")
    return review


def get_editable(session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, version: int | None) -> Review:
    """The review in its lawyer's hands. Raises: NotFound; Conflict `not_yours`, `signed`, `with_partner`, `stale`."""
    review = find_locked(session, checkup_id)
    if review is None:
        raise NotFound
    if review.lawyer_id != lawyer_id:
        raise Conflict("not_yours")
    if review.signed_at is not None:
        raise Conflict("signed")
    if review.first_signed_at is not None:
        raise Conflict("with_partner")
    if review.state not in WORKING:
        raise Conflict("not_now")
    if version is not None and review.version != version:
        raise Conflict("stale")
    return review


def touch(session: Session, review: Review, now: dt.datetime) -> Review:
    """Count a saved change: a sign of life of the lawyer's."""
    review.version += 1
    review.touched_at, review.warned_at = now, None
    session.flush()
    return review


def check_serving(session: Session, firm_id: uuid.UUID) -> None:
    """A suspended firm finishes nothing in its name. Raises: Conflict `suspended`."""
    if session.get_one(Firm, firm_id).state not in SERVING:
        raise Conflict("suspended")
