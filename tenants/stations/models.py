"""What was decided about a station and who helps there, who has said yes to secrecy; its kiosks and their visits; the
sheets that it has printed; its queue of the day."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, GlobalId, MovedWhy, Short, among
from tenants.stations.queue_rules import LIFE as QUEUE_LIFE
from tenants.stations.queue_rules import WAITING


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


class Kiosk(Base):
    """A device at a station on which owners work one after the other, known by the digests of two secrets.

    `code_digest`: of the venue code, which makes one device the kiosk, once; `device_digest`: of that device's cookie.
    """

    __tablename__ = "kiosk"
    __table_args__ = (Index("ix_kiosk_station", "station_id"),)
    id: Mapped[GlobalId]
    station_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("station.id"))
    name: Mapped[Short]
    code_digest: Mapped[str] = mapped_column(unique=True)
    code_until: Mapped[dt.datetime]
    device_digest: Mapped[str | None] = mapped_column(unique=True)
    made_by: Mapped[Short]
    made_at: Mapped[dt.datetime]
    paired_at: Mapped[dt.datetime | None]
    ended_by: Mapped[Short | None]
    ended_at: Mapped[dt.datetime | None]


class KioskVisit(Base):
    """Who is at a kiosk now, and on which checkup of the reception. The row is all that the device knows of her: it is
    gone when she ends, when she takes the checkup along, and when nobody is there any more. It holds on to nothing: an
    owner who erases her case meanwhile is not kept by it.

    `handover_digest`: of the secret in the square that her phone reads.
    """

    __tablename__ = "kiosk_visit"
    kiosk_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("kiosk.id"), primary_key=True)
    person_id: Mapped[uuid.UUID]
    checkup_id: Mapped[uuid.UUID]
    seen_at: Mapped[dt.datetime]
    handover_digest: Mapped[str | None] = mapped_column(unique=True)
    handover_until: Mapped[dt.datetime | None]


class PaperSheet(Base):
    """A printed sheet with the questions on it, known by the code on it. Whose it became stands nowhere here."""

    __tablename__ = "paper_sheet"
    __table_args__ = (Index("ix_paper_sheet_station", "station_id"),)
    id: Mapped[GlobalId]
    station_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("station.id"))
    code: Mapped[str] = mapped_column(unique=True)
    locale: Mapped[str]
    pack_version: Mapped[str]
    printed_by: Mapped[Short]
    printed_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class VenueQueue(Base):
    """A station's queue: `code` is what the square at the venue leads by, `open_on` the last day it gave numbers on."""

    __tablename__ = "venue_queue"
    station_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("station.id"), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    open_on: Mapped[dt.date | None]


class VenueNumber(Base):
    """A number of one day in a station's queue. Whose it is stands nowhere.

    `holder`: a digest of the token of the browser that took it, another one each day; None where a helper gave it.
    """

    __tablename__ = "venue_number"
    station_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("station.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # No helper reads it: what she reads of a number is everything else.
    holder: Mapped[str | None] = mapped_column(deferred=True)
    state: Mapped[str] = mapped_column(among("state", QUEUE_LIFE.states), default=WAITING, server_default=WAITING)
    taken_at: Mapped[dt.datetime]
    called_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
