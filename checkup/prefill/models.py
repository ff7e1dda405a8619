"""Tables of what was found elsewhere: a licence being read or looked up, and where what is said of a business comes
from."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import PerCheckup
from checkup.prefill.values import ELSEWHERE, FIELDS, SOURCES
from tenants.base import Base, FirmKey, among, of
from tenants.clock import city_day

WAITING, FOUND, NOTHING, FAILED = "waiting", "found", "nothing", "failed"
STATES = (WAITING, FOUND, NOTHING, FAILED)


class LicenceReading(PerCheckup, Base):
    """What a licence says by `source`, its photo or the business register, sealed until its owner has said yes or no.

    `photo` names the bytes of the last one: `licences/<firm>/<photo>`, gone once it is read. `state`: `waiting`;
    `found`; `nothing` where it shows no licence; `failed` where it could not be read. A register's is `found` alone.
    """

    __tablename__ = "licence_reading"
    source: Mapped[str] = mapped_column(among("source", ELSEWHERE))
    photo: Mapped[uuid.UUID | None]
    state: Mapped[str] = mapped_column(among("state", STATES), default=WAITING)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]


class BusinessSource(Base):
    """Where a value that is said of a business comes from: licence, register, or what she put in its place (`owner`).

    `was`: what stood there before, for when she takes it back. Address and day of registration stand here alone.
    """

    __tablename__ = "business_source"
    __table_args__ = (of("business"),)
    firm_id: Mapped[FirmKey]
    business_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(among("field", FIELDS), primary_key=True)
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    value: Mapped[str]
    was: Mapped[str]
    source: Mapped[str] = mapped_column(among("source", SOURCES))
    at: Mapped[dt.datetime]

    @property
    def on(self) -> dt.date:
        """The city's day on which it was read, or written by her."""
        return city_day(self.at)

    @property
    def told(self) -> str | dt.date:
        """The value, a day as a day."""
        return dt.date.fromisoformat(self.value) if self.field == "registered_on" else self.value
