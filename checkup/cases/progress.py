"""The process side of a checkup, apart from its content: what a bureau may count."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

import checkup.cases.models  # noqa: F401 - refers to its tables
from checkup.cases.states import LIFE
from tenants.base import Base, FirmKey, among

WAITING = ("submitted", "in_review")  # a review that nobody has signed yet


class Progress(Base):
    """Where a checkup stands: stage and clocks, no score, no business. A trigger on `checkup` keeps it
    (`tenants/access/sql.py`), so that no way of changing a checkup can forget it."""

    __tablename__ = "progress"
    __table_args__ = (
        ForeignKeyConstraint(["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"]),
        Index("ix_progress_signed", "firm_id", "signed_at"),
    )
    firm_id: Mapped[FirmKey]
    checkup_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[uuid.UUID]
    state: Mapped[str] = mapped_column(among("state", LIFE.states))
    review_wanted: Mapped[bool]
    submitted_at: Mapped[dt.datetime | None]
    signed_at: Mapped[dt.datetime | None]
