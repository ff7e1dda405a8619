"""Tables of the statistics: what each business contributes, the counts, and everything ever released."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, FirmKey, GlobalId, Short


class Contribution(Base):
    """What one business adds to one quarter: its newest submitted checkup, as counted. Never more than one."""

    __tablename__ = "contribution"
    __table_args__ = (
        ForeignKeyConstraint(["firm_id", "business_id"], ["business.firm_id", "business.id"]),
        Index("ix_contribution_period", "period"),
    )
    firm_id: Mapped[FirmKey]
    business_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    items: Mapped[str]


class CubeCell(Base):
    """One count at the finest level that is kept: `block` names the dimensions, `key` their values."""

    __tablename__ = "cube_cell"
    period: Mapped[str] = mapped_column(primary_key=True)
    block: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    turnover: Mapped[int]


class Release(Base):
    """A numbered, immutable edition of one quarter; a newer one of the same quarter corrects it."""

    __tablename__ = "release"
    number: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str]
    threshold: Mapped[int]
    made_at: Mapped[dt.datetime]
    manifest: Mapped[str]
    manifest_hash: Mapped[str]


class ReleasedCell(Base):
    """The ledger: one cell of one release as it went out; no count where it was withheld.

    `turnover` is how often the finest counts below it had changed by then (never published).
    """

    __tablename__ = "released_cell"
    number: Mapped[int] = mapped_column(primary_key=True)
    cell: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int | None]
    status: Mapped[str]
    turnover: Mapped[int]


class Subscriber(Base):
    """Who is told of each release; the secrets are sealed under the master key, the old one counts for a day."""

    __tablename__ = "subscriber"
    id: Mapped[GlobalId]
    name: Mapped[Short] = mapped_column(unique=True)
    url: Mapped[str]
    is_active: Mapped[bool]
    added_at: Mapped[dt.datetime]
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    old_sealed_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    old_until: Mapped[dt.datetime | None]


class Delivery(Base):
    """One release on its way to one subscriber: waiting, sent, or a dead letter."""

    __tablename__ = "delivery"
    subscriber_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("subscriber.id"), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("release.number"), primary_key=True)
    state: Mapped[str]
    tries: Mapped[int]
    next_at: Mapped[dt.datetime]
    last_status: Mapped[int | None]
