"""The hash-chained log of each firm's sensitive acts. Only `famai_audit` in the database can write it."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tenants.audit_models import AuditEntry, AuditHead
from tenants.errors import NotFound

_APPEND = text("SELECT famai_audit(:firm, :act, :about, :owner, :actor, :name, :why)")
MOST_SHOWN = 500
LOOK = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with the name to show, or the system."""

    id: uuid.UUID | None
    name: str

    def known(self) -> uuid.UUID:
        """The person's id. Raises: NotFound for the system, which is nobody."""
        if self.id is None:
            raise NotFound
        return self.id


SYSTEM = Actor(None, "Famai")


@dataclass(frozen=True)
class ChainFault:
    """Where a firm's log was tampered with: the number of the entry and what is wrong with it."""

    firm_id: uuid.UUID
    number: int
    what: str


def note(
    session: Session,
    *,
    firm_id: uuid.UUID,
    act: str,
    by: Actor,
    about_id: uuid.UUID | None = None,
    owner_id: uuid.UUID | None = None,
    why: str = "",
) -> None:
    """Append one act, in the same transaction as the act itself. `act` is a stable code such as `case.opened`."""
    values = {
        "firm": firm_id, "act": act, "about": about_id, "owner": owner_id, "actor": by.id, "name": by.name, "why": why,
    }  # fmt: skip
    session.execute(_APPEND, values)


def note_opened(
    session: Session, *, firm_id: uuid.UUID, by: Actor, about_id: uuid.UUID, owner_id: uuid.UUID, now: dt.datetime
) -> None:
    """A case was looked at: one entry per person, case and quarter of an hour."""
    query = select(AuditEntry.number).where(
        AuditEntry.firm_id == firm_id,
        AuditEntry.owner_id == owner_id,
        AuditEntry.about_id == about_id,
        AuditEntry.actor_id == by.id,
        AuditEntry.act == "case.opened",
        AuditEntry.at > now - LOOK,
    )
    if session.scalars(query).first() is None:
        note(session, firm_id=firm_id, act="case.opened", by=by, about_id=about_id, owner_id=owner_id)


def list_entries(session: Session, *, firm_id: uuid.UUID, owner_id: uuid.UUID | None = None) -> Sequence[AuditEntry]:
    """The newest entries that the scope may read, of one owner if asked, newest first."""
    query = select(AuditEntry).where(AuditEntry.firm_id == firm_id).order_by(AuditEntry.number.desc())
    if owner_id is not None:
        query = query.where(AuditEntry.owner_id == owner_id)
    return session.scalars(query.limit(MOST_SHOWN)).all()


def rows(entries: Sequence[AuditEntry]) -> list[list[object]]:
    """Entries with a head line, for an export: everything that the hash seals, and the hash."""
    head: list[list[object]] = [
        ["firm", "number", "at", "actor", "actor_name", "act", "about", "owner", "why", "previous_hash", "hash"]
    ]
    return head + [[*_sealed_part(entry), entry.hash] for entry in entries]


TRAIL = ("number", "at", "actor_name", "act", "about_id", "why", "previous_hash", "hash")


def supervised_rows(session: Session, firm_id: uuid.UUID) -> list[list[object]]:
    """A firm's log as its bureau may read it, with a head line: process and hashes, no owner."""
    columns = [getattr(AuditEntry, name) for name in TRAIL]
    query = select(*columns).where(AuditEntry.firm_id == firm_id).order_by(AuditEntry.number)
    return [list(TRAIL), *(list(row) for row in session.execute(query))]


def entry_hash(entry: AuditEntry) -> str:
    """The hash as the database computes it: SHA-256 over the entry as a JSON array, the previous hash last."""
    return hashlib.sha256(json.dumps(_sealed_part(entry), ensure_ascii=False).encode()).hexdigest()


def _sealed_part(entry: AuditEntry) -> list[object]:
    return [
        str(entry.firm_id),
        entry.number,
        entry.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        _or_none(entry.actor_id),
        entry.actor_name,
        entry.act,
        _or_none(entry.about_id),
        _or_none(entry.owner_id),
        entry.why,
        entry.previous_hash,
    ]


def _or_none(value: uuid.UUID | None) -> str | None:
    return None if value is None else str(value)


def verify_chain(session: Session, firm_id: uuid.UUID) -> list[ChainFault]:
    """Every entry that was removed or altered, under a scope that reads whole entries (firm or operator)."""
    faults, number, last = list[ChainFault](), 0, ""
    query = select(AuditEntry).where(AuditEntry.firm_id == firm_id).order_by(AuditEntry.number)
    for entry in session.scalars(query.execution_options(yield_per=1000)):
        if entry.number != number + 1:
            faults.append(ChainFault(firm_id, number + 1, "removed"))
        elif entry.previous_hash != last or entry.hash != entry_hash(entry):
            faults.append(ChainFault(firm_id, entry.number, "altered"))
        number, last = entry.number, entry.hash
    head = session.get(AuditHead, firm_id)
    if head is not None and (head.number, head.hash) != (number, last):
        faults.append(ChainFault(firm_id, head.number, "removed"))
    return faults
