"""What was decided about a station and who helps there, and who has said yes to secrecy."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, GlobalId, MovedWhy, Short


class StationEvent(MovedWhy, Base):
    """One decision about a station, or about somebody's post there (`person_name`): who, when, from, to, why."""

    __tablename__ = "station_event"
    __table_args__ = (Index("ix_station_event_station", "station_id"),)
    id: Mapped[GlobalId]
    station_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("station.id"))
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]
    person_name: Mapped[Short] = mapped_column(default="", server_default="")


class DutyReceipt(Base):
    """That a helper was told the duty of secrecy, in which text, and said yes; nobody changes it."""

    __tablename__ = "duty_receipt"
    __table_args__ = (Index("ix_duty_receipt_post", "station_id", "person_id"),)
    id: Mapped[GlobalId]
    station_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("station.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[Short]
    text_version: Mapped[str]
    at: Mapped[dt.datetime]
