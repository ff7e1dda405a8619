"""Tables of the scope letter and of the owner's wish for paid work. Rows are added and never changed."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, SmallInteger, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

import checkup.cases.models  # noqa: F401 - refers to its tables
from tenants.base import Base, FirmKey, new_id

_OF_CHECKUP = (["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"])


class ScopeLetter(Base):
    """One accepted letter, as it was read: the text is sealed, its SHA-256 is open. A newer acceptance is a new number.

    `accepted_how`: `phone` (a code sent to her phone) or `code` (her resume code).
    """

    __tablename__ = "scope_letter"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_CHECKUP),
        CheckConstraint("accepted_how IN ('phone', 'code')", name="accepted_how"),
    )
    firm_id: Mapped[FirmKey]
    checkup_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    owner_id: Mapped[uuid.UUID]
    template_version: Mapped[str]
    locale: Mapped[str]
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    text_hash: Mapped[str]
    accepted_how: Mapped[str]
    accepted_at: Mapped[dt.datetime]


class WorkWish(Base):
    """The owner asks for paid work herself, after the report is signed: from a neutral list, or on her own wish.

    `listed` are the firms in the order she saw them; `chosen_id` is the one she took. Firms can only read this.
    """

    __tablename__ = "work_wish"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_CHECKUP),
        Index("ix_work_wish_checkup", "firm_id", "checkup_id"),
        CheckConstraint("basis IN ('list', 'own_wish')", name="basis"),
        CheckConstraint("basis = 'own_wish' OR cardinality(listed) >= 3", name="at_least_three"),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    checkup_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID]
    basis: Mapped[str]
    listed: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid))
    chosen_id: Mapped[uuid.UUID]
    at: Mapped[dt.datetime]
