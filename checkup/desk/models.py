"""Tables of the desk: room, roster, green channel, saved views."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import PerCheckup
from checkup.desk.green_rules import LIFE
from tenants.base import Base, FirmKey, OfFirm, Short, among, never_at_reception, of


class Capacity(Base):
    """What a lawyer offers: cases a month, areas of law (none: all), languages, hours of the day, until when away."""

    __tablename__ = "capacity"
    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    person_name: Mapped[str]
    a_month: Mapped[int] = mapped_column(SmallInteger)
    domains: Mapped[str] = mapped_column(default="")
    languages: Mapped[str] = mapped_column(default="zh")
    from_hour: Mapped[int] = mapped_column(SmallInteger, default=0)
    to_hour: Mapped[int] = mapped_column(SmallInteger, default=24)
    away_until: Mapped[dt.date | None]
    changed_at: Mapped[dt.datetime]


class OnCall(Base):
    """Who is called first (`place` 1) and second on a day when something cannot wait."""

    __tablename__ = "on_call"
    __table_args__ = (never_at_reception(),)
    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"))
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]


class GreenCall(PerCheckup, Base):
    """The clock of an urgent case: who is responsible until when. States are in `checkup/desk/green_rules.py`.

    `late_since`: whoever holds it has let the time run out.
    """

    __tablename__ = "green_call"
    __table_args__ = (of("checkup"),)
    state: Mapped[str] = mapped_column(among("state", LIFE.states))
    responsible_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    responsible_name: Mapped[str] = mapped_column(default="")
    rung: Mapped[int] = mapped_column(SmallInteger, default=0)
    started_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    late_since: Mapped[dt.datetime | None]


class QueueView(OfFirm, Base):
    """A lawyer's own view of the queue under a name; `filters` is its query string."""

    __tablename__ = "queue_view"
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    name: Mapped[Short]
    filters: Mapped[str]
