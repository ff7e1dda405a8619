"""Tables of how a bureau steers. No case content."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, GlobalId, Short


class Parameter(Base):
    """A proposed or decided value: proposed by one officer, decided by another, in force from a day on."""

    __tablename__ = "parameter"
    __table_args__ = (
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        Index(
            "uq_parameter_in_force",
            "bureau_id",
            "key",
            "effective_from",
            unique=True,
            postgresql_where=text("state = 'approved'"),
        ),
    )
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    key: Mapped[str]
    value: Mapped[int]
    effective_from: Mapped[dt.date]
    why: Mapped[str]
    state: Mapped[str] = mapped_column(default="proposed")
    proposed_by: Mapped[uuid.UUID]
    proposed_name: Mapped[str]
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[uuid.UUID | None]
    decided_name: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[dt.datetime | None]


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


class Figure(Base):
    """A number of a bureau's home page as last counted: process data only, with the moment of counting."""

    __tablename__ = "figure"
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]
    counted_at: Mapped[dt.datetime]


class Goal(Base):
    """What a firm or a district is to reach in a year. Rows are added and never changed; the newest holds."""

    __tablename__ = "goal"
    __table_args__ = (CheckConstraint("(firm_id IS NULL) <> (district = '')", name="one_subject"),)
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    year: Mapped[int]
    kind: Mapped[str]
    firm_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("firm.id"))
    district: Mapped[str] = mapped_column(default="")
    value: Mapped[int]
    set_by: Mapped[str]
    set_at: Mapped[dt.datetime]

    @property
    def subject(self) -> str:
        """The firm's id or the district's code."""
        return str(self.firm_id) if self.firm_id else self.district
