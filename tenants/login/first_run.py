"""The very first bureau of an installation and its officer, by whoever holds the link that setting up printed."""

import datetime as dt

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from tenants.base import new_id
from tenants.database import Audience, Scope, enter_scope
from tenants.errors import Conflict
from tenants.login.credentials import add_staff
from tenants.login.models import HEAD, BureauPost
from tenants.models import Bureau, Person
from tenants.one_at_a_time import one_at_a_time


def has_begun(session: Session) -> bool:
    """Whether there is a bureau; from then on no such link opens anything."""
    return bool(session.scalar(select(exists().select_from(Bureau))))


def begin_city(
    session: Session,
    *,
    name: str,
    name_en: str,
    district: str | None,
    officer: str,
    email: str,
    password: str,
    now: dt.datetime,
) -> Person:
    """The first bureau and its first officer, who is its head, under Scope(OPERATOR).

    Raises: Conflict `begun` once there is a bureau, also for the slower of two at once.
    """
    one_at_a_time(session, "first run")
    if has_begun(session):
        raise Conflict("begun")
    bureau = Bureau(id=new_id(), parent_id=None, name=name, name_en=name_en, district=district)
    session.add(bureau)
    session.flush()
    enter_scope(session, Scope(Audience.AUTH, token=email))
    person = add_staff(session, email=email, name=officer, password=password, now=now)
    enter_scope(session, Scope(Audience.OPERATOR))
    session.add(BureauPost(bureau_id=bureau.id, person_id=person.id, role=HEAD))
    session.flush()
    return person
