"""What was decided about a partner."""

import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, GlobalId, MovedWhy


class PartnerEvent(MovedWhy, Base):
    """One decision about a partner, its application first: who, when, from, to, why."""

    __tablename__ = "partner_event"
    __table_args__ = (Index("ix_partner_event_partner", "partner_id"),)
    id: Mapped[GlobalId]
    partner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("partner.id"))
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]
