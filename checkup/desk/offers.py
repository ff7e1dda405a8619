"""The matcher offers a waiting case to a lawyer with room for it; an offer that nobody answers goes on to the next."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.conflicts.models import ConflictCheck
from checkup.desk.assignment import give_back, is_waiting, new_review
from checkup.desk.capacities import list_rooms
from checkup.desk.matching import Match, Wish, language_of, rank
from checkup.review.colleagues import find_colleague
from checkup.review.events import move_review
from checkup.review.locking import find_locked
from checkup.review.models import Review, ReviewEvent
from checkup.review.staff_mail import tell
from checkup.review.states import FREE, LIFE
from tenants.clock import CITY, city_day
from tenants.working_days import working_days_after

OFFER_DAYS = 2
SIGNED = ("signed", "closed")
CORRECTING = (Review.edition > 1) & Review.signed_at.is_(None)


def list_matches(session: Session, row: Checkup, now: dt.datetime) -> list[Match]:
    """Who may be offered the case, the fittest first; not whoever gave it back, let it lapse, or must not read it."""
    wish = Wish(tuple(row.domains.split()), language_of(row.locale), row.urgent_count > 0)
    rooms = list_rooms(session, firm_id=row.firm_id, now=now)
    return rank(rooms, wish, local=now.astimezone(CITY), but=_left_out(session, row))


def _left_out(session: Session, row: Checkup) -> set[uuid.UUID]:
    gave_back = select(ReviewEvent.person_id).where(
        ReviewEvent.firm_id == row.firm_id,
        ReviewEvent.checkup_id == row.id,
        ReviewEvent.kind == "review",
        ReviewEvent.became.in_(("returned", "reassigned")),
    )
    must_not = select(ConflictCheck.person_id).where(
        ConflictCheck.firm_id == row.firm_id,
        ConflictCheck.checkup_id == row.id,
        ConflictCheck.outcome.in_(("recuse", "ask_partner")),
    )
    found = (*session.scalars(gave_back), *session.scalars(must_not))
    return {person_id for person_id in found if person_id is not None}


def offer_case(session: Session, *, checkup_id: uuid.UUID, now: dt.datetime) -> Match | None:
    """Offer a waiting case to the fittest lawyer; None where nobody is needed or has room. Twice is once."""
    review = find_locked(session, checkup_id)
    query = select(Checkup).where(Checkup.id == checkup_id).with_for_update(key_share=True)
    row = session.scalars(query).one_or_none()
    if row is None or not is_waiting(row, review) or not row.review_wanted:
        return None
    if review is not None and not (review.state in FREE and LIFE.may(review.state, "offer")):
        return None
    matches = list_matches(session, row, now)
    if not matches:
        return None
    best = matches[0]
    review = review or new_review(session, row, now)
    offer_to(session, row, review, best.person_id, best.name, reasons=best.reasons, by=None, now=now)
    return best


def offer_to(
    session: Session,
    row: Checkup,
    review: Review,
    person_id: uuid.UUID,
    name: str,
    *,
    reasons: Sequence[str],
    by: uuid.UUID | None,
    now: dt.datetime,
) -> None:
    """Ask this lawyer, who is told; the offer lapses after two working days. Raises: Conflict `not_now`."""
    move_review(session, row, review, "offer", actor_id=by, now=now, why=" ".join(reasons))
    review.lawyer_id, review.lawyer_name, review.touched_at = person_id, name, now
    review.offer_reasons, review.offered_until = " ".join(reasons), _evening(now)
    session.flush()
    tell(session, row, find_colleague(session, firm_id=row.firm_id, person_id=person_id), "offered", now=now)


def _evening(now: dt.datetime) -> dt.datetime:
    """The end of the last of two working days."""
    day = working_days_after(city_day(now), OFFER_DAYS).day
    return dt.datetime.combine(day, dt.time(23, 59), CITY)


def list_lapsed(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> Sequence[uuid.UUID]:
    """Cases whose offer nobody answered in time."""
    query = select(Review.checkup_id).where(
        Review.firm_id == firm_id, Review.state == "offered", Review.offered_until < now
    )
    return session.scalars(query).all()


def lapse_offer(session: Session, *, checkup_id: uuid.UUID, now: dt.datetime) -> None:
    """Back to the pool, without a word; whoever was asked is not asked again for this case."""
    review = find_locked(session, checkup_id)
    row = session.scalars(select(Checkup).where(Checkup.id == checkup_id)).one()
    if review is not None and review.state == "offered" and (review.offered_until or now) <= now:
        give_back(session, row, review, "pass", actor_id=None, why="lapsed", now=now)


def list_waiting(session: Session, *, firm_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Cases that nobody holds and nobody is asked for, the oldest first."""
    query = (
        select(Checkup.id)
        .outerjoin(Review)
        .where(Checkup.firm_id == firm_id, Checkup.review_wanted.is_(True))
        .where((Checkup.state == "submitted") | (Checkup.state.in_(SIGNED) & CORRECTING))
        .where(Review.state.is_(None) | Review.state.in_(FREE))
        .order_by(Checkup.urgent_count == 0, Checkup.submitted_at)
    )
    return session.scalars(query).all()
