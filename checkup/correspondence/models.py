"""Tables of what owner and lawyer write to each other: texts, file names and files, sealed with the case's key."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import OfCheckup
from tenants.base import Base, FirmKey, new_id, of


class CaseMessage(OfCheckup, Base):
    """One message. A `question` asks the owner and stops the review clock until its `answer`; a `note` is all else.

    There is no other kind: an offer of paid work cannot be sent (`docs/decisions/0010`). `turn` says who
    acts next (`owner`, `firm` or `nobody`) and `due_on` by when; from `settled_at` on nobody waits for it any more.
    """

    __tablename__ = "case_message"
    __table_args__ = (
        of("checkup"),
        of("case_message", by="replies_to"),
        Index("ix_case_message_checkup", "firm_id", "checkup_id", "at"),
        CheckConstraint("kind IN ('question', 'answer', 'note')", name="kind"),
        CheckConstraint("turn IN ('owner', 'firm', 'nobody')", name="turn"),
        CheckConstraint("(author = 'firm') = (kind = 'question') OR kind = 'note'", name="author"),
    )
    kind: Mapped[str]
    author: Mapped[str]
    author_id: Mapped[uuid.UUID]
    author_name: Mapped[str] = mapped_column(default="")
    risk: Mapped[str | None]
    replies_to: Mapped[uuid.UUID | None]
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    turn: Mapped[str]
    due_on: Mapped[dt.date | None]
    at: Mapped[dt.datetime]
    settled_at: Mapped[dt.datetime | None]


class CaseFile(Base):
    """One file of a message: sealed bytes at `path` below the files URL; `size` and hash are of the plain ones."""

    __tablename__ = "case_file"
    __table_args__ = (
        of("checkup"),
        of("case_message", by="message_id"),
        Index("ix_case_file_checkup", "firm_id", "checkup_id"),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    checkup_id: Mapped[uuid.UUID]
    message_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID]
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str]
    size: Mapped[int]
    content_hash: Mapped[str]
    path: Mapped[str]
    at: Mapped[dt.datetime]
