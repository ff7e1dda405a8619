"""Tables of parameters: values that a bureau proposes, decides and dates."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, GlobalId, among
from tenants.lives import PROPOSAL


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
    state: Mapped[str] = mapped_column(among("state", PROPOSAL.states), default="proposed")
    proposed_by: Mapped[uuid.UUID]
    proposed_name: Mapped[str]
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[uuid.UUID | None]
    decided_name: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[dt.datetime | None]
