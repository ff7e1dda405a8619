"""That a helper may work on a case, as its owner agreed; the code with which she takes it over; a sheet of paper on its
way in."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from checkup.assisting.assist_rules import CHANNELS, ENDED, PURPOSES, SENT, SHOWN
from checkup.cases.models import KeyedByCheckup, OfCheckup, PerCheckup
from tenants.base import Base, Short, among, of


class Assistance(OfCheckup, Base):
    """The owner's yes, as it was read to her: by whom, how, to which text, until when; what of the result is shown.

    A receipt: of what was agreed nothing is changed. Row security goes by it, so that the helper reads nothing once it
    has ended (`ended_why`: claimed, the owner's word, another helper, moved to a firm, erased) or its time is up.
    """

    __tablename__ = "assistance"
    __table_args__ = (
        of("checkup"),
        Index("ix_assistance_helper", "helper_id"),
        Index(
            "uq_assistance_fill",
            "firm_id",
            "checkup_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND purpose = 'fill'"),
        ),
    )
    station_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("station.id"))
    station_name: Mapped[Short]
    helper_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    helper_name: Mapped[Short]
    purpose: Mapped[str] = mapped_column(among("purpose", PURPOSES))
    channel: Mapped[str] = mapped_column(among("channel", CHANNELS))
    shows: Mapped[str] = mapped_column(among("shows", SHOWN))
    text_version: Mapped[str]
    began_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    ended_why: Mapped[str | None] = mapped_column(among("ended_why", ENDED))

    def is_open(self, now: dt.datetime) -> bool:
        return self.ended_at is None and self.ends_at > now


class ClaimCode(KeyedByCheckup, Base):
    """The code with which an owner takes over a record that was begun for her; only a digest of it and of the case's
    number is kept. One for a case, and it works once."""

    __tablename__ = "claim_code"
    __table_args__ = (of("checkup"), UniqueConstraint("digest"))
    owner_id: Mapped[uuid.UUID]
    digest: Mapped[str]
    sent: Mapped[str] = mapped_column(among("sent", SENT))
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]


class PaperEntry(PerCheckup, Base):
    """A sheet of paper on its way into the record: typed once, typed again blind, gone once both were settled.

    `sealed`: both typings, under the case's key. Helpers of the station read all but that, so that one types and
    another types again.
    """

    __tablename__ = "paper_entry"
    __table_args__ = (of("checkup"), Index("ix_paper_entry_station", "station_id"))
    station_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("station.id"))
    sheet_code: Mapped[str]
    pack_version: Mapped[str]
    signed_on: Mapped[dt.date]
    shows: Mapped[str] = mapped_column(among("shows", SHOWN))
    first_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    first_name: Mapped[Short]
    first_at: Mapped[dt.datetime]
    second_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    second_name: Mapped[Short | None]
    second_at: Mapped[dt.datetime | None]
    ends_at: Mapped[dt.datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
