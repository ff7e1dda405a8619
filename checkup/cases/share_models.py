"""Tables of sharing: links with their sealed snapshot, the salt of each, and who opened it."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import checkup.cases.models  # noqa: F401 - refers to its tables
from tenants.base import Base, FirmKey, new_id

_OF_SHARE = (["firm_id", "share_id"], ["share.firm_id", "share.id"])


class Share(Base):
    """A report as it was when it was shared, sealed under a key that only the link opens; blank once it has ended."""

    __tablename__ = "share"
    __table_args__ = (
        ForeignKeyConstraint(["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"]),
        UniqueConstraint("firm_id", "digest"),
        Index("ix_share_digest", "digest"),
        Index("ix_share_checkup", "firm_id", "checkup_id"),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    checkup_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID]
    digest: Mapped[str]
    level: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_label: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class ShareKeyRow(Base):
    """The second half of a link's key. Kept like `case_key`: destroyed when the link ends, backups for days only."""

    __tablename__ = "share_key"
    __table_args__ = (ForeignKeyConstraint(*_OF_SHARE),)
    firm_id: Mapped[FirmKey]
    share_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)


class ShareOpening(Base):
    """Somebody opened a link: when, and with what kind of device. No address is kept."""

    __tablename__ = "share_opening"
    __table_args__ = (ForeignKeyConstraint(*_OF_SHARE), Index("ix_share_opening_share", "firm_id", "share_id"))
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    share_id: Mapped[uuid.UUID]
    device: Mapped[str]
    at: Mapped[dt.datetime]
