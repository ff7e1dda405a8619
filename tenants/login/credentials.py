"""Passwords of staff: made with the person, checked, changed; under Scope(AUTH) alone."""

import datetime as dt
import secrets
import uuid
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tenants import clock
from tenants.base import new_id
from tenants.errors import DomainError
from tenants.login.models import Credential, Passkey
from tenants.models import Person
from tenants.people import find_staff

FIRST_LASTS = dt.timedelta(days=7)
_HASHER = PasswordHasher()


class WrongLogin(DomainError):
    """The e-mail or the password is wrong; nobody learns which."""


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def add_staff(
    session: Session, *, email: str, name: str, password: str, now: dt.datetime, is_first: bool = False
) -> Person:
    """A new member of staff, under Scope(AUTH, token=email). `is_first`: she did not choose the password, so it is good
    for a week."""
    person = Person(id=new_id(), kind="staff", name=name, email=email, created_at=now)
    session.add(person)
    session.flush()
    good_until = now + FIRST_LASTS if is_first else None
    session.add(Credential(person_id=person.id, password_hash=hash_password(password), good_until=good_until))
    session.flush()
    return person


def authenticate(session: Session, email: str, password: str) -> Person:
    """The member of staff with this e-mail and password, under Scope(AUTH, token=email).

    Raises: WrongLogin.
    """
    person = find_staff(session, email)
    held = None if person is None else session.get(Credential, person.id)
    _verify(held, password)
    if person is None or held is None or _is_over(held):
        raise WrongLogin
    return person


def _is_over(held: Credential) -> bool:
    return held.good_until is not None and held.good_until < clock.now()


@lru_cache(maxsize=1)
def nobodys_hash() -> str:
    """Checked when the e-mail is unknown, so that the answer takes as long as for a wrong password; made as a process
    warms up."""
    return _HASHER.hash("nobody has this password")


def _verify(held: Credential | None, password: str) -> None:
    """Raises: WrongLogin."""
    try:
        _HASHER.verify(nobodys_hash() if held is None else held.password_hash, password)
    except VerificationError:
        raise WrongLogin from None


def set_password(session: Session, *, person_id: uuid.UUID, old: str, new: str) -> None:
    """Change one's own password. Raises: WrongLogin when the old one is wrong."""
    _verify(session.get_one(Credential, person_id), old)
    reset_password(session, person_id, new)


def reset_password(session: Session, person_id: uuid.UUID, password: str) -> None:
    """A new password for whoever was reached by e-mail; the second factor stays."""
    held = session.get_one(Credential, person_id)
    held.password_hash, held.good_until = hash_password(password), None


def forget_credentials(session: Session, person_id: uuid.UUID) -> None:
    """Nothing that she has opens a door any more: a mailed link leads to a new password, then to a new factor."""
    held = session.get_one(Credential, person_id)
    held.password_hash = hash_password(secrets.token_urlsafe(32))
    held.sealed_totp, held.totp_step, held.recovery_digests = None, 0, ""
    session.execute(delete(Passkey).where(Passkey.person_id == person_id))
    session.flush()
