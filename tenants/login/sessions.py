"""Sessions of staff as rows: each can be seen, ended by its owner, and ends when its reason ends."""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tenants.access.matrix import permissions_of
from tenants.login.models import LoginSession
from tenants.models import Person

IDLE = dt.timedelta(hours=4)
LONGEST = dt.timedelta(hours=12)
FRESH = dt.timedelta(minutes=30)
_TOUCH_EVERY = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Place:
    """Where a person works: a firm, a bureau, a body of some kind, or else the platform; her roles there."""

    firm_id: uuid.UUID | None
    bureau_id: uuid.UUID | None
    roles: tuple[str, ...]
    provider_id: uuid.UUID | None = None
    partner_id: uuid.UUID | None = None
    station_id: uuid.UUID | None = None

    @property
    def id(self) -> uuid.UUID | None:
        """Of the firm, bureau, provider, partner or station; None for the platform."""
        return self.firm_id or self.bureau_id or self.provider_id or self.partner_id or self.station_id


@dataclass(frozen=True)
class Staff:
    """Who is logged in, at which place, with what permissions; `is_strong` after a second factor."""

    session_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    firm_id: uuid.UUID | None
    bureau_id: uuid.UUID | None
    permissions: frozenset[str]
    is_strong: bool
    began_at: dt.datetime
    provider_id: uuid.UUID | None = None
    partner_id: uuid.UUID | None = None
    station_id: uuid.UUID | None = None

    @property
    def place_id(self) -> uuid.UUID | None:
        """Where she is at work; None on the platform."""
        return self.firm_id or self.bureau_id or self.provider_id or self.partner_id or self.station_id


def is_fresh(staff: Staff, now: dt.datetime) -> bool:
    """Whether the log-in is so young that a strong act needs no other one; one of a time to come is not."""
    return abs(now - staff.began_at) <= FRESH


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin_session(
    session: Session, *, person: Person, place: Place, is_strong: bool, device: str, network: str, now: dt.datetime
) -> str:
    """A new session; returns its token, which is kept nowhere. Under the person's Scope(AUTH)."""
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            digest=token_digest(token),
            person_id=person.id,
            firm_id=place.firm_id,
            bureau_id=place.bureau_id,
            provider_id=place.provider_id,
            station_id=place.station_id,
            partner_id=place.partner_id,
            roles=" ".join(place.roles),
            person_name=person.name,
            is_strong=is_strong,
            device=device[:200],
            network=network[:60],
            began_at=now,
            seen_at=now,
        )
    )
    session.flush()
    return token


def find_staff(session: Session, token: str, now: dt.datetime) -> Staff | None:
    """Who holds this token, if the session still lives; under Scope(PUBLIC, token=token_digest(token))."""
    row = session.get(LoginSession, token_digest(token))
    if row is None or row.ended_at is not None or row.seen_at + IDLE < now or row.began_at + LONGEST < now:
        return None
    if row.seen_at + _TOUCH_EVERY < now:
        row.seen_at = now
    permissions = permissions_of(row.roles.split())
    return Staff(
        row.id,
        row.person_id,
        row.person_name,
        row.firm_id,
        row.bureau_id,
        permissions,
        row.is_strong,
        row.began_at,
        row.provider_id,
        row.partner_id,
        row.station_id,
    )


def list_sessions(session: Session, *, person_id: uuid.UUID, now: dt.datetime) -> Sequence[LoginSession]:
    """The sessions of a person that still open something, newest first."""
    query = (
        select(LoginSession)
        .where(LoginSession.person_id == person_id, LoginSession.ended_at.is_(None))
        .where(LoginSession.seen_at > now - IDLE, LoginSession.began_at > now - LONGEST)
        .order_by(LoginSession.began_at.desc())
    )
    return session.scalars(query).all()


def end_sessions(
    session: Session,
    *,
    person_id: uuid.UUID,
    now: dt.datetime,
    only: uuid.UUID | None = None,
    but: uuid.UUID | None = None,
    firm_id: uuid.UUID | None = None,
    provider_id: uuid.UUID | None = None,
    partner_id: uuid.UUID | None = None,
    station_id: uuid.UUID | None = None,
) -> None:
    """End a person's sessions: all, `only` one, all `but` the one in use, or those at one place."""
    query = update(LoginSession).where(LoginSession.person_id == person_id, LoginSession.ended_at.is_(None))
    if only is not None:
        query = query.where(LoginSession.id == only)
    if but is not None:
        query = query.where(LoginSession.id != but)
    if firm_id is not None:
        query = query.where(LoginSession.firm_id == firm_id)
    if provider_id is not None:
        query = query.where(LoginSession.provider_id == provider_id)
    if station_id is not None:
        query = query.where(LoginSession.station_id == station_id)
    if partner_id is not None:
        query = query.where(LoginSession.partner_id == partner_id)
    session.execute(query.values(ended_at=now))
