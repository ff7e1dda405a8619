"""Tables of the owner's own: her rating of a signed checkup, her code for another device."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, LargeBinary, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import PerCheckup
from tenants.base import Base, of


class Rating(PerCheckup, Base):
    """Three answers of 1–5 and, sealed, a few words. `moment`: `signed` or `revisit`.

    `wants_call`: whether somebody else should call, asked only where one of the answers is bad; None: not said.
    """

    __tablename__ = "rating"
    __table_args__ = (
        of("checkup"),
        CheckConstraint(
            "useful >= 1 AND useful <= 5 AND clear >= 1 AND clear <= 5 AND kind >= 1 AND kind <= 5", name="one_to_five"
        ),
    )
    moment: Mapped[str]
    useful: Mapped[int] = mapped_column(SmallInteger)
    clear: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[int] = mapped_column(SmallInteger)
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)
    wants_call: Mapped[bool | None]
    rated_at: Mapped[dt.datetime]


class ResumeCode(Base):
    """A short code with which an owner goes on from another device; only its digest is kept."""

    __tablename__ = "resume_code"
    __table_args__ = (UniqueConstraint("checkup_id"),)
    digest: Mapped[str] = mapped_column(primary_key=True)
    firm_id: Mapped[uuid.UUID]
    checkup_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID]
    phone_digest: Mapped[str]
    expires_at: Mapped[dt.datetime]
