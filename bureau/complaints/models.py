"""Complaints of owners, handled by a bureau that supervises the firm; neither the firm nor the body that one is about
has a door to them."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from bureau.complaints.states import LIFE
from tenants.base import Base, FirmKey, MovedWhy, OfFirm, among, by_firm, new_id, of


class Complaint(OfFirm, Base):
    """What an owner wrote to the bureau about a firm, or about a body (`provider_id`), sealed under a key of its own.

    `due_on` is the clock's last day. One about a body is answered at `bureau_id`, by whoever is above it and the firm.

    `owner_id` and `checkup_id` lead back to the case: the bureau's role cannot read them.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        Index("ix_complaint_due", "firm_id", "state", "due_on"),
        Index("ix_complaint_checkup", "firm_id", "checkup_id"),
    )
    owner_id: Mapped[uuid.UUID]
    checkup_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("provider.id"))
    bureau_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("bureau.id"))
    state: Mapped[str] = mapped_column(among("state", LIFE.states), default="opened")
    wants_call: Mapped[bool]
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_outcome: Mapped[bytes | None] = mapped_column(LargeBinary)
    opened_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date]
    settled_at: Mapped[dt.datetime | None]


class ComplaintKeyRow(Base):
    """The key of one complaint, wrapped by the firm's. Kept like `case_key`."""

    __tablename__ = "complaint_key"
    __table_args__ = (of("complaint"),)
    firm_id: Mapped[FirmKey]
    complaint_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[uuid.UUID]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary, info=by_firm("complaint_id"))


class ComplaintEvent(MovedWhy, Base):
    """One move of a complaint: who, when, from, to."""

    __tablename__ = "complaint_event"
    __table_args__ = (of("complaint"),)
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID]
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]
