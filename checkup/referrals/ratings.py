"""An owner rates a body when her matter there has ended; what a firm's owners say is counted by body, without words."""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from checkup.cases.holding import hold_case
from checkup.referrals.models import Referral, ReferralRating
from checkup.referrals.reading import get_own
from tenants.clock import start_of
from tenants.errors import Conflict

QUESTIONS = ("helped", "kind")
WELL = 4  # both answers at least so many
_HANDLED = {"done": "done", "partly": "done"}  # outcome → how it counts; others are not done


@dataclass(frozen=True)
class Given:
    """The answers by question, 1–5."""

    helped: int
    kind: int


@dataclass
class Tally:
    """Of one body: businesses whose matter ended there, how (`handled`), what they made of it (`rated`), and what the
    other side made of its mediation (`other`)."""

    businesses: int = 0
    handled: Counter[str] = field(default_factory=Counter)
    rated: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)


def rate(
    session: Session, *, checkup_id: uuid.UUID, referral_id: uuid.UUID, given: Given, now: dt.datetime
) -> ReferralRating:
    """Rated again, the newer one holds. Raises: NotFound; Conflict `not_now` before it has ended."""
    hold_case(session, checkup_id)
    row = get_own(session, checkup_id=checkup_id, referral_id=referral_id)
    if row.ended_at is None:
        raise Conflict("not_now")
    rating = find_rating(session, row)
    if rating is None:
        ids = {"firm_id": row.firm_id, "checkup_id": row.checkup_id, "owner_id": row.owner_id}
        rating = ReferralRating(**ids, referral_id=row.id)
        session.add(rating)
    rating.helped, rating.kind, rating.rated_at = given.helped, given.kind, now
    session.flush()
    return rating


def find_rating(session: Session, row: Referral) -> ReferralRating | None:
    return session.get(ReferralRating, (row.firm_id, row.id))


class TwoAnswers(Protocol):
    """What somebody makes of a body: whether it helped, and whether it was kind."""

    helped: Any
    kind: Any


def is_well(rating: TwoAnswers) -> bool:
    """One answer below four is enough: nobody averages a bad day away."""
    return bool(min(rating.helped, rating.kind) >= WELL)


def judged(rating: TwoAnswers) -> str:
    return "well" if is_well(rating) else "not_well"


def newest_ended(firm_id: uuid.UUID, year: int) -> Select[uuid.UUID]:
    """Of each business at each body the matter that ended last in a year of the city."""
    first, after = start_of(dt.date(year, 1, 1)), start_of(dt.date(year + 1, 1, 1))
    return (
        select(Referral.id)
        .where(Referral.firm_id == firm_id, Referral.offered_at.is_not(None))
        .where(Referral.ended_at >= first, Referral.ended_at < after)
        .distinct(Referral.provider_id, Referral.business_id)
        .order_by(Referral.provider_id, Referral.business_id, Referral.ended_at.desc())
    )


def tally_firm(session: Session, *, firm_id: uuid.UUID, year: int) -> dict[uuid.UUID, Tally]:
    """Body → what ended there in a year of the city, the newest of each business alone. Under Scope(WORKER, firm)."""
    is_of_it = (ReferralRating.firm_id == Referral.firm_id) & (ReferralRating.referral_id == Referral.id)
    query = select(Referral, ReferralRating).outerjoin(ReferralRating, is_of_it)
    query = query.where(Referral.firm_id == firm_id, Referral.id.in_(newest_ended(firm_id, year)))
    tallies: dict[uuid.UUID, Tally] = {}
    for row, rating in session.execute(query).tuples():
        tally = tallies.setdefault(row.provider_id, Tally())
        tally.businesses += 1
        closed = row.state == "closed"
        tally.handled[_HANDLED.get(row.outcome or "", "not_done") if closed else "not_taken"] += 1
        if rating is not None:
            tally.rated[judged(rating)] += 1
    return tallies
