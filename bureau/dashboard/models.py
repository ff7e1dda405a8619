"""Tables of the bureau's home page: counted figures and goals. No case content."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, GlobalId


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
