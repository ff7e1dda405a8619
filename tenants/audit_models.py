"""Tables of what was done: the audit chain, erasures, break-glass."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, FirmKey, new_id


class AuditEntry(Base):
    """One sensitive act of a firm's log. `hash` seals the entry and the one before it; `number` counts from 1."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_owner", "firm_id", "owner_id"),)
    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"))
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime]
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]
    act: Mapped[str]
    about_id: Mapped[uuid.UUID | None]
    owner_id: Mapped[uuid.UUID | None]
    why: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class AuditHead(Base):
    """Where a firm's log ends: locked while an entry is added, so that two acts at once make one chain."""

    __tablename__ = "audit_head"
    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"))
    number: Mapped[int]
    hash: Mapped[str]


class Erasure(Base):
    """The receipt of an erasure: which case number, when, what stays, why and until when."""

    __tablename__ = "erasure"
    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[uuid.UUID]
    checkup_id: Mapped[uuid.UUID]
    case_number: Mapped[str]
    asked_by: Mapped[str]
    at: Mapped[dt.datetime]
    kept: Mapped[str]
    kept_until: Mapped[dt.date | None]


class BreakGlass(Base):
    """Access to one case outside the normal rules: asked by one, allowed by another, short, told to the owner."""

    __tablename__ = "break_glass"
    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    checkup_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID]
    asked_by: Mapped[uuid.UUID]
    asked_name: Mapped[str]
    why: Mapped[str]
    asked_at: Mapped[dt.datetime]
    allowed_by: Mapped[uuid.UUID | None]
    allowed_at: Mapped[dt.datetime | None]
    ends_at: Mapped[dt.datetime | None]
