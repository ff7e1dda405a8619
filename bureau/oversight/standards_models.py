"""Table of what a bureau has found when it looked at a firm's standards. No case content."""

import datetime as dt
import uuid

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, OfFirm


class StandardCheck(OfFirm, Base):
    """One yearly look at one standard of a firm: met or not, on what evidence, who looked, when to look again."""

    __tablename__ = "standard_check"
    __table_args__ = (Index("ix_standard_check_firm", "firm_id", "standard", "at"),)
    standard: Mapped[str]
    is_met: Mapped[bool]
    evidence: Mapped[str]
    next_on: Mapped[dt.date]
    actor_name: Mapped[str]
    actor_id: Mapped[uuid.UUID | None]
    at: Mapped[dt.datetime]
