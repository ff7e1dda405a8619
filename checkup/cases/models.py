"""Tables of the work. Keys start with `firm_id`, foreign keys are composite: no row points at another firm's."""

import datetime as dt
import uuid

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

import tenants.campaigns.models
import tenants.models  # noqa: F401 - refers to its tables
from checkup.cases.states import LIFE
from checkup.scoring.findings import RANKS
from tenants.base import HEAD, RECEPTION_ID, Base, FirmKey, MovedWhy, among, by_firm, new_id, of


class Checkup(Base):
    """One run of a pack by one business. Scores are open columns; answers are sealed in `answers`.

    `previous_id`: the checkup of the same business that this one looks at again. `link_id`: the link of a campaign that
    she came by; `link_step`: how many of its steps are counted already.
    """

    __tablename__ = "checkup"
    __table_args__ = (
        of("business"),
        of("checkup", by="previous_id"),
        Index("ix_checkup_business", "firm_id", "business_id"),
        UniqueConstraint("firm_id", "case_number"),
        Index("ix_checkup_state", "firm_id", "state"),
        Index("ix_checkup_owner", "firm_id", "owner_id"),
        Index("ix_checkup_person", "owner_id"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_range"),
        # The city's reception is nobody who reads, reviews or signs.
        CheckConstraint(
            f"firm_id <> '{RECEPTION_ID}' OR "
            "(NOT review_wanted AND state IN ('started', 'answering', 'submitted', 'withdrawn', 'erased'))",
            name="unread_at_reception",
        ),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    business_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    previous_id: Mapped[uuid.UUID | None]
    case_number: Mapped[str]
    state: Mapped[str] = mapped_column(among("state", LIFE.states), default="started")
    mode: Mapped[str] = mapped_column(default="express")
    focus: Mapped[str | None]
    pack_id: Mapped[str]
    pack_version: Mapped[str]
    pack_hash: Mapped[str]
    locale: Mapped[str]
    channel: Mapped[str] = mapped_column(default="web", server_default="web")
    review_wanted: Mapped[bool] = mapped_column(default=False)
    link_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("campaign_link.id"), index=True)
    link_step: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    score: Mapped[float | None]
    score_low: Mapped[float | None]
    score_high: Mapped[float | None]
    grade: Mapped[str | None]
    grade_low: Mapped[str | None]
    grade_high: Mapped[str | None]
    held_by: Mapped[str | None] = mapped_column(comment="what decided the grade: points, or a rung, then its risks")
    answered: Mapped[float | None] = mapped_column(comment="known share of the weight that this path can decide")
    enough: Mapped[bool | None] = mapped_column(comment="whether so much is known that there is a verdict")
    light: Mapped[str | None] = mapped_column(
        comment="red, orange, yellow, green or grey: the result of an express checkup"
    )
    started_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    signed_at: Mapped[dt.datetime | None]
    verify_number: Mapped[str | None]
    # Process, open to the firm before anybody may read facts: what the queue sorts and filters by.
    urgent_count: Mapped[int] = mapped_column(SmallInteger, default=0)
    finding_count: Mapped[int] = mapped_column(SmallInteger, default=0)
    next_due: Mapped[dt.date | None]
    domains: Mapped[str] = mapped_column(default="")

    @property
    def is_express(self) -> bool:
        """Whether the questions of five minutes alone are asked."""
        return self.mode == "express"


class KeyedByCheckup:
    """A row of a case, named by its checkup and perhaps by something more."""

    firm_id: Mapped[FirmKey] = mapped_column(sort_order=HEAD)
    checkup_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, sort_order=HEAD)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return (of("checkup"),)


class PerCheckup(KeyedByCheckup):
    """The one row of a case, and whose case it is."""

    owner_id: Mapped[uuid.UUID] = mapped_column(sort_order=HEAD + 1)


class OfCheckup:
    """One of many rows of a case, under an id of its own, and whose case it is."""

    firm_id: Mapped[FirmKey] = mapped_column(sort_order=HEAD)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id, sort_order=HEAD)
    checkup_id: Mapped[uuid.UUID] = mapped_column(sort_order=HEAD)
    owner_id: Mapped[uuid.UUID] = mapped_column(sort_order=HEAD)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return (of("checkup"),)


class SealedAnswers(PerCheckup, Base):
    """One sealed, versioned document per checkup; saving an answer is one row update."""

    __tablename__ = "answers"
    version: Mapped[int] = mapped_column()
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    __mapper_args__ = {"version_id_col": version}


class CaseKeyRow(KeyedByCheckup, Base):
    """A data key of one checkup, wrapped by the firm's. `opens` is `facts`, or `names`: the parties, which a lawyer
    reads before the facts. A table of its own: backups of it are kept for days only, so that a destroyed key stays
    destroyed when the rest is restored (`docs/decisions/0005`)."""

    __tablename__ = "case_key"
    opens: Mapped[str] = mapped_column(primary_key=True, default="facts")
    owner_id: Mapped[uuid.UUID]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary, info=by_firm("checkup_id"))


class PartKey(Base):
    """The data key of a part of a case that somebody outside the firm must read as well (an application for relief):
    a key of its own, so that the case stays closed to them; destroyed with the case's."""

    __tablename__ = "part_key"
    __table_args__ = (of("checkup"),)
    firm_id: Mapped[FirmKey]
    part_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    checkup_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary, info=by_firm("part_id"))


class FindingRow(KeyedByCheckup, Base):
    """What the model detected and, beside it, what the lawyer decided: both values are kept."""

    __tablename__ = "finding"
    risk: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[uuid.UUID]
    place: Mapped[int] = mapped_column(SmallInteger)
    domain: Mapped[str]
    severity: Mapped[int] = mapped_column(SmallInteger)
    likelihood: Mapped[float]
    lo: Mapped[float]
    hi: Mapped[float]
    state: Mapped[str] = mapped_column(among("state", RANKS))
    priority: Mapped[float]
    colour: Mapped[str]
    points: Mapped[float]
    urgent: Mapped[bool]
    due_on: Mapped[dt.date | None]
    case_place: Mapped[int | None] = mapped_column(SmallInteger, comment="the risk's case that held, for its words")
    lawyer_action: Mapped[str | None]
    lawyer_likelihood: Mapped[float | None]
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided_at: Mapped[dt.datetime | None]

    @property
    def stands(self) -> bool:
        """Found and not dismissed, or a hint that the lawyer made a finding of: as the report tells it."""
        is_found = self.state == "found" and self.lawyer_action != "dismiss"
        return is_found or (self.state == "hint" and self.lawyer_action in ("confirm", "change"))


class Document(KeyedByCheckup, Base):
    """A rendered report: where its bytes are (content-addressed) and of which content it was made.

    `edition`: 0 for the automatic report; each signed edition keeps its own.
    """

    __tablename__ = "document"
    kind: Mapped[str] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(primary_key=True)
    edition: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=0)
    owner_id: Mapped[uuid.UUID]
    content_hash: Mapped[str]
    path: Mapped[str]
    rendered_at: Mapped[dt.datetime]


class CheckupEvent(OfCheckup, MovedWhy, Base):
    """One move of a checkup: who, when, from, to, why. Drives clocks and statistics."""

    __tablename__ = "checkup_event"
    actor_id: Mapped[uuid.UUID | None]
