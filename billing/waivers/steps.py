"""The rows of waivers and their events: found, listed, and moved by one step, which the firm's log then shows."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.waivers import states
from billing.waivers.models import Waiver, WaiverEvent
from tenants import audit
from tenants.audit import Actor
from tenants.errors import NotFound


def is_running(row: Waiver, today: dt.date) -> bool:
    """Whether the application is still under way, or its certificate still in force."""
    if row.state in states.IN_FORCE:
        return row.valid_until is not None and today <= row.valid_until
    return row.state in states.OPEN_TO_BUREAU


def list_waivers(session: Session, *, checkup_id: uuid.UUID) -> Sequence[Waiver]:
    """The applications of one case, newest first."""
    query = select(Waiver).where(Waiver.checkup_id == checkup_id).order_by(Waiver.applied_at.desc(), Waiver.id.desc())
    return session.scalars(query).all()


def find_in_force(session: Session, *, checkup_id: uuid.UUID, today: dt.date) -> Waiver | None:
    """The newest one whose certificate helps today."""
    for row in list_waivers(session, checkup_id=checkup_id):
        start, end = row.valid_from, row.valid_until
        if row.state in states.IN_FORCE and start and end and start <= today <= end:
            return row
    return None


def get_own(session: Session, *, checkup_id: uuid.UUID, waiver_id: uuid.UUID) -> Waiver:
    """Raises: NotFound, also for another case's waiver."""
    row = next((one for one in list_waivers(session, checkup_id=checkup_id) if one.id == waiver_id), None)
    if row is None:
        raise NotFound
    return row


def list_events(session: Session, waiver_id: uuid.UUID) -> Sequence[WaiverEvent]:
    """What happened, oldest first."""
    return session.scalars(
        select(WaiverEvent).where(WaiverEvent.waiver_id == waiver_id).order_by(WaiverEvent.at, WaiverEvent.id)
    ).all()


def take_step(session: Session, row: Waiver, move: str, *, role: str, by: Actor, now: dt.datetime) -> None:
    """Take one allowed move, write its event and the log. Raises: Conflict `not_now`, `not_yours`."""
    was, row.state = row.state, states.LIFE.after(row.state, move, of=states.ROLES[role])
    session.flush()
    record_event(session, row, move, was=was, role=role, by=by, now=now)
    note_act(session, row, move, by=by)


def note_act(session: Session, row: Waiver, act: str, *, by: Actor) -> None:
    """The firm's log, where the owner finds who did what."""
    audit.note(session, firm_id=row.firm_id, act=f"waiver.{act}", by=by, about_id=row.checkup_id, owner_id=row.owner_id)


def record_event(session: Session, row: Waiver, move: str, *, was: str, role: str, by: Actor, now: dt.datetime) -> None:
    session.add(
        WaiverEvent(
            firm_id=row.firm_id,
            waiver_id=row.id,
            owner_id=row.owner_id,
            actor_id=by.id,
            actor_name=by.name,
            role=role,
            move=move,
            was=was,
            became=row.state,
            at=now,
        )
    )
    session.flush()
