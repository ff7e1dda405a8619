"""What was decided about a station, as rows that are only added."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.stations.models import StationEvent


def note(
    session: Session,
    station_id: uuid.UUID,
    *,
    was: str,
    became: str,
    by: Actor,
    now: dt.datetime,
    why: str = "",
    person_name: str = "",
) -> None:
    """One decision; of a post `person_name` says whose."""
    event = StationEvent(
        station_id=station_id,
        actor_id=by.id,
        actor_name=by.name,
        person_name=person_name,
        was=was,
        became=became,
        why=why,
        at=now,
    )
    session.add(event)
    session.flush()


def list_events(session: Session, station_id: uuid.UUID) -> Sequence[StationEvent]:
    """Every decision about the station and its posts, oldest first."""
    query = select(StationEvent).where(StationEvent.station_id == station_id)
    return session.scalars(query.order_by(StationEvent.at, StationEvent.id)).all()
