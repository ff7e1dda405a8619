"""What an owner signs in with beside her phone: an account at WeChat or 随申办 that leads to hers, and to no other.

Only a keyed digest of the other account's name is kept. All of it is the log-in path's: under Scope(AUTH).
"""

import datetime as dt
import hashlib
import hmac
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tenants.errors import Conflict
from tenants.login.models import SignInLink


def subject_digest(provider: str, client_id: str, subject: str, pepper: bytes) -> str:
    """Stands for whom `provider` calls `subject` when `client_id` asks; another client's name for her is another."""
    told = "\0".join(("sign-in", provider, client_id, subject))
    return hmac.new(pepper, told.encode(), hashlib.sha256).hexdigest()


def find_linked(session: Session, digest: str) -> uuid.UUID | None:
    """Whom it leads to, under Scope(AUTH, token=digest)."""
    return session.scalars(select(SignInLink.person_id).where(SignInLink.digest == digest)).one_or_none()


def link(session: Session, *, person_id: uuid.UUID, provider: str, digest: str, now: dt.datetime) -> None:
    """From now on it leads to this person, under Scope(AUTH, person_id, token=digest). Twice is once.

    Raises: Conflict `leads_elsewhere` when it leads to somebody else, `another_linked` when another account at the same
    provider leads to her already.
    """
    held_by = find_linked(session, digest)
    if held_by == person_id:
        return
    if held_by is not None:
        raise Conflict("leads_elsewhere")
    if any(one.provider == provider for one in list_links(session, person_id)):
        raise Conflict("another_linked")
    session.add(SignInLink(digest=digest, person_id=person_id, provider=provider, linked_at=now))
    session.flush()


def list_links(session: Session, person_id: uuid.UUID) -> Sequence[SignInLink]:
    """Hers, the oldest first, under Scope(AUTH, person_id)."""
    query = select(SignInLink).where(SignInLink.person_id == person_id).order_by(SignInLink.linked_at)
    return session.scalars(query).all()


def unlink(session: Session, *, person_id: uuid.UUID, only: str | None = None) -> None:
    """Hers lead to her no more: all, or that of the provider `only`. Under Scope(AUTH, person_id)."""
    query = delete(SignInLink).where(SignInLink.person_id == person_id)
    session.execute(query if only is None else query.where(SignInLink.provider == only))
