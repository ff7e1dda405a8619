"""Phone numbers: only a keyed digest is kept; a code proves that the phone is in hand."""

import hashlib
import hmac
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.errors import Conflict
from tenants.models import Person


def phone_digest(phone: str, pepper: bytes) -> str:
    return hmac.new(pepper, b"owner-phone:" + phone.encode(), hashlib.sha256).hexdigest()


def find_by_phone(session: Session, digest: str) -> uuid.UUID | None:
    """Whose phone this is, under Scope(PUBLIC, token=digest)."""
    return session.scalars(select(Person.id).where(Person.phone_digest == digest)).one_or_none()


def keep_phone(session: Session, *, person_id: uuid.UUID, digest: str, held_by: uuid.UUID | None) -> None:
    """From now on the person comes in with this phone, under the person's scope. Raises: Conflict `phone_taken`."""
    if held_by not in (None, person_id):
        raise Conflict("phone_taken")
    session.get_one(Person, person_id).phone_digest = digest
    session.flush()


def own_phone(session: Session, person_id: uuid.UUID | None) -> str | None:
    """The digest of the phone that this person comes in with, under the person's scope."""
    return session.scalars(select(Person.phone_digest).where(Person.id == person_id)).one_or_none()
