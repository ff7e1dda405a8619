"""One move of one entry: the state by the table, the event, and the counted minutes brought up to date."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.credited_minutes import credit, lock_lawyer
from bureau.hours.models import HourEntry, HourEvent
from bureau.hours.states import COUNTED, LIFE
from bureau.hours.time_spans import Spans, minutes
from tenants.base import new_id
from tenants.rows import get_locked, get_one
from tenants.typed.words import check_line

MOST_WHY = 500


@dataclass(frozen=True)
class Mover:
    """Who moves an entry: `kind` is lawyer, owner, firm, bureau or system."""

    id: uuid.UUID | None
    kind: str


@dataclass(frozen=True)
class Lawyer:
    """Whose hours they are, as the entry keeps it."""

    firm_id: uuid.UUID
    id: uuid.UUID
    name: str

    @property
    def mover(self) -> Mover:
        return Mover(self.id, "lawyer")


def add_entry(
    session: Session,
    lawyer: Lawyer,
    state: str,
    *,
    day: dt.date,
    spans: Spans,
    by: Mover,
    now: dt.datetime,
    facts: Mapping[str, object],
) -> HourEntry:
    """A new entry, `suggested` or `submitted`, with its first event."""
    entry = HourEntry(
        firm_id=lawyer.firm_id,
        id=new_id(),
        lawyer_id=lawyer.id,
        lawyer_name=lawyer.name,
        day=day,
        spans=spans,
        minutes=minutes(spans),
        state=state,
        made_at=now,
        submitted_at=now if state == "submitted" else None,
        **facts,
    )
    session.add(entry)
    session.flush()
    add_event(session, entry, was="", by=by, now=now)
    return entry


def get_entry(session: Session, entry_id: uuid.UUID) -> HourEntry:
    """The entry, locked, after everything else that changes this lawyer's hours. Raises: NotFound."""
    lawyer_id = get_one(session, select(HourEntry.lawyer_id).where(HourEntry.id == entry_id))
    lock_lawyer(session, lawyer_id)
    return get_locked(session, select(HourEntry).where(HourEntry.id == entry_id))


def move(session: Session, entry: HourEntry, step: str, *, by: Mover, now: dt.datetime, why: str = "") -> None:
    """Take one allowed step, and count anew. Raises: Conflict `not_now`."""
    was = take_step(session, entry, step, by=by, now=now, why=why)
    if was in COUNTED or entry.state in COUNTED:
        credit(session, firm_id=entry.firm_id, lawyer_id=entry.lawyer_id)


def take_step(session: Session, entry: HourEntry, step: str, *, by: Mover, now: dt.datetime, why: str = "") -> str:
    """Take one allowed step; what counts by it is still to be counted. Returns the state before.

    Raises: Conflict `not_now`.
    """
    was, entry.state = entry.state, LIFE.after(entry.state, step)
    if step == "submit":
        entry.submitted_at = now
    if step == "confirm":
        entry.confirmed_at, entry.confirmed_by = now, by.kind
    if step in ("verify", "accept", "reject", "uphold"):
        entry.settled_at = now
    session.flush()
    add_event(session, entry, was=was, by=by, now=now, why=why)
    session.flush()
    return was


def add_event(session: Session, entry: HourEntry, *, was: str, by: Mover, now: dt.datetime, why: str = "") -> None:
    """The event row of a move that has just been made."""
    session.add(
        HourEvent(
            firm_id=entry.firm_id,
            entry_id=entry.id,
            lawyer_id=entry.lawyer_id,
            actor_id=by.id,
            actor_kind=by.kind,
            was=was,
            became=entry.state,
            why=why,
            at=now,
        )
    )


def parse_why(raw: str, *, field: str = "why") -> str:
    """A reason that is needed. Raises: Invalid `required`, `too_long`."""
    return check_line(raw, field, most=MOST_WHY)
