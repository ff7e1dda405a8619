"""A lawyer says what she has room for; how much of it this month has taken."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.desk.matching import Room
from checkup.desk.models import Capacity
from checkup.review.colleagues import list_colleagues
from checkup.review.models import Review
from checkup.review.states import HELD
from tenants import audit
from tenants.clock import city_day, start_of
from tenants.errors import NotFound

MOST_A_MONTH = 40
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class RoomSaid:
    """What a lawyer says: cases a month, areas of law (none means all), languages, hours, away until when."""

    a_month: int
    domains: Collection[str]
    languages: Collection[str]
    from_hour: int = 0
    to_hour: int = 24
    away_until: dt.date | None = None


def find_capacity(session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID) -> Capacity | None:
    """What this person has said, if anything."""
    query = select(Capacity).where(Capacity.firm_id == firm_id, Capacity.person_id == person_id)
    return session.scalars(query).first()


def set_capacity(
    session: Session,
    *,
    firm_id: uuid.UUID,
    by: audit.Actor,
    said: RoomSaid,
    now: dt.datetime,
) -> Capacity:
    """What she said before is replaced. Raises: NotFound for whoever is no person."""
    if by.id is None:
        raise NotFound
    held = find_capacity(session, firm_id=firm_id, person_id=by.id) or Capacity(firm_id=firm_id, person_id=by.id)
    held.person_name, held.a_month, held.domains = by.name, said.a_month, " ".join(sorted(said.domains))
    held.languages, held.from_hour, held.to_hour = " ".join(said.languages), said.from_hour, said.to_hour
    held.away_until, held.changed_at = said.away_until, now
    session.add(held)
    session.flush()
    return held


def list_rooms(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> list[Room]:
    """Every lawyer's room, with what was taken since the month began and is still held or signed."""
    month = start_of(city_day(now).replace(day=1))
    query = select(Review.lawyer_id).where(
        Review.firm_id == firm_id, Review.taken_at >= month, Review.state.in_((*HELD, "signed"))
    )
    taken = Counter(session.scalars(query))
    lawyers = {one.id for one in list_colleagues(session, firm_id=firm_id) if one.reviews}  # a row outlives a leaver
    held = session.scalars(select(Capacity).where(Capacity.firm_id == firm_id)).all()
    rows = [row for row in held if row.person_id in lawyers]
    return [room_of(row, taken[row.person_id]) for row in rows]


def room_of(row: Capacity, taken: int) -> Room:
    return Room(
        row.person_id,
        row.person_name,
        row.a_month,
        taken,
        frozenset(row.domains.split()),
        frozenset(row.languages.split()),
        row.from_hour,
        row.to_hour,
        row.away_until,
    )
