"""Tables of sharing: links with their sealed snapshot, the salt of each, and who opened it."""

import datetime as dt
import uuid

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import OfCheckup
from tenants.base import Base, FirmKey, new_id, of


class Share(OfCheckup, Base):
    """A report as it was when it was shared, sealed under a key that only the link opens; blank once it has ended."""

    __tablename__ = "share"
    __table_args__ = (
        of("checkup"),
        UniqueConstraint("firm_id", "digest"),
        Index("ix_share_digest", "digest"),
        Index("ix_share_checkup", "firm_id", "checkup_id"),
    )
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
    __table_args__ = (of("share"),)
    firm_id: Mapped[FirmKey]
    share_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)


class ShareOpening(Base):
    """Somebody opened a link: when, and with what kind of device. No address is kept."""

    __tablename__ = "share_opening"
    __table_args__ = (of("share"), Index("ix_share_opening_share", "firm_id", "share_id"))
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    share_id: Mapped[uuid.UUID]
    device: Mapped[str]
    at: Mapped[dt.datetime]
