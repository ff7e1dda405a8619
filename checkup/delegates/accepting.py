"""Somebody who was asked finds the invitation, and says yes to secrecy or no to all of it; her owner is told."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from checkup.cases.checkups import get_checkup_row
from checkup.delegates import delegation_rules as rules
from checkup.delegates.asking import end, note
from checkup.delegates.models import DelegateDuty, Delegation
from tenants import audit, messages
from tenants.database import Audience, Scope, enter_scope
from tenants.rows import get_one

_ON_THE_LINK = load_only(
    Delegation.id, Delegation.owner_id, Delegation.name, Delegation.kind, Delegation.shop, Delegation.phone_digest
)


def find_invitation(session: Session, digest: str) -> Delegation | None:
    """What the link leads to while it waits for an answer, under Scope(PUBLIC, token=digest)."""
    query = select(Delegation).where(Delegation.invitation_digest == digest).options(_ON_THE_LINK)
    return session.scalars(query).one_or_none()


def list_waiting(session: Session) -> Sequence[Delegation]:
    """What this delegate has been asked and has not answered, the oldest first. Under Scope(DELEGATE)."""
    query = select(Delegation).where(Delegation.accepted_at.is_(None))
    return session.scalars(query.order_by(Delegation.asked_at, Delegation.id)).all()


def count_asked(session: Session) -> int:
    """How many owners ask this delegate, or have her help already. Under Scope(DELEGATE)."""
    return session.scalars(select(func.count()).select_from(Delegation)).one()


def get_waiting(session: Session, delegation_id: uuid.UUID, *, lock: bool = False) -> Delegation:
    """Raises: NotFound, also once it was taken back, ran out or was accepted."""
    query = select(Delegation).where(Delegation.id == delegation_id, Delegation.accepted_at.is_(None))
    return get_one(session, query.with_for_update() if lock else query)


def accept(session: Session, *, delegation_id: uuid.UUID, person_id: uuid.UUID, now: dt.datetime) -> None:
    """Her yes, to secrecy and to what is asked; from now on it runs. Leaves the unit of work in the owner's scope.

    Raises: NotFound, as `get_waiting`.
    """
    found = get_waiting(session, delegation_id, lock=True)
    session.add(DelegateDuty(person_id=person_id, text_version=rules.DUTY_TEXT, at=now))
    session.flush()
    found.delegate_id, found.accepted_at, found.text_version = person_id, now, rules.DUTY_TEXT
    session.flush()
    enter_scope(session, Scope(Audience.OWNER, found.firm_id, found.owner_id))
    note(session, found, "delegate.accepted", audit.Actor(person_id, found.name))
    messages.tell_owner(session, "delegate_accepted", get_checkup_row(session, found.checkup_id), now=now)


def leave(session: Session, *, found: Delegation, person_id: uuid.UUID, now: dt.datetime) -> None:
    """She will not, or not any more. Under the owner's scope, beside her (`found` is read in the delegate's)."""
    by = audit.Actor(person_id, found.name)
    if end(session, checkup_id=found.checkup_id, delegation_id=found.id, why=rules.DELEGATES_WORD, by=by, now=now):
        messages.tell_owner(session, "delegate_left", get_checkup_row(session, found.checkup_id), now=now)
