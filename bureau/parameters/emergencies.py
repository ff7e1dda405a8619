"""Emergency mode: switched on with a day and a reason; banner, relaxed parameters, a roster of volunteers."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.parameters.emergency_models import Emergency, Volunteer
from tenants.audit import Actor
from tenants.errors import Conflict, NotFound
from tenants.rows import get_one

MOST_DAYS, MOST_TEXT = 180, 300


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
    """Raises: Conflict `already_on` while another one of the same bureau covers one of the days."""
    query = select(Emergency.id).where(
        Emergency.bureau_id == bureau_id,
        Emergency.ended_at.is_(None),
        Emergency.begins_on <= plan.ends_on,
        Emergency.ends_on >= plan.begins_on,
    )
    if session.scalars(query.with_for_update()).first() is not None:
        raise Conflict("already_on")
    row = Emergency(
        bureau_id=bureau_id,
        reason=plan.reason,
        banner=plan.banner,
        banner_en=plan.banner_en,
        relaxed=json.dumps(plan.relaxed, sort_keys=True),
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        made_by=by.name,
        made_at=now,
    )
    session.add(row)
    session.flush()
    return row


def switch_off(session: Session, *, bureau_id: uuid.UUID, emergency_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """Raises: NotFound, Conflict `not_now` when it has been ended."""
    query = select(Emergency).where(Emergency.id == emergency_id, Emergency.bureau_id == bureau_id).with_for_update()
    row = get_one(session, query)
    if row.ended_at is not None:
        raise Conflict("not_now")
    row.ended_by, row.ended_at = by.name, now


def list_in_force(session: Session, *, on: dt.date, levels: Sequence[uuid.UUID] | None = None) -> Sequence[Emergency]:
    """What is in force on a day, for these bureaus or for all."""
    query = select(Emergency).where(
        Emergency.ended_at.is_(None), Emergency.begins_on <= on, Emergency.ends_on >= on
    )  # fmt: skip
    if levels is not None:
        query = query.where(Emergency.bureau_id.in_(levels))
    return session.scalars(query.order_by(Emergency.begins_on)).all()


def list_emergencies(session: Session, bureau_id: uuid.UUID) -> Sequence[Emergency]:
    """All of a bureau, newest first."""
    query = select(Emergency).where(Emergency.bureau_id == bureau_id)
    return session.scalars(query.order_by(Emergency.made_at.desc())).all()


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
