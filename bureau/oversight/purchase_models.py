"""Tables of government purchase (政府购买服务): lots and the units delivered under them. No case content."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, FirmKey, OfFirm, Short, among, of
from tenants.lives import PROPOSAL


class Lot(OfFirm, Base):
    """Checkups that a bureau buys from a firm: so many units at a price in fen, delivered between two days."""

    __tablename__ = "lot"
    __table_args__ = (
        CheckConstraint("unit_minor >= 0 AND units > 0", name="amounts"),
        CheckConstraint("begins_on <= ends_on", name="days"),
    )
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    title: Mapped[Short]
    unit_minor: Mapped[int]
    units: Mapped[int]
    begins_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    made_by: Mapped[uuid.UUID]
    made_at: Mapped[dt.datetime]
    settled_at: Mapped[dt.datetime | None]
    settled_by: Mapped[str] = mapped_column(default="")


class LotUnit(Base):
    """One signed checkup delivered under a lot, with its entry in the firm's log as proof.

    The key is the checkup: it is paid once, whatever lots there are and however often its report is corrected.
    """

    __tablename__ = "lot_unit"
    __table_args__ = (
        of("lot"),
        UniqueConstraint("firm_id", "entry_number"),
    )
    firm_id: Mapped[FirmKey]
    checkup_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    lot_id: Mapped[uuid.UUID]
    signed_on: Mapped[dt.date]
    entry_number: Mapped[int]
    entry_hash: Mapped[str]
    unit_minor: Mapped[int]


class Settlement(OfFirm, Base):
    """What one officer proposes to pay of a lot and another decides: the units delivered and not settled yet.

    `is_final`: nothing more is booked under the lot afterwards.
    """

    __tablename__ = "lot_settlement"
    __table_args__ = (
        of("lot"),
        CheckConstraint("decided_id <> proposed_id", name="two_people"),
        CheckConstraint("units >= 0 AND total_minor >= 0", name="amounts"),
    )
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    lot_id: Mapped[uuid.UUID]
    is_final: Mapped[bool]
    units: Mapped[int]
    total_minor: Mapped[int]
    state: Mapped[str] = mapped_column(among("state", PROPOSAL.states), default="proposed")
    proposed_id: Mapped[uuid.UUID]
    proposed_by: Mapped[str]
    proposed_at: Mapped[dt.datetime]
    decided_id: Mapped[uuid.UUID | None]
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[dt.datetime | None]


class SettledUnit(Base):
    """A unit that a settlement pays, or would pay."""

    __tablename__ = "lot_settled_unit"
    __table_args__ = (of("lot_settlement", by="settlement_id"),)
    firm_id: Mapped[FirmKey]
    settlement_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    checkup_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
