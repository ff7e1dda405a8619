"""The table of consultations: what bodies ask lawyers. Nobody is named in it, so that it is no part of any case."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, GlobalId, among

STATES = ("asked", "answered")


class Consultation(Base):
    """One question of a body, and its answer. `topic`: an area of law of the pack; `due_on`: its last day.

    `firm_id`: of the lawyer who answered; `is_lesson`: she would make a lesson of it.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        Index("ix_consultation_provider", "provider_id"),
        Index("ix_consultation_firm", "firm_id"),
        CheckConstraint(
            "(state = 'answered') = (firm_id IS NOT NULL AND answered_at IS NOT NULL AND answer <> '')", name="answered"
        ),
    )
    id: Mapped[GlobalId]
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("provider.id"))
    number: Mapped[str] = mapped_column(unique=True)
    topic: Mapped[str]
    question: Mapped[str]
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date]
    state: Mapped[str] = mapped_column(among("state", STATES), default="asked")
    firm_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("firm.id"))
    lawyer_name: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[dt.datetime | None]
    is_lesson: Mapped[bool] = mapped_column(default=False)
