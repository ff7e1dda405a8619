"""The table of call-backs. Its states are in `checkup/calls/call_rules.py`."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from checkup.calls.call_rules import BOOKED, LIFE
from checkup.cases.models import OfCheckup
from tenants.base import Base, among, never_at_reception, of


class CallBack(OfCheckup, Base):
    """When a lawyer calls an owner. The number is sealed under a key of its own (`PartKey`, by this row's id): it opens
    to whoever is to call, a few minutes before; key and number are gone once the call is over, however it ended.

    `place`: the place in the roster that this hour takes; `late_since`: nobody had called in time, the next is to.
    """

    __tablename__ = "call_back"
    __table_args__ = (
        of("checkup"),
        never_at_reception(),
        Index(
            "uq_call_back_hour", "firm_id", "starts_at", "place", unique=True, postgresql_where=text("state = 'booked'")
        ),
        Index("uq_call_back_open", "firm_id", "checkup_id", unique=True, postgresql_where=text("state = 'booked'")),
    )
    state: Mapped[str] = mapped_column(among("state", LIFE.states), default=BOOKED)
    starts_at: Mapped[dt.datetime]
    place: Mapped[int] = mapped_column(SmallInteger)
    responsible_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    responsible_name: Mapped[str]
    sealed_phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked_at: Mapped[dt.datetime]
    late_since: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
