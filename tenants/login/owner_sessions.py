"""Sessions of owners as rows: each phone can be seen and ended by its owner, and ends when nobody uses it for long."""

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from tenants.database import Audience, Scope, read_row
from tenants.login.models import OwnerSession
from tenants.login.sessions import token_digest

IDLE, LONGEST = dt.timedelta(days=30), dt.timedelta(days=180)
_TOUCH_EVERY = dt.timedelta(hours=1)
_FOUND = str(
    select(OwnerSession.id, OwnerSession.person_id, OwnerSession.began_at, OwnerSession.seen_at).where(
        OwnerSession.digest == func.app_token()
    )
).encode()


@dataclass(frozen=True)
class Held:
    """A session that lives; `is_due`: its last use is to be written down anew."""

    id: uuid.UUID
    person_id: uuid.UUID
    is_due: bool


@dataclass(frozen=True)
class Device:
    """One line of an owner's list: the kind of device, its first and its last use."""

    id: uuid.UUID
    name: str
    began_at: dt.datetime
    seen_at: dt.datetime


def begin_session(session: Session, *, person_id: uuid.UUID, device: str, now: dt.datetime) -> str:
    """A new session; returns its token, which is kept nowhere. Under the owner's Scope(AUTH)."""
    token = secrets.token_urlsafe(32)
    session.add(
        OwnerSession(digest=token_digest(token), person_id=person_id, device=device[:200], began_at=now, seen_at=now)
    )
    session.flush()
    return token


def find_session(token: str, now: dt.datetime) -> Held | None:
    """The session that this token opens, if it lives; asked at every request, so in one round trip of its own."""
    row = read_row(Scope(Audience.PUBLIC, token=token_digest(token)), _FOUND)
    if row is None:
        return None
    session_id, person_id, began_at, seen_at = row
    if seen_at + IDLE < now or began_at + LONGEST < now:
        return None
    return Held(session_id, person_id, is_due=seen_at + _TOUCH_EVERY < now)


def touch_session(session: Session, token: str, now: dt.datetime) -> None:
    """Write down that it is in use; under Scope(PUBLIC, token=token_digest(token))."""
    session.execute(update(OwnerSession).where(OwnerSession.digest == token_digest(token)).values(seen_at=now))


def forget_session(session: Session, token: str) -> None:
    """From now on this token opens nothing; under Scope(PUBLIC, token=token_digest(token))."""
    session.execute(delete(OwnerSession).where(OwnerSession.digest == token_digest(token)))


def list_devices(session: Session, now: dt.datetime) -> Sequence[Device]:
    """What still opens, the last used first; under the owner's Scope(SELF)."""
    query = (
        select(OwnerSession.id, OwnerSession.device, OwnerSession.began_at, OwnerSession.seen_at)
        .where(OwnerSession.seen_at > now - IDLE, OwnerSession.began_at > now - LONGEST)
        .order_by(OwnerSession.seen_at.desc())
    )
    return [Device(*row) for row in session.execute(query).tuples()]


def end_devices(session: Session, *, only: uuid.UUID | None = None, but: uuid.UUID | None = None) -> None:
    """End an owner's sessions: all, `only` one, or all `but` the one in use; under her Scope(SELF)."""
    query = delete(OwnerSession)
    if only is not None:
        query = query.where(OwnerSession.id == only)
    if but is not None:
        query = query.where(OwnerSession.id != but)
    session.execute(query)
