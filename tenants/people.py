"""People: guests who answer, staff who log in."""

import datetime as dt
import uuid
from collections.abc import Sequence

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tenants.base import new_id
from tenants.errors import DomainError
from tenants.models import Membership, Person

_HASHER = PasswordHasher()
# Checked when the e-mail is unknown, so that the answer takes as long as for a wrong password.
_NOBODY = _HASHER.hash("nobody has this password")


class WrongLogin(DomainError):
    """The e-mail or the password is wrong; nobody learns which."""


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def start_guest(session: Session, now: dt.datetime) -> Person:
    """A person without an account; the session's scope becomes hers."""
    person = Person(id=new_id(), kind="guest", created_at=now)
    session.execute(text("SELECT set_config('app.person', :id, true)"), {"id": str(person.id)})
    session.add(person)
    session.flush()
    return person


def authenticate(session: Session, email: str, password: str) -> Person:
    """The member of staff with this e-mail and password, under Scope(PUBLIC, token=e-mail).

    Raises: WrongLogin.
    """
    person = session.scalars(select(Person).where(Person.email == email, Person.kind == "staff")).one_or_none()
    known = person.password_hash if person is not None and person.password_hash else _NOBODY
    try:
        _HASHER.verify(known, password)
    except VerificationError:
        raise WrongLogin from None
    if person is None:
        raise WrongLogin
    return person


def list_memberships(session: Session, person_id: uuid.UUID) -> Sequence[Membership]:
    """Where this person works, under Scope(FIRM, person_id=…)."""
    query = select(Membership).where(Membership.person_id == person_id).order_by(Membership.firm_id)
    return session.scalars(query).all()
