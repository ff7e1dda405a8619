"""Tables of the releases of packs. No content of a case."""

import datetime as dt
import uuid

from sqlalchemy import JSON, CheckConstraint, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from checkup.rollout.rules import LIFE
from tenants.base import Base, GlobalId, Short, among


class PackRelease(Base):
    """`version` for the firms of the stage (`share` of a hundred by lot, and `firms` by id), `others` for the rest.

    The newest one that two people have made decides. `impact`: what the worker counted over the checkups there are,
    empty until it has.
    """

    __tablename__ = "pack_release"
    __table_args__ = (
        CheckConstraint("released_id <> proposed_id", name="two_people"),
        CheckConstraint("share >= 0 AND share <= 100", name="share"),
    )
    id: Mapped[GlobalId]
    pack_id: Mapped[Short]
    version: Mapped[Short]
    others: Mapped[Short]
    share: Mapped[int] = mapped_column(SmallInteger)
    firms: Mapped[list[str]] = mapped_column(JSON, default=list)
    why: Mapped[str]
    state: Mapped[str] = mapped_column(among("state", LIFE.states), default="proposed")
    impact: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
    proposed_id: Mapped[uuid.UUID]
    proposed_by: Mapped[str]
    proposed_at: Mapped[dt.datetime]
    released_id: Mapped[uuid.UUID | None]
    released_by: Mapped[str] = mapped_column(default="")
    released_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[dt.datetime | None]
