"""People: guests who answer, staff who are found by their e-mail."""

import datetime as dt
import uuid

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from tenants.base import new_id
from tenants.models import Person


def start_guest(session: Session, now: dt.datetime, id_: uuid.UUID | None = None) -> Person:
    """A person without an account; the session's scope becomes hers."""
    person = Person(id=id_ or new_id(), kind="guest", created_at=now)
    session.execute(text("SELECT set_config('app.person', :id, true)"), {"id": str(person.id)})
    session.add(person)
    session.flush()
    return person


def set_locale(session: Session, *, person_id: uuid.UUID, locale: str) -> None:
    """The language in which this person is written to: the one she reads the pages in. Under Scope(AUTH, person)."""
    session.execute(update(Person).where(Person.id == person_id, Person.locale != locale).values(locale=locale))


def find_staff(session: Session, email: str) -> Person | None:
    """The member of staff with this e-mail, under Scope(AUTH, token=email)."""
    return session.scalars(select(Person).where(Person.email == email, Person.kind == "staff")).one_or_none()
