"""What was decided about a firm: added, never changed."""

import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, MovedWhy, new_id


class FirmEvent(MovedWhy, Base):
    """One decision about a firm: who, when, from, to, why."""

    __tablename__ = "firm_event"
    firm_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("firm.id"), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    actor_id: Mapped[uuid.UUID | None]
