"""Tables of pro bono time: the trace of activity, entries with their proof, the moves of their life, dated rules."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

import checkup.cases.models  # noqa: F401 - refers to its tables
from bureau.hours.columns import Minutes, never_shared, only
from bureau.hours.rules import Category
from bureau.hours.states import LIFE
from bureau.hours.time_spans import NONE, Spans
from tenants.base import Base, FirmKey, MovedWhy, OfFirm, Short, among, new_id, of


class ActivityDay(Base):
    """What one lawyer did on one case on one day of the city: minutes only, no content."""

    __tablename__ = "activity_day"
    __table_args__ = (of("checkup"),)
    firm_id: Mapped[FirmKey]
    lawyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    checkup_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    beats: Mapped[Spans] = mapped_column(Minutes, default=NONE)
    saves: Mapped[Spans] = mapped_column(Minutes, default=NONE)


class HourEntry(OfFirm, Base):
    """Pro bono minutes of one lawyer on one day. What is claimed never changes: a correction is another entry.

    `spans` is what is claimed, `credited` the part that counts; no minute of a lawyer is credited twice in a firm.
    `checkup_id` and `owner_id` are empty off the platform; `place`, `witness`, `reference` are empty on it.
    """

    __tablename__ = "hour_entry"
    __table_args__ = (
        of("checkup"),
        of("hour_entry", by="corrects_id"),
        CheckConstraint("checkup_id IS NULL OR (place = '' AND witness = '' AND note = '')", name="case_without_words"),
        CheckConstraint("NOT isempty(spans)", name="claims_something"),
        CheckConstraint("credited <@ spans", name="credits_what_is_claimed"),
        never_shared("credited_once", "credited", only("firm_id", "uuid"), only("lawyer_id", "uuid")),
        Index("ix_hour_entry_lawyer", "lawyer_id", "day"),
        Index("ix_hour_entry_case", "firm_id", "checkup_id"),
        Index("ix_hour_entry_state", "firm_id", "state", "day"),
    )
    lawyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    lawyer_name: Mapped[Short]
    checkup_id: Mapped[uuid.UUID | None]
    owner_id: Mapped[uuid.UUID | None]
    category: Mapped[str]
    source: Mapped[str]
    day: Mapped[dt.date]
    spans: Mapped[Spans] = mapped_column(Minutes)
    minutes: Mapped[int]
    credited: Mapped[Spans] = mapped_column(Minutes, default=NONE)
    credited_minutes: Mapped[int] = mapped_column(default=0)
    place: Mapped[Short] = mapped_column(default="")
    witness: Mapped[Short] = mapped_column(default="")
    reference: Mapped[Short] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)
    corrects_id: Mapped[uuid.UUID | None]
    state: Mapped[str] = mapped_column(among("state", LIFE.states))
    made_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    confirmed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[dt.datetime | None]


class HourEvent(MovedWhy, Base):
    """One move of an entry: who, when, from, to, why."""

    __tablename__ = "hour_event"
    __table_args__ = (
        of("hour_entry", by="entry_id"),
        Index("ix_hour_event_entry", "firm_id", "entry_id"),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[uuid.UUID]
    lawyer_id: Mapped[uuid.UUID]
    actor_id: Mapped[uuid.UUID | None]
    actor_kind: Mapped[str]


class HourCategory(Base):
    """One dated category of a bureau (`bureau/hours/rules.py`); for one code no two periods overlap."""

    __tablename__ = "hour_category"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="period"),
        CheckConstraint("weight BETWEEN 0 AND 300", name="weight_range"),
        never_shared("one_at_a_time", "daterange(from_on, until_on)", only("bureau_id", "uuid"), only("code", "text")),
    )
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date | None]
    weight: Mapped[int]
    name: Mapped[Short]
    name_en: Mapped[Short]
    set_by: Mapped[uuid.UUID | None]
    set_at: Mapped[dt.datetime]

    def category(self) -> Category:
        """The row as the pure rules read it."""
        return Category(self.code, self.from_on, self.until_on, self.weight, self.name, self.name_en)
