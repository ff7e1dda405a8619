"""Tables of gatherings. None names whoever comes: a seat has a token, and a phone only while a reminder is wished."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

import tenants.campaigns.models  # noqa: F401 - refers to its tables
from bureau.gatherings.states import KINDS, LIFE, SEAT_LIFE
from tenants.base import Base, GlobalId, MovedWhy, Short, among, by_master

MOST_SEATS = 10_000


class Gathering(Base):
    """A lecture or a day of advice, of a bureau, or of a firm (`by_firm`) under its bureau's eyes.

    `partner_id`: at whose place, if a partner's; its people open the door too. `topic`: an area of law of the pack,
    or none; `lesson`: the lesson to read on. `link_code`: the way of its campaign by which whoever was there goes on.
    `held_from`, `held_until`: as it was, said by whoever made it; `moved_at`: when its time or place last changed.
    """

    __tablename__ = "gathering"
    __table_args__ = (
        CheckConstraint("ends_at > begins_at", name="times_in_order"),
        CheckConstraint("held_until > held_from", name="held_in_order"),
        CheckConstraint(f"seats BETWEEN 1 AND {MOST_SEATS}", name="seats_range"),
        Index("ix_gathering_ends", "ends_at"),
    )
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    by_firm: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("firm.id"))
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"))
    campaign_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("campaign.id"))
    link_code: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(among("kind", KINDS))
    topic: Mapped[str]
    lesson: Mapped[str]
    name: Mapped[Short]
    name_en: Mapped[Short]
    about: Mapped[str]
    about_en: Mapped[str]
    district: Mapped[str]
    place: Mapped[Short]
    begins_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    seats: Mapped[int]
    languages: Mapped[str]
    state: Mapped[str] = mapped_column(among("state", LIFE.states), default="announced")
    made_at: Mapped[dt.datetime]
    moved_at: Mapped[dt.datetime | None]
    held_from: Mapped[dt.datetime | None]
    held_until: Mapped[dt.datetime | None]
    frozen_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class GatheringEvent(MovedWhy, Base):
    """One move of a gathering: who, when, from, to, why."""

    __tablename__ = "gathering_event"
    __table_args__ = (Index("ix_gathering_event_gathering", "gathering_id"),)
    id: Mapped[GlobalId]
    gathering_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gathering.id"))
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]


class GatheringFirm(Base):
    """A firm that is asked to send lawyers."""

    __tablename__ = "gathering_firm"
    gathering_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gathering.id"), primary_key=True)
    of_firm: Mapped[uuid.UUID] = mapped_column(ForeignKey("firm.id"), primary_key=True)


class Speaker(Base):
    """A lawyer who speaks. `came`: whether she was there, said when it was over; None before."""

    __tablename__ = "gathering_speaker"
    gathering_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gathering.id"), primary_key=True)
    lawyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    of_firm: Mapped[uuid.UUID] = mapped_column(ForeignKey("firm.id"), primary_key=True)
    lawyer_name: Mapped[Short]
    came: Mapped[bool | None]


class Seat(Base):
    """One place, known by its token alone; gone some days after the gathering, its phone the day after.

    `locale`: of the texts that its holder wished.
    """

    __tablename__ = "gathering_seat"
    __table_args__ = (Index("ix_gathering_seat_gathering", "gathering_id", "state"),)
    id: Mapped[GlobalId]
    gathering_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gathering.id"))
    token: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(among("state", SEAT_LIFE.states))
    sealed_phone: Mapped[bytes | None] = mapped_column(LargeBinary, info=by_master())
    locale: Mapped[str]
    made_at: Mapped[dt.datetime]
    came_at: Mapped[dt.datetime | None]


class Handout(Base):
    """The paper of a gathering, for everybody: checked as any file that comes from outside; its bytes are at `path`."""

    __tablename__ = "gathering_handout"
    gathering_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gathering.id"), primary_key=True)
    name: Mapped[Short]
    media_type: Mapped[str]
    size: Mapped[int]
    path: Mapped[str]


class GatheringTold(Base):
    """What is told of who wanted to come (`seats`) and who came (`came`), as a release tells: of ten and more."""

    __tablename__ = "gathering_told"
    gathering_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gathering.id"), primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
