"""Tables of the emergency mode. No case content."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, FirmKey, GlobalId


class Emergency(Base):
    """Emergency mode of a bureau's part: from when, why, what owners read, which parameters are relaxed (JSON, key →
    value), and the day on which it ends at the latest. Until a second officer has agreed it relaxes clocks alone,
    and lapses soon."""

    __tablename__ = "emergency"
    __table_args__ = (
        CheckConstraint("begins_on <= ends_on", name="days"),
        CheckConstraint("agreed_id <> made_id", name="two_people"),
    )
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    reason: Mapped[str]
    banner: Mapped[str]
    banner_en: Mapped[str]
    relaxed: Mapped[str] = mapped_column(default="{}")
    begins_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    made_id: Mapped[uuid.UUID | None]
    made_by: Mapped[str]
    made_at: Mapped[dt.datetime]
    agreed_id: Mapped[uuid.UUID | None]
    agreed_by: Mapped[str] = mapped_column(default="")
    agreed_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[dt.datetime | None]


class Volunteer(Base):
    """A lawyer who has put down her name for an emergency."""

    __tablename__ = "volunteer"
    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"))
    emergency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("emergency.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    name: Mapped[str]
    at: Mapped[dt.datetime]
