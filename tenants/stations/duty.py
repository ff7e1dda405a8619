"""A helper's duty of secrecy: told at her first log-in, and again whenever its text is another. Under Scope(HELPER)."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.models import Station
from tenants.rows import get_one
from tenants.stations.models import DutyReceipt
from tenants.stations.states import SERVING

# Of `templates/helper/duty.html`: another text is agreed to anew. The database asks for her yes to any.
TEXT = "2026-12"


@dataclass(frozen=True)
class Standing:
    """Where a helper stands: her station, and whether she has said yes to secrecy there."""

    station: Station
    is_bound: bool

    @property
    def helps(self) -> bool:
        return self.is_bound and self.station.state == SERVING


def read_standing(session: Session, *, station_id: uuid.UUID, person_id: uuid.UUID) -> Standing:
    """Raises: NotFound."""
    station = get_one(session, select(Station).where(Station.id == station_id))
    said = select(DutyReceipt.id).where(
        DutyReceipt.station_id == station_id, DutyReceipt.person_id == person_id, DutyReceipt.text_version == TEXT
    )
    return Standing(station, session.scalars(said.limit(1)).first() is not None)


def accept_duty(session: Session, *, station_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """Her yes to the text that she read; twice is one more receipt."""
    session.add(
        DutyReceipt(station_id=station_id, person_id=by.known(), person_name=by.name, text_version=TEXT, at=now)
    )
    session.flush()
