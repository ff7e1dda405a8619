"""Tables of the platform's own desk."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, GlobalId, Short, among
from tenants.running.rules import CAME_BY, REQUEST_KINDS, REQUEST_LIFE


class Incident(Base):
    """Something is wrong with the platform: what everybody reads above each page, whether the city is read-only, and
    what a notice by the Personal Information Protection Law, art. 57, has to say. Until a second operator has agreed
    it ends by itself soon."""

    __tablename__ = "incident"
    __table_args__ = (CheckConstraint("agreed_id <> opened_id", name="two_people"),)
    id: Mapped[GlobalId]
    title: Mapped[Short]
    banner: Mapped[Short]
    banner_en: Mapped[Short]
    is_read_only: Mapped[bool]
    opened_id: Mapped[uuid.UUID]
    opened_by: Mapped[str]
    opened_at: Mapped[dt.datetime]
    agreed_id: Mapped[uuid.UUID | None]
    agreed_by: Mapped[str] = mapped_column(default="")
    agreed_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[dt.datetime | None]
    kinds: Mapped[str] = mapped_column(default="")
    cause: Mapped[str] = mapped_column(default="")
    harm: Mapped[str] = mapped_column(default="")
    done: Mapped[str] = mapped_column(default="")
    advice: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")


class DataRequest(Base):
    """Somebody asks, otherwise than on her own page, what is held about her, or that it be changed or erased.

    `reference` is the number of the letter or call in the operator's own file: who asks stands there, not here.
    `due_on`: the last day of the answer. `outcome`: what was answered, or why not.
    """

    __tablename__ = "data_request"
    id: Mapped[GlobalId]
    kind: Mapped[str] = mapped_column(among("kind", REQUEST_KINDS))
    came_by: Mapped[str] = mapped_column(among("came_by", CAME_BY))
    reference: Mapped[Short]
    received_on: Mapped[dt.date]
    due_on: Mapped[dt.date]
    state: Mapped[str] = mapped_column(among("state", REQUEST_LIFE.states), default="open")
    outcome: Mapped[str] = mapped_column(default="")
    taken_by: Mapped[str]
    taken_at: Mapped[dt.datetime]
    settled_by: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[dt.datetime | None]
