"""Who helps at a station: added by its bureau, gone at once. Whoever is added sets her password by a mailed link."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.database import Scope, enter_scope
from tenants.errors import Conflict, NotFound
from tenants.login.models import HelperPost
from tenants.login.posts import MOST_NAME, new_staff
from tenants.login.sessions import end_sessions
from tenants.models import Person, Station
from tenants.stations.events import note
from tenants.stations.states import HELPS, LIFE
from tenants.typed.words import check_line


def list_helpers(session: Session, station_id: uuid.UUID) -> Sequence[Person]:
    """Everybody who helps there, by name."""
    query = select(Person).join(HelperPost, HelperPost.person_id == Person.id)
    return session.scalars(query.where(HelperPost.station_id == station_id).order_by(Person.name, Person.id)).all()


def begin_post(
    session: Session, *, scope: Scope, station: Station, email: str, name: str, by: Actor, now: dt.datetime
) -> Person:
    """A helper who is new, or who works nowhere here any more and keeps the name she had. Leaves the unit of work in
    `scope`.

    Raises: Invalid on `email` for whoever works somewhere here, or on `name`; Conflict `not_now` once the station left.
    """
    if not LIFE.moves_from(station.state):
        raise Conflict("not_now")
    called = check_line(name, "name", most=MOST_NAME)
    person = new_staff(session, email=email, name=called, now=now)
    enter_scope(session, scope)
    session.add(HelperPost(station_id=station.id, person_id=person.id))
    session.flush()
    note(session, station.id, was="", became=HELPS, by=by, now=now, person_name=person.name)
    return person


def end_post(session: Session, *, station_id: uuid.UUID, person_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """She is out from the next request on, and reads of nobody any more. Raises: NotFound."""
    person = next((one for one in list_helpers(session, station_id) if one.id == person_id), None)
    if person is None:
        raise NotFound
    _end(session, station_id, person_id, now)
    note(session, station_id, was=HELPS, became="", by=by, now=now, person_name=person.name)


def end_all(session: Session, *, station_id: uuid.UUID, now: dt.datetime) -> None:
    """A station that left has nobody."""
    for person in list_helpers(session, station_id):
        _end(session, station_id, person.id, now)


def _end(session: Session, station_id: uuid.UUID, person_id: uuid.UUID, now: dt.datetime) -> None:
    end_sessions(session, person_id=person_id, station_id=station_id, now=now)
    session.execute(delete(HelperPost).where(HelperPost.station_id == station_id, HelperPost.person_id == person_id))
