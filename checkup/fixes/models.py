"""Tables of mending: fixes with their events and proof, reminders, changes of law and what they touch."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import KeyedByCheckup, PerCheckup
from checkup.fixes.states import LIFE
from tenants.base import TAIL, Base, FirmKey, GlobalId, Moved, among, new_id, of


class Fix(KeyedByCheckup, Base):
    """One finding of a signed report being mended. `due_by`: who set the day (`law`, `plan`, `owner`); `law_due_on` is
    the legal deadline, past or to come, and nobody moves it."""

    __tablename__ = "fix"
    __table_args__ = (of("checkup"), Index("ix_fix_due", "firm_id", "state", "due_on"))
    risk: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[uuid.UUID]
    place: Mapped[int] = mapped_column(SmallInteger)
    colour: Mapped[str]
    urgent: Mapped[bool]
    points: Mapped[float]
    state: Mapped[str] = mapped_column(among("state", LIFE.states), default="open")
    due_on: Mapped[dt.date]
    due_by: Mapped[str]
    law_due_on: Mapped[dt.date | None]
    opened_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]


class FixEvent(Moved, Base):
    """One move of a fix. `by`: `owner`, `delegate` (whom she asked), `lawyer` or `system`; the sentence that goes with
    it is sealed."""

    __tablename__ = "fix_event"
    __table_args__ = (
        ForeignKeyConstraint(["firm_id", "checkup_id", "risk"], ["fix.firm_id", "fix.checkup_id", "fix.risk"]),
        Index("ix_fix_event_checkup", "firm_id", "checkup_id"),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    checkup_id: Mapped[uuid.UUID]
    risk: Mapped[str]
    owner_id: Mapped[uuid.UUID]
    actor_id: Mapped[uuid.UUID | None]
    by: Mapped[str]
    sealed_why: Mapped[bytes | None] = mapped_column(LargeBinary, sort_order=TAIL + 1)


class FixProof(Base):
    """A photo or paper that shows the fix; its bytes lie at `path`, sealed with the case's key.

    Hangs on the checkup, so that it outlives the fix until the worker has removed the bytes of an erased case.
    """

    __tablename__ = "fix_proof"
    __table_args__ = (of("checkup"), Index("ix_fix_proof_checkup", "firm_id", "checkup_id"))
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    checkup_id: Mapped[uuid.UUID]
    risk: Mapped[str]
    owner_id: Mapped[uuid.UUID]
    media_type: Mapped[str]
    size: Mapped[int]
    path: Mapped[str]
    at: Mapped[dt.datetime]


class ReminderWish(PerCheckup, Base):
    """How the owner wants to be reminded: `sms`, `email`, `page` or `none`, and how many days before."""

    __tablename__ = "reminder_wish"
    channel: Mapped[str]
    days_before: Mapped[int] = mapped_column(SmallInteger)
    sealed_address: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_email: Mapped[bytes | None] = mapped_column(LargeBinary, comment="for texts that cannot be sent")
    changed_at: Mapped[dt.datetime]


class Reminder(KeyedByCheckup, Base):
    """A reminder that went out: one per matter (`about`: a risk, or `recheck`) and day, so never twice."""

    __tablename__ = "reminder"
    about: Mapped[str] = mapped_column(primary_key=True)
    due_on: Mapped[dt.date] = mapped_column(primary_key=True)
    owner_id: Mapped[uuid.UUID]
    sent_at: Mapped[dt.datetime]


class LawChange(Base):
    """An article that changes on a day, as an operator recorded it. Global: it is about the law, not about a firm."""

    __tablename__ = "law_change"
    __table_args__ = (UniqueConstraint("law", "article", "changed_on"),)
    id: Mapped[GlobalId]
    law: Mapped[str]
    article: Mapped[str]
    changed_on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[dt.datetime]


class LawFlag(KeyedByCheckup, Base):
    """A signed report that rests on a changed article, by the risks that cite it.

    `answer`: empty until a lawyer has looked; then `stands` (the advice holds) or `renew` (better look again).
    """

    __tablename__ = "law_flag"
    change_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("law_change.id"), primary_key=True)
    owner_id: Mapped[uuid.UUID]
    risks: Mapped[str]
    flagged_at: Mapped[dt.datetime]
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[uuid.UUID | None]
    answered_at: Mapped[dt.datetime | None]
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)
