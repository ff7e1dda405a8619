"""A lawyer says what she has room for; how much of it this month has taken."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.desk.matching import Room
from checkup.desk.models import Capacity
from checkup.review.models import Review
from checkup.review.states import HELD
from tenants import audit
from tenants.clock import CITY
from tenants.errors import FieldFault, Invalid
from tenants.typed.numbers import whole_number

MOST_A_MONTH, HOURS = 40, range(25)
LANGUAGES = ("zh", "en")


def find_capacity(session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID) -> Capacity | None:
    """What this person has said, if anything."""
    query = select(Capacity).where(Capacity.firm_id == firm_id, Capacity.person_id == person_id)
    return session.scalars(query).first()


def set_capacity(
    session: Session,
    *,
    firm_id: uuid.UUID,
    by: audit.Actor,
    raw: Mapping[str, str],
    domains: Collection[str],
    languages: Collection[str],
    now: dt.datetime,
) -> Capacity:
    """Raises: Invalid with every fault on `a_month`, `languages`, `from_hour`, `to_hour`, `away_until`."""
    faults: list[FieldFault] = []
    a_month = _whole(raw.get("a_month", ""), "a_month", MOST_A_MONTH, faults)
    from_hour = _whole(raw.get("from_hour", "") or "0", "from_hour", HOURS[-1], faults)
    to_hour = _whole(raw.get("to_hour", "") or "24", "to_hour", HOURS[-1], faults)
    spoken = [one for one in LANGUAGES if one in languages]
    if not spoken:
        faults.append(FieldFault("languages", "required"))
    away = _day(raw.get("away_until", "").strip(), faults)
    if faults or by.id is None:
        raise Invalid(tuple(faults))
    held = find_capacity(session, firm_id=firm_id, person_id=by.id) or Capacity(firm_id=firm_id, person_id=by.id)
    held.person_name, held.a_month, held.domains = by.name, a_month, " ".join(sorted(domains))
    held.languages, held.from_hour, held.to_hour = " ".join(spoken), from_hour, to_hour
    held.away_until, held.changed_at = away, now
    session.add(held)
    session.flush()
    return held


def _whole(raw: str, field: str, most: int, faults: list[FieldFault]) -> int:
    number = whole_number(raw, least=0, most=most)
    if number is None:
        faults.append(FieldFault(field, "not_between", {"least": 0, "most": most}))
    return number or 0


def _day(raw: str, faults: list[FieldFault]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(raw) if raw else None
    except ValueError:
        faults.append(FieldFault("away_until", "not_a_date"))
        return None


def list_rooms(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> list[Room]:
    """Every lawyer's room, with what was taken since the month began and is still held or signed."""
    local = now.astimezone(CITY)
    begins = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    query = select(Review.lawyer_id).where(
        Review.firm_id == firm_id, Review.taken_at >= begins, Review.state.in_((*HELD, "signed"))
    )
    taken = Counter(session.scalars(query))
    rows = session.scalars(select(Capacity).where(Capacity.firm_id == firm_id)).all()
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
