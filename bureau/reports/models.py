"""Tables of the annual report: indicators and frozen editions. No case content."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, GlobalId, Short


class Indicator(Base):
    """A formula over released measures. A changed formula is a new version; an edition names the version it used."""

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("bureau_id", "key", "version"),)
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    key: Mapped[Short]
    version: Mapped[int]
    name: Mapped[Short]
    name_en: Mapped[Short]
    formula: Mapped[str]
    unit: Mapped[str]
    weight: Mapped[int]
    source: Mapped[str]
    target: Mapped[float | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    made_by: Mapped[uuid.UUID]
    made_at: Mapped[dt.datetime]


class Edition(Base):
    """A year's (or quarter's) numbers, frozen: every measure with its source, every indicator with its version."""

    __tablename__ = "bureau_edition"
    __table_args__ = (UniqueConstraint("bureau_id", "period", "number"),)
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    period: Mapped[str]
    number: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    content_hash: Mapped[str]
    frozen_by: Mapped[str]
    frozen_at: Mapped[dt.datetime]


class Withdrawal(Base):
    """An edition that no longer holds, and why: added beside it, as an edition is never changed."""

    __tablename__ = "bureau_edition_withdrawal"
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau_edition.id"), primary_key=True)
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    why: Mapped[str]
    by: Mapped[str]
    at: Mapped[dt.datetime]
