"""A case finds its lawyer: taken from the pool or from an offer, given back without blame."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases import states
from checkup.cases.checkups import move
from checkup.cases.models import Checkup
from checkup.conflicts.checks import find_check, release_check
from checkup.desk.green_channel import hold_call
from checkup.review import states as review_states
from checkup.review.events import move_review, record_event
from checkup.review.locking import check_serving, find_locked
from checkup.review.models import Review
from tenants import audit
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.models import Person
from tenants.rows import get_one

# Why a case goes back: a code and never a text, so that nothing about the case or the lawyer is told.
RETURN_REASONS = ("unsaid", "no_time", "not_my_field", "away", "language")


def is_waiting(row: Checkup, review: Review | None) -> bool:
    """Whether nobody has the case in hand: it was submitted, or its lawyer left a correction in the middle, or left
    the firm after signing."""
    return row.state == "submitted" or (review is not None and (review.is_left or review.lacks_holder))


def get_wanted(session: Session, checkup_id: uuid.UUID, *, lock: bool = False) -> Checkup:
    """The row of a case whose owner wants a lawyer. Raises: NotFound.

    `lock`: against others who take it; rows that point at the case may still be added beside it.
    """
    query = select(Checkup).where(Checkup.id == checkup_id, Checkup.review_wanted.is_(True))
    return get_one(session, query.with_for_update(key_share=True) if lock else query)


def take_review(session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, now: dt.datetime) -> Review:
    """The lawyer, who has found no conflict, takes a waiting case; of two at once one gets it.

    Raises: NotFound; Conflict `faster` (somebody else was), `not_now`, `check_first`, `suspended`.
    """
    review = find_locked(session, checkup_id)
    row = get_wanted(session, checkup_id, lock=True)
    if review is not None and review.lawyer_id == lawyer_id and review.state in review_states.WORKING:
        return review
    check_serving(session, row.firm_id)
    is_correction = review is not None and review.is_left
    is_heir = review is not None and review.lacks_holder
    if row.state == "in_review":
        raise Conflict("faster")
    if not is_correction and not is_heir:
        states.LIFE.after(row.state, "take")
    check = find_check(session, checkup_id, lawyer_id)
    if check is None or check.outcome != "clear":
        raise Conflict("check_first")
    if review is not None and is_heir:
        heir = (lawyer_id, session.get_one(Person, lawyer_id).name)
        return succeed(session, row, review, heir, by=lawyer_id, now=now)
    review = review or new_review(session, row, now)
    hold(session, row, review, lawyer_id, now)
    if not is_correction:
        move(session, row, "take", actor_id=lawyer_id, now=now)
    return review


def succeed(
    session: Session,
    row: Checkup,
    review: Review,
    heir: tuple[uuid.UUID, str] | None,
    *,
    by: uuid.UUID | None,
    now: dt.datetime,
) -> Review:
    """A signed case gets another lawyer (id, name), or none yet, for what its owner still writes and for corrections;
    the signatures stay whose they are."""
    before = review.lawyer_id
    review.lawyer_id, review.lawyer_name = heir or (None, "")
    review.version += 1
    record_event(
        session,
        row,
        "review",
        was=review.state,
        became=review.state,
        actor_id=by,
        person_id=before,
        now=now,
        why="succeeded",
    )
    session.flush()
    return review


def new_review(session: Session, row: Checkup, now: dt.datetime) -> Review:
    """The review of a case that was never offered or taken."""
    review = Review(
        firm_id=row.firm_id, checkup_id=row.id, owner_id=row.owner_id, state=review_states.POOL, touched_at=now
    )
    session.add(review)
    return review


def hold(session: Session, row: Checkup, review: Review, lawyer_id: uuid.UUID, now: dt.datetime) -> None:
    """Offered, checked, accepted: whichever of the steps are still to be taken."""
    if review.state != "offered" or review.lawyer_id != lawyer_id:
        move_review(session, row, review, "offer", actor_id=lawyer_id, now=now, why="taken")
        review.lawyer_id, review.lawyer_name = lawyer_id, session.get_one(Person, lawyer_id).name
    move_review(session, row, review, "check", actor_id=lawyer_id, now=now)
    move_review(session, row, review, "accept", actor_id=lawyer_id, now=now)
    review.taken_at = review.touched_at = now
    # A signature of before, which its owner's withdrawal left standing, is another lawyer's.
    review.stuck_since = review.first_signed_at = review.sent_back_at = None
    hold_call(session, row, lawyer_id=lawyer_id, name=review.lawyer_name, now=now)
    session.flush()


def return_review(session: Session, *, checkup_id: uuid.UUID, by: audit.Actor, why: str, now: dt.datetime) -> Checkup:
    """Give a case (or an offer) back to the pool; what was decided stays for the next lawyer, the facts close.

    Raises: NotFound, Invalid on `why`, Conflict `not_yours`, `not_now`.
    """
    if why not in RETURN_REASONS:
        raise Invalid((FieldFault("why", "unknown_option"),))
    review = find_locked(session, checkup_id)
    row = get_wanted(session, checkup_id, lock=True)
    if review is None or review.lawyer_id != by.id:
        raise Conflict("not_yours")
    step = "pass" if review.state == "offered" else "return"
    give_back(session, row, review, step, actor_id=by.id, why=why, now=now)
    return row


def give_back(
    session: Session,
    row: Checkup,
    review: Review,
    step: str,
    *,
    actor_id: uuid.UUID | None,
    now: dt.datetime,
    why: str = "",
) -> None:
    """Into the pool by `pass`, `return`, `recuse`, `reassign` or `leave`; the lawyer's clear check and a signature that
    waits for a partner end with it. A correction in hand is left by recusal, or when its lawyer leaves or is relieved
    of it. Raises: Conflict `not_now`."""
    if review.edition > 1 and step not in ("recuse", "pass", "leave"):
        raise Conflict("not_now")
    holder, review.first_signed_at = review.lawyer_id, None
    move_review(session, row, review, step, actor_id=actor_id, now=now, why=why)
    review.version += 1
    if holder is not None and step != "recuse":
        release_check(session, row, person_id=holder, now=now)
    if states.LIFE.may(row.state, "return"):
        move(session, row, "return", actor_id=actor_id, now=now)
    session.flush()
