"""Tables of proof: anomalies with their explanation, fingerprints of advice, the blind sample and its assessors."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import bureau.hours.models  # noqa: F401 - refers to its tables
from checkup.cases.models import KeyedByCheckup
from tenants.base import Base, FirmKey, GlobalId, OfFirm, Short, new_id, of


class HourAnomaly(OfFirm, Base):
    """One thing that stands out (`bureau/quality/anomaly_rules.py`), with the lawyer's words and how it was settled."""

    __tablename__ = "hour_anomaly"
    __table_args__ = (UniqueConstraint("firm_id", "kind", "key"), Index("ix_hour_anomaly_lawyer", "lawyer_id"))
    kind: Mapped[str]
    key: Mapped[str]
    lawyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    lawyer_name: Mapped[Short]
    day: Mapped[dt.date]
    about: Mapped[list[str]] = mapped_column(JSON)
    numbers: Mapped[dict[str, int]] = mapped_column(JSON)
    found_at: Mapped[dt.datetime]
    reply: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[dt.datetime | None]
    settled_at: Mapped[dt.datetime | None]
    settled_why: Mapped[str] = mapped_column(default="")


class AdvicePrint(KeyedByCheckup, Base):
    """The keyed fingerprint of a signed report's advice; inside the firm only, gone with the case."""

    __tablename__ = "advice_print"
    lawyer_id: Mapped[uuid.UUID]
    print: Mapped[int] = mapped_column(BigInteger)
    length: Mapped[int]


class SampleDraw(Base):
    """One published draw: everything that somebody needs to draw the same again."""

    __tablename__ = "sample_draw"
    __table_args__ = (UniqueConstraint("bureau_id", "period"),)
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    period: Mapped[str]
    until_on: Mapped[dt.date]
    seed: Mapped[str]
    logs: Mapped[list[list[Any]]] = mapped_column(JSON)
    population: Mapped[int]
    population_hash: Mapped[str]
    percent: Mapped[int]
    least: Mapped[int]
    drawn: Mapped[int]
    drawn_at: Mapped[dt.datetime]
    drawn_by: Mapped[uuid.UUID]
    closed_at: Mapped[dt.datetime | None]


class Assessor(Base):
    """A lawyer whom a bureau has appointed to assess the work of other firms."""

    __tablename__ = "assessor"
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    works_at: Mapped[uuid.UUID]
    name: Mapped[Short]
    appointed_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class Assessment(Base):
    """One assessor's look at one drawn entry. `packet` holds the process and, with the owner's consent, findings
    without a free word; it is emptied when the look is over. The assessed firm sees neither row nor assessor."""

    __tablename__ = "assessment"
    __table_args__ = (
        of("hour_entry", by="entry_id"),
        UniqueConstraint("firm_id", "entry_id", "assessor_id"),
        Index("ix_assessment_assessor", "assessor_id"),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    draw_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sample_draw.id"))
    period: Mapped[str]
    entry_id: Mapped[uuid.UUID]
    assessor_id: Mapped[uuid.UUID]
    assessor_name: Mapped[Short]
    packet: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    marks: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(default="")
    appointed_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    declined_at: Mapped[dt.datetime | None]


class HourCertificate(OfFirm, Base):
    """Verified hours of a lawyer in a year, frozen when the certificate was made."""

    __tablename__ = "hour_certificate"
    __table_args__ = (Index("ix_hour_certificate_lawyer", "lawyer_id", "year"),)
    lawyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    lawyer_name: Mapped[Short]
    firm_name: Mapped[Short]
    bureau_name: Mapped[Short]
    year: Mapped[int]
    minutes: Mapped[int]
    entries: Mapped[int]
    points: Mapped[int]
    number: Mapped[str]
    content_hash: Mapped[str]
    issued_on: Mapped[dt.date]


class PublishedHours(Base):
    """What a lawyer has chosen to show on the firm's public page; nothing is shown by default."""

    __tablename__ = "published_hours"
    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"))
    lawyer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    lawyer_name: Mapped[Short]
    minutes: Mapped[int]
    published_at: Mapped[dt.datetime]
