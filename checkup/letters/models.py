"""Tables of the scope letter and of the owner's wish for paid work. Rows are added and never changed."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, LargeBinary, SmallInteger, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import KeyedByCheckup, OfCheckup
from tenants.base import Base, of


class ScopeLetter(KeyedByCheckup, Base):
    """One accepted letter, as it was read: the text is sealed, its SHA-256 is open. A newer acceptance is a new number.

    `accepted_how`: `phone` (a code sent to her phone) or `code` (her resume code).
    """

    __tablename__ = "scope_letter"
    __table_args__ = (
        of("checkup"),
        CheckConstraint("accepted_how IN ('phone', 'code')", name="accepted_how"),
    )
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    owner_id: Mapped[uuid.UUID]
    template_version: Mapped[str]
    locale: Mapped[str]
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    text_hash: Mapped[str]
    accepted_how: Mapped[str]
    accepted_at: Mapped[dt.datetime]


class WorkWish(OfCheckup, Base):
    """The owner asks for paid work herself, after the report is signed: from a neutral list, or on her own wish.

    `listed` are the firms in the order she saw them; `chosen_id` is the one she took. Firms can only read this.
    """

    __tablename__ = "work_wish"
    __table_args__ = (
        of("checkup"),
        Index("ix_work_wish_checkup", "firm_id", "checkup_id"),
        CheckConstraint("basis IN ('list', 'own_wish')", name="basis"),
        CheckConstraint("basis = 'own_wish' OR cardinality(listed) >= 3", name="at_least_three"),
    )
    basis: Mapped[str]
    listed: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid))
    chosen_id: Mapped[uuid.UUID]
    at: Mapped[dt.datetime]
