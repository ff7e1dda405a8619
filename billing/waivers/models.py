"""Tables of a waiver. What the owner wrote and showed is sealed under a key of its own (`checkup.cases.part_keys`)."""

import datetime as dt
import uuid

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

import billing.hardship.models  # noqa: F401 - refers to its tables
import checkup.cases.models  # noqa: F401 - refers to its tables
from billing.waivers.states import LIFE
from tenants.base import Base, FirmKey, Moved, among, new_id, of


class Waiver(Base):
    """One application for relief and what became of it: process and terms, no content.

    `answer`: what the policy said when it was made. `ground`: the policy's reason, for statistics. Money in fen.
    `days_left`: days of the clock that were left when the owner was asked. `spot_check`: none, due, passed, failed.
    `used_minor`: fen of fees that the certificate has let off or put off so far.
    """

    __tablename__ = "waiver"
    __table_args__ = (
        of("checkup"),
        Index("ix_waiver_checkup", "firm_id", "checkup_id"),
        Index("ix_waiver_state", "state", "due_on"),
        Index(
            "uq_waiver_running",
            "firm_id",
            "checkup_id",
            unique=True,
            postgresql_where=text("state IN ('applied', 'more_asked', 'recommended', 'appealed', 'reset_asked')"),
        ),
        CheckConstraint("appeal_by <> decided_by", name="another_person"),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    checkup_id: Mapped[uuid.UUID]
    business_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    policy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hardship_policy.id"))
    number: Mapped[str]
    case_number: Mapped[str]
    locale: Mapped[str]
    state: Mapped[str] = mapped_column(among("state", LIFE.states), default="applied")
    answer: Mapped[str]
    ground: Mapped[str]
    wish: Mapped[str]
    district: Mapped[str]
    section: Mapped[str]
    size: Mapped[str]
    is_declared: Mapped[bool]
    spot_check: Mapped[str] = mapped_column(default="none")
    applied_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date]
    days_left: Mapped[int | None]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[uuid.UUID | None]
    decided_name: Mapped[str] = mapped_column(default="")
    appeal_by: Mapped[uuid.UUID | None]
    appeal_name: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str | None]
    relief: Mapped[str | None]
    fee_kinds: Mapped[str] = mapped_column(default="")
    basis_points: Mapped[int] = mapped_column(default=0)
    months: Mapped[int] = mapped_column(default=0)
    instalments: Mapped[int] = mapped_column(default=0)
    cap_minor: Mapped[int | None] = mapped_column(BigInteger)
    used_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    valid_from: Mapped[dt.date | None]
    valid_until: Mapped[dt.date | None]
    resets: Mapped[int] = mapped_column(default=0)
    certificate_number: Mapped[str | None]
    certificate_path: Mapped[str | None] = mapped_column(comment="where its PDF lies, sealed by the application's key")
    revoked_for: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class WaiverContent(Base):
    """One sealed document: the facts, the declaration, what was asked, answered, recommended and decided, in words."""

    __tablename__ = "waiver_content"
    __table_args__ = (of("waiver"),)
    firm_id: Mapped[FirmKey]
    waiver_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[uuid.UUID]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class WaiverEvidence(Base):
    """A paper that the owner handed in; its bytes are sealed before they reach the file store."""

    __tablename__ = "waiver_evidence"
    __table_args__ = (of("waiver"),)
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    waiver_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID]
    paper: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    path: Mapped[str]
    at: Mapped[dt.datetime]


class WaiverEvent(Moved, Base):
    """One move of a waiver: who, when, from, to. Why is content, and in the sealed document."""

    __tablename__ = "waiver_event"
    __table_args__ = (of("waiver"),)
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    waiver_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID]
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]
    role: Mapped[str]
    move: Mapped[str]
