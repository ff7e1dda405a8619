"""People: guests who answer, staff who log in."""

import datetime as dt
import uuid

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tenants.base import new_id
from tenants.errors import DomainError
from tenants.models import Person

_HASHER = PasswordHasher()
# Checked when the e-mail is unknown, so that the answer takes as long as for a wrong password.
_NOBODY = _HASHER.hash("nobody has this password")


class WrongLogin(DomainError):
    """The e-mail or the password is wrong; nobody learns which."""


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def start_guest(session: Session, now: dt.datetime, id_: uuid.UUID | None = None) -> Person:
    """A person without an account; the session's scope becomes hers."""
    person = Person(id=id_ or new_id(), kind="guest", created_at=now)
    session.execute(text("SELECT set_config('app.person', :id, true)"), {"id": str(person.id)})
    session.add(person)
    session.flush()
    return person


def authenticate(session: Session, email: str, password: str) -> Person:
    """The member of staff with this e-mail and password, under Scope(PUBLIC, token=e-mail).

    Raises: WrongLogin.
    """
    person = find_staff(session, email)
    known = person.password_hash if person is not None and person.password_hash else _NOBODY
    try:
        _HASHER.verify(known, password)
    except VerificationError:
        raise WrongLogin from None
    if person is None:
        raise WrongLogin
    return person


def set_password(session: Session, *, person_id: uuid.UUID, old: str, new: str) -> Person:
    """Change one's own password. Raises: WrongLogin when the old one is wrong."""
    person = session.get_one(Person, person_id)
    try:
        _HASHER.verify(person.password_hash or _NOBODY, old)
    except VerificationError:
        raise WrongLogin from None
    person.password_hash = hash_password(new)
    return person


def set_locale(session: Session, *, person_id: uuid.UUID, locale: str) -> None:
    """The language in which this person is written to: the one she reads the pages in."""
    session.execute(update(Person).where(Person.id == person_id, Person.locale != locale).values(locale=locale))


def find_staff(session: Session, email: str) -> Person | None:
    """The member of staff with this e-mail, under Scope(PUBLIC, token=email)."""
    return session.scalars(select(Person).where(Person.email == email, Person.kind == "staff")).one_or_none()


def find_by_email(session: Session, email: str) -> uuid.UUID | None:
    """Whose e-mail this is, under Scope(PUBLIC, token=email)."""
    return session.scalars(select(Person.id).where(Person.email == email)).one_or_none()


def add_staff(session: Session, *, email: str, name: str, password: str, now: dt.datetime) -> Person:
    """A new member of staff, under Scope(PUBLIC, token=email) or Scope(OPERATOR)."""
    person = Person(
        id=new_id(), kind="staff", name=name, email=email, password_hash=hash_password(password), created_at=now
    )
    session.add(person)
    session.flush()
    return person


def reset_password(session: Session, person_id: uuid.UUID, password: str) -> Person:
    """A new password for whoever was reached by e-mail; the second factor stays."""
    person = session.get_one(Person, person_id)
    person.password_hash = hash_password(password)
    return person
