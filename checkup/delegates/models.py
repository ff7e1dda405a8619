"""That an owner lets somebody do some of it for her, and that somebody's yes to secrecy."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import OfCheckup
from checkup.delegates.delegation_rules import ENDED, KINDS
from tenants.base import Base, GlobalId, Short, among, of
from tenants.clock import city_day


class Delegation(OfCheckup, Base):
    """Whom an owner has asked, for what, until when; what was asked is never changed. Row security goes by it.

    `areas`: ids of domains of the pack, parted by blanks. `name` and `shop` are what she calls the one and what the
    invitation calls the other; with the digests of phone and link they go when the case is erased.
    """

    __tablename__ = "delegation"
    __table_args__ = (
        of("checkup"),
        Index("ix_delegation_delegate", "delegate_id"),
        Index("ix_delegation_phone", "phone_digest"),
        Index("ix_delegation_invitation", "invitation_digest"),
        Index(
            "uq_delegation_phone",
            "firm_id",
            "checkup_id",
            "phone_digest",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint("delegate_id <> owner_id", name="somebody_else"),
        CheckConstraint("(accepted_at IS NULL) = (delegate_id IS NULL)", name="accepted_by_somebody"),
    )
    name: Mapped[Short]
    kind: Mapped[str] = mapped_column(among("kind", KINDS))
    shop: Mapped[Short]
    areas: Mapped[str]
    sees_fixes: Mapped[bool]
    reads_messages: Mapped[bool]
    phone_digest: Mapped[str]
    invitation_digest: Mapped[str]
    asked_at: Mapped[dt.datetime]
    answer_by: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    delegate_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[dt.datetime | None]
    text_version: Mapped[str | None]
    ended_at: Mapped[dt.datetime | None]
    ended_why: Mapped[str | None] = mapped_column(among("ended_why", ENDED))

    def list_areas(self) -> tuple[str, ...]:
        return tuple(self.areas.split())

    @property
    def until(self) -> dt.date:
        """The last day."""
        return city_day(self.ends_at) - dt.timedelta(days=1)

    @property
    def answer_on(self) -> dt.date:
        """The day by which it must be accepted."""
        return city_day(self.answer_by)

    def is_open(self, now: dt.datetime) -> bool:
        """Whether it runs, or may still be accepted."""
        lasts_to = self.ends_at if self.accepted_at else min(self.answer_by, self.ends_at)
        return self.ended_at is None and lasts_to > now


class DelegateDuty(Base):
    """That a delegate was told the duty of secrecy, in which text, and said yes, once for each that she accepted."""

    __tablename__ = "delegate_duty"
    __table_args__ = (Index("ix_delegate_duty_person", "person_id"),)
    id: Mapped[GlobalId]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    text_version: Mapped[str]
    at: Mapped[dt.datetime]
