"""The other side says what it makes of the body, as an owner does; it is counted by body, without words."""

import datetime as dt
import uuid
from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.mediation.models import Mediation, MediationRating
from checkup.referrals.models import Referral
from checkup.referrals.ratings import Given, judged, newest_ended
from tenants.errors import Conflict


def may_rate(row: Mediation) -> bool:
    """Once it is over; whoever did not come has nothing to say of it."""
    return row.ended_at is not None and row.state != "refused"


def rate(session: Session, row: Mediation, *, given: Given, now: dt.datetime) -> None:
    """Under the other side's scope; rated again, the newer one holds. Raises: Conflict `not_now` before it is over."""
    if not may_rate(row):
        raise Conflict("not_now")
    rating = find_rating(session, row)
    if rating is None:
        rating = MediationRating(firm_id=row.firm_id, mediation_id=row.id, checkup_id=row.checkup_id)
        session.add(rating)
    rating.helped, rating.kind, rating.rated_at = given.helped, given.kind, now
    session.flush()


def find_rating(session: Session, row: Mediation) -> MediationRating | None:
    return session.get(MediationRating, (row.firm_id, row.id))


def tally_other_sides(session: Session, *, firm_id: uuid.UUID, year: int) -> dict[uuid.UUID, Counter[str]]:
    """Body → what other sides made of it, of the matters that `tally_firm` counts. Under Scope(WORKER, firm)."""
    query = (
        select(Referral.provider_id, MediationRating)
        .join(Mediation, (Mediation.firm_id == Referral.firm_id) & (Mediation.referral_id == Referral.id))
        .join(
            MediationRating,
            (MediationRating.firm_id == Mediation.firm_id) & (MediationRating.mediation_id == Mediation.id),
        )
        .where(Referral.firm_id == firm_id, Referral.id.in_(newest_ended(firm_id, year)))
        .distinct(Referral.id)
        .order_by(Referral.id, Mediation.asked_at.desc())
    )
    tallies: dict[uuid.UUID, Counter[str]] = {}
    for provider_id, rating in session.execute(query).tuples():
        tallies.setdefault(provider_id, Counter())[judged(rating)] += 1
    return tallies
