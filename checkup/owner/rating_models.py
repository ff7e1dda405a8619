"""The owner's rating of one signed checkup."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

import checkup.cases.models  # noqa: F401 - refers to its tables
from tenants.base import Base, FirmKey


class Rating(Base):
    """Three answers of 1–5 and, sealed, a few words. `moment`: `signed` or `revisit`.

    `wants_call`: whether somebody else should call, asked only where one of the answers is bad; None: not said.
    """

    __tablename__ = "rating"
    __table_args__ = (
        ForeignKeyConstraint(["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"]),
        CheckConstraint(
            "useful BETWEEN 1 AND 5 AND clear BETWEEN 1 AND 5 AND kind BETWEEN 1 AND 5", name="one_to_five"
        ),
    )
    firm_id: Mapped[FirmKey]
    checkup_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[uuid.UUID]
    moment: Mapped[str]
    useful: Mapped[int] = mapped_column(SmallInteger)
    clear: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[int] = mapped_column(SmallInteger)
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)
    wants_call: Mapped[bool | None]
    rated_at: Mapped[dt.datetime]
