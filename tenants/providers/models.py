"""What was decided about a body, and its people as the public may know them."""

import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, GlobalId, MovedWhy, Short


class ProviderEvent(MovedWhy, Base):
    """One decision about a body: who, when, from, to, why."""

    __tablename__ = "provider_event"
    __table_args__ = (Index("ix_provider_event_provider", "provider_id"),)
    id: Mapped[GlobalId]
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("provider.id"))
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]


class ProviderPerson(Base):
    """A mediator, notary or expert: what she takes (`services`), her languages, and what could bind her to a party."""

    __tablename__ = "provider_person"
    __table_args__ = (Index("ix_provider_person_provider", "provider_id"),)
    id: Mapped[GlobalId]
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("provider.id"))
    name: Mapped[Short]
    calling: Mapped[str]
    services: Mapped[str]
    languages: Mapped[str]
    disclosure: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
