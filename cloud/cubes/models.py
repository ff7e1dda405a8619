"""Tables of the statistics: what each business contributes, the counts, and everything ever released."""

import datetime as dt
import uuid

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from cloud.cubes.act_rules import ACTS
from tenants.base import Base, FirmKey, GlobalId, MovedWhy, OfFirm, among, new_id, of

DRAFT_STATES = ("checked", "corrected", "drafted", "dropped", "failed", "published", "shown")  # of `releases.states`


class Contribution(Base):
    """What one business adds to one quarter: its newest submitted checkup, as counted. Never more than one."""

    __tablename__ = "contribution"
    __table_args__ = (
        of("business"),
        Index("ix_contribution_period", "period"),
    )
    firm_id: Mapped[FirmKey]
    business_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    items: Mapped[str]


class ContributionSum(Base):
    """What one business adds to one sum (checkups, fen, minutes) of its district in one quarter."""

    __tablename__ = "contribution_sum"
    __table_args__ = (
        of("business"),
        Index("ix_contribution_sum_largest", "period", "measure", "district", "amount"),
    )
    firm_id: Mapped[FirmKey]
    business_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    district: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)


class CubeCell(Base):
    """One count at the finest level that is kept: `block` names the dimensions, `key` their values."""

    __tablename__ = "cube_cell"
    period: Mapped[str] = mapped_column(primary_key=True)
    block: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


class CountedAct(OfFirm, Base):
    """A checkup was begun or finished: on which day, at which firm, by which phone and network.

    Not whose: `phone` and `network` are digests keyed anew each day: they tell apart and lead nowhere. Kept five weeks.
    """

    __tablename__ = "counted_act"
    __table_args__ = (Index("ix_counted_act_day", "day"),)
    day: Mapped[dt.date]
    act: Mapped[str] = mapped_column(among("act", ACTS))
    phone: Mapped[str]
    network: Mapped[str]


class ReleaseDraft(Base):
    """A release before it leaves: what would be published, or why it must not be. `after` is the number of the
    newest release it was checked against."""

    __tablename__ = "release_draft"
    id: Mapped[GlobalId]
    period: Mapped[str]
    method: Mapped[str]
    threshold: Mapped[int]
    after: Mapped[int]
    state: Mapped[str] = mapped_column(among("state", DRAFT_STATES))
    why: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[dt.datetime]
    number: Mapped[int | None]


class DraftCell(Base):
    """One cell of a draft, as it would go out."""

    __tablename__ = "draft_cell"
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("release_draft.id"), primary_key=True)
    cell: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[str]


class PreviewLook(Base):
    """Who has looked at a draft before it left."""

    __tablename__ = "preview_look"
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("release_draft.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    at: Mapped[dt.datetime]


class ReleaseEvent(MovedWhy, Base):
    """One move in the life of a release: who, when, from, to, why."""

    __tablename__ = "release_event"
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("release_draft.id"), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    actor_name: Mapped[str]


class NoiseSpent(Base):
    """The budget of noise: what one draft has spent of its year's epsilon."""

    __tablename__ = "noise_spent"
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("release_draft.id"), primary_key=True)
    year: Mapped[str]
    epsilon: Mapped[float]


class ToldState(Base):
    """What has been told so far of one time: the numbers of the newest draft that was checked, whoever has seen it.

    `period`: a quarter, a year that was told as one, or a year with `+` for its own numbers beside its quarters'.
    `content` (JSON): the cells, and what stays here: each firm's part in them when they were told.
    """

    __tablename__ = "told_state"
    period: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]


class Release(Base):
    """A numbered, immutable edition of one quarter or year; a newer one of the same period corrects it."""

    __tablename__ = "release"
    number: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str]
    threshold: Mapped[int]
    made_at: Mapped[dt.datetime]
    manifest: Mapped[str]
    manifest_hash: Mapped[str]


class ReleasedCell(Base):
    """The ledger: one cell of one release as it went out; no count where it was withheld."""

    __tablename__ = "released_cell"
    number: Mapped[int] = mapped_column(primary_key=True)
    cell: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[str]
