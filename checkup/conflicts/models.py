"""Tables of the conflict check: names that come before facts."""

import datetime as dt
import uuid

from sqlalchemy import Index, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import KeyedByCheckup, PerCheckup
from checkup.conflicts.states import ALONE, BY_PARTNER
from tenants.base import Base, OfFirm, Short, among, of


class CaseParties(PerCheckup, Base):
    """Who is concerned by a case beside the business: one document, sealed under the case's key for names.

    `version` counts what the owner saved; a check tells which version it looked at.
    """

    __tablename__ = "case_parties"
    version: Mapped[int] = mapped_column()
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    __mapper_args__ = {"version_id_col": version}


class FirmParty(OfFirm, Base):
    """Somebody the firm acts for (`client`) or acts against (`adverse`); `matter` is the firm's own file number."""

    __tablename__ = "firm_party"
    __table_args__ = (Index("ix_firm_party_name", "firm_id", "name"),)
    name: Mapped[Short]
    side: Mapped[str]
    credit_code: Mapped[str] = mapped_column(default="")
    matter: Mapped[str] = mapped_column(default="")
    added_at: Mapped[dt.datetime]


class ConflictCheck(KeyedByCheckup, Base):
    """What one person found before reading: `clear`, `recuse`, `ask_partner`, or `released` (gave the case back).

    Row-level security of every table with facts asks for the reader's own `clear` here. `parties_version` is the
    version of the names that were looked at; the reason is sealed under the case's key for names.
    """

    __tablename__ = "conflict_check"
    __table_args__ = (of("checkup"), Index("ix_conflict_check_person", "firm_id", "person_id"))
    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[uuid.UUID]
    person_name: Mapped[str]
    outcome: Mapped[str] = mapped_column(among("outcome", ALONE.states | BY_PARTNER.states))
    hits: Mapped[int] = mapped_column(SmallInteger, default=0)
    parties_version: Mapped[int] = mapped_column(default=0)
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided_by: Mapped[uuid.UUID]
    at: Mapped[dt.datetime]
