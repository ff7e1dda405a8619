"""A bureau admits stations, and lets them rest or go; each decision dated and reasoned. Under Scope(BUREAU)."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.base import new_id
from tenants.errors import FieldFault, Invalid
from tenants.models import STATION_KINDS, Station
from tenants.rows import get_one
from tenants.stations.events import note
from tenants.stations.helpers import end_all
from tenants.stations.states import LIFE, SERVING
from tenants.typed.words import check_line

MOST_NAME, MOST_WHY = 80, 500


def list_stations(session: Session) -> Sequence[Station]:
    """The stations of one's own part, by state and name."""
    return session.scalars(select(Station).order_by(Station.state, Station.kind, Station.name)).all()


def get_station(session: Session, station_id: uuid.UUID, *, lock: bool = False) -> Station:
    """Raises: NotFound, also outside one's own part."""
    query = select(Station).where(Station.id == station_id)
    return get_one(session, query.with_for_update() if lock else query)


def add_station(
    session: Session,
    *,
    bureau_id: uuid.UUID,
    kind: str,
    name: str,
    name_en: str,
    phone: str,
    by: Actor,
    now: dt.datetime,
) -> Station:
    """A new station, admitted at once: it is the bureau's own. Raises: Invalid on `kind` or `name`."""
    if kind not in STATION_KINDS:
        raise Invalid((FieldFault("kind", "unknown_option"),))
    called = check_line(name, "name", most=MOST_NAME)
    row = Station(
        id=new_id(), bureau_id=bureau_id, kind=kind, name=called, name_en=name_en or called, phone=phone, state=SERVING
    )
    session.add(row)
    session.flush()
    note(session, row.id, was="", became=row.state, by=by, now=now)
    return row


def decide(session: Session, row: Station, *, step: str, why: str, by: Actor, now: dt.datetime) -> None:
    """`suspend`, `resume` or let it `leave`: helpers read nothing from that moment on, and of one that left are out.

    Raises: Invalid on `why`, Conflict `not_now`.
    """
    reason = check_line(why, "why", most=MOST_WHY)
    was, row.state = row.state, LIFE.after(row.state, step)
    session.flush()
    note(session, row.id, was=was, became=row.state, by=by, now=now, why=reason)
    if row.state == "left":
        end_all(session, station_id=row.id, now=now)
