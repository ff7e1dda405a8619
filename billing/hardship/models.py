"""Tables of the hardship policy: its versions and what a year's budget has promised. No case content."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, GlobalId, Short, among
from tenants.lives import PROPOSAL


class HardshipPolicy(Base):
    """One version of a bureau's policy: its document, who proposed it, what it would have meant, who approved it."""

    __tablename__ = "hardship_policy"
    __table_args__ = (
        CheckConstraint("decided_by <> proposed_by", name="two_people"),
        CheckConstraint("effective_until >= effective_from", name="range"),
        Index(
            "uq_hardship_policy_in_force",
            "bureau_id",
            "effective_from",
            unique=True,
            postgresql_where=text("state = 'approved'"),
        ),
    )
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    version: Mapped[Short]
    effective_from: Mapped[dt.date]
    effective_until: Mapped[dt.date | None]
    document: Mapped[str]
    content_hash: Mapped[str]
    why: Mapped[str]
    state: Mapped[str] = mapped_column(among("state", PROPOSAL.states), default="proposed")
    proposed_by: Mapped[uuid.UUID]
    proposed_name: Mapped[str]
    proposed_at: Mapped[dt.datetime]
    simulation: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    decided_by: Mapped[uuid.UUID | None]
    decided_name: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[dt.datetime | None]


class HardshipSpend(Base):
    """Fen promised by granted waivers of one policy in one calendar year; changed by one guarded statement alone."""

    __tablename__ = "hardship_spend"
    __table_args__ = (CheckConstraint("waive_minor >= 0 AND defer_minor >= 0", name="not_negative"),)
    policy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hardship_policy.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    waive_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    defer_minor: Mapped[int] = mapped_column(BigInteger, default=0)
