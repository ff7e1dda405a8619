"""Tables of the two-way door: keys of connected parties, tickets, and what is told about them."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

import cloud.cubes.models  # noqa: F401 - refers to its tables
from cloud.partners.ticket_states import LIFE
from tenants.base import Base, GlobalId, MovedWhy, Short, among, by_master, new_id
from tenants.working_days import is_known

POST_STATES = ("waiting", "sent", "dead")  # of what is on its way to a party


class Subscriber(Base):
    """A connected party: told of each release, and, where it is a `source` of tickets (enterprise service cloud,
    12345, 12348), allowed to send them. `provider_id`: the body whose system it is, told of its referrals.

    Secrets are sealed under the master key; the old one counts for a day.
    """

    __tablename__ = "subscriber"
    id: Mapped[GlobalId]
    name: Mapped[Short] = mapped_column(unique=True)
    url: Mapped[str]
    is_active: Mapped[bool]
    source: Mapped[str] = mapped_column(default="", server_default="")
    provider_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("provider.id"), index=True)
    added_at: Mapped[dt.datetime]
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary, info=by_master())
    old_sealed_secret: Mapped[bytes | None] = mapped_column(LargeBinary, info=by_master())
    old_until: Mapped[dt.datetime | None]


class Delivery(Base):
    """One release on its way to one subscriber: waiting, sent, or a dead letter."""

    __tablename__ = "delivery"
    subscriber_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("subscriber.id"), primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey("release.number"), primary_key=True)
    state: Mapped[str] = mapped_column(among("state", POST_STATES))
    tries: Mapped[int]
    next_at: Mapped[dt.datetime]
    last_status: Mapped[int | None]


class ApiClient(Base):
    """A connected party's credentials for the interface (OAuth 2); after a rotation the old secret counts for a day."""

    __tablename__ = "api_client"
    id: Mapped[GlobalId]
    subscriber_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("subscriber.id"), unique=True)
    scopes: Mapped[str]
    secret_digest: Mapped[str]
    old_secret_digest: Mapped[str | None]
    old_until: Mapped[dt.datetime | None]


class ApiToken(Base):
    """A bearer token for an hour; only its digest is kept."""

    __tablename__ = "api_token"
    digest: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("api_client.id"))
    subscriber_id: Mapped[uuid.UUID]
    scopes: Mapped[str]
    expires_at: Mapped[dt.datetime]


class Ticket(Base):
    """A request that came from another door of the city, under one number for all of them.

    What was asked and by whom is sealed; only the firm that takes it reads it.
    """

    __tablename__ = "ticket"
    __table_args__ = (Index("ix_ticket_firm", "firm_id"), Index("ix_ticket_bureau", "bureau_id"))
    id: Mapped[GlobalId]
    number: Mapped[str] = mapped_column(unique=True)
    source: Mapped[str]
    wish: Mapped[str]
    topic: Mapped[str]
    district: Mapped[str]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    firm_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("firm.id"))
    state: Mapped[str] = mapped_column(among("state", LIFE.states))
    is_hard: Mapped[bool]
    received_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date]
    ended_at: Mapped[dt.datetime | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, info=by_master())

    @property
    def due_may_move(self) -> bool:
        """Whether a notice of holidays that is not out yet may still move the day."""
        return not is_known(self.due_on)


class TicketReference(Base):
    """The number that a party knows the ticket by."""

    __tablename__ = "ticket_reference"
    subscriber_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("subscriber.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    ticket_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ticket.id"), index=True)


class TicketEvent(MovedWhy, Base):
    """One move of a ticket: who, when, from, to, why."""

    __tablename__ = "ticket_event"
    ticket_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    actor_name: Mapped[str]


class TicketMessage(Base):
    """A signed call that was taken (a ticket, a step of a referral), by its message id: the same again changes nothing,
    another one is refused."""

    __tablename__ = "ticket_message"
    subscriber_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("subscriber.id"), primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    body_hash: Mapped[str]
    at: Mapped[dt.datetime]


class Notice(Base):
    """Something about a ticket or a referral on its way to a party: waiting, sent, or a dead letter.

    `about`: the number of what it is about; what is told of one thing arrives in the order in which it happened.
    """

    __tablename__ = "notice"
    subscriber_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("subscriber.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[str]
    body: Mapped[str]
    state: Mapped[str] = mapped_column(among("state", POST_STATES))
    tries: Mapped[int]
    next_at: Mapped[dt.datetime]
    last_status: Mapped[int | None]
