"""Emergency mode: switched on with a day and a reason; banner, relaxed parameters, a roster of volunteers.

One officer may switch it on alone, for clocks and words: that lapses after its second day. A second officer makes it
hold, with everything it relaxes. Whoever is above sees it and can end it.
"""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.parameters.emergency_models import Emergency, Volunteer
from bureau.parameters.rules import CLOCKS
from tenants import jobs
from tenants.audit import Actor
from tenants.clock import city_day, start_of
from tenants.errors import Conflict, NotFound
from tenants.firms.admission import list_part
from tenants.models import Bureau
from tenants.one_at_a_time import one_at_a_time
from tenants.rows import get_one

MOST_DAYS, MOST_TEXT = 180, 300
ALONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """What an officer wants to switch on; a form has checked every field."""

    reason: str
    banner: str
    banner_en: str
    begins_on: dt.date
    ends_on: dt.date
    relaxed: Mapping[str, int]


def switch_on(session: Session, *, bureau_id: uuid.UUID, plan: Plan, by: Actor, now: dt.datetime) -> Emergency:
    """It is mailed at once to whoever is above, and to the colleagues who may agree.

    Raises: Conflict `already_on` while another one of the same bureau covers one of the days."""
    query = select(Emergency).where(
        Emergency.bureau_id == bureau_id,
        Emergency.ended_at.is_(None),
        Emergency.begins_on <= plan.ends_on,
        Emergency.ends_on >= plan.begins_on,
    )
    one_at_a_time(session, "emergency", bureau_id)
    if any(last_day(row) >= plan.begins_on for row in session.scalars(query)):
        raise Conflict("already_on")
    row = Emergency(
        bureau_id=bureau_id,
        reason=plan.reason,
        banner=plan.banner,
        banner_en=plan.banner_en,
        relaxed=json.dumps(plan.relaxed, sort_keys=True),
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        made_id=by.id,
        made_by=by.name,
        made_at=now,
    )
    session.add(row)
    session.flush()
    jobs.defer(session, "tell_emergency", emergency_id=row.id)
    return row


def agree(session: Session, *, emergency_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """A second officer of the bureau, or of one above it, stands behind it: it holds to its last day, with everything
    it relaxes. Raises: NotFound; Conflict `two_people`, or `not_now` when it is over or agreed already."""
    row = _get_in_part(session, emergency_id)
    if row.ended_at is not None or row.agreed_at is not None or last_day(row) < city_day(now):
        raise Conflict("not_now")
    if by.id is None or by.id == row.made_id:
        raise Conflict("two_people")
    row.agreed_id, row.agreed_by, row.agreed_at = by.id, by.name, now
    session.flush()


def switch_off(session: Session, *, emergency_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """End it, also from above. Raises: NotFound outside one's part, Conflict `not_now` when it has been ended."""
    row = _get_in_part(session, emergency_id)
    if row.ended_at is not None:
        raise Conflict("not_now")
    row.ended_by, row.ended_at = by.name, now


def _get_in_part(session: Session, emergency_id: uuid.UUID) -> Emergency:
    part = [bureau.id for bureau in list_part(session)]
    return get_one(
        session, select(Emergency).where(Emergency.id == emergency_id, Emergency.bureau_id.in_(part)).with_for_update()
    )


def last_day(row: Emergency) -> dt.date:
    """The day after which it is over by itself: its last, or the second one where nobody else has agreed."""
    return row.ends_on if row.agreed_at else min(row.ends_on, row.begins_on + ALONE)


def relaxed_values(row: Emergency) -> dict[str, int]:
    """Key → value of what it relaxes now."""
    values: dict[str, int] = json.loads(row.relaxed)
    return values if row.agreed_at else {key: value for key, value in values.items() if key in CLOCKS}


def list_in_force(session: Session, *, on: dt.date, levels: Sequence[uuid.UUID] | None = None) -> Sequence[Emergency]:
    """What is or was in force at the end of a day, for these bureaus or for all."""
    query = select(Emergency).where(
        Emergency.ended_at.is_(None) | (Emergency.ended_at >= start_of(on + dt.timedelta(days=1))),
        Emergency.begins_on <= on,
        Emergency.ends_on >= on,
        Emergency.agreed_at.is_not(None) | (Emergency.begins_on >= on - ALONE),
    )
    if levels is not None:
        query = query.where(Emergency.bureau_id.in_(levels))
    return session.scalars(query.order_by(Emergency.begins_on)).all()


def list_for_everybody(session: Session, *, on: dt.date) -> Sequence[Emergency]:
    """What stands on the city's own first page: only what the city itself has opened."""
    roots = session.scalars(select(Bureau.id).where(Bureau.parent_id.is_(None))).all()
    return list_in_force(session, on=on, levels=roots)


def list_emergencies(session: Session) -> Sequence[Emergency]:
    """All of one's part of the tree, newest first."""
    part = [bureau.id for bureau in list_part(session)]
    return session.scalars(
        select(Emergency).where(Emergency.bureau_id.in_(part)).order_by(Emergency.made_at.desc())
    ).all()


def volunteer(session: Session, *, emergency: Emergency, firm_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """A lawyer puts her name on the roster, or takes it off again."""
    if by.id is None:
        raise NotFound
    held = session.get(Volunteer, (firm_id, emergency.id, by.id))
    if held is not None:
        session.delete(held)
    else:
        session.add(Volunteer(firm_id=firm_id, emergency_id=emergency.id, person_id=by.id, name=by.name, at=now))
    session.flush()


def list_volunteers(session: Session, emergency_id: uuid.UUID) -> Sequence[Volunteer]:
    """The roster, as far as the scope may see it."""
    query = select(Volunteer).where(Volunteer.emergency_id == emergency_id)
    return session.scalars(query.order_by(Volunteer.at)).all()
