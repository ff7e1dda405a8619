"""That a desk offers a ticket to a case, and the ticket in the case once its owner has said yes."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import OfCheckup
from checkup.tickets.ticket_rules import CHANNELS
from tenants.base import Base, Short, among, of


class TicketOffer(Base):
    """A ticket that a desk offers to the case whose number its owner named; one at a time for each ticket.

    The desk knows the number and not the case: whether there is one, and whose, it does not learn here. `owner_id`
    and `agreed_at`: who has said yes; from then on no desk takes it back.
    """

    __tablename__ = "ticket_offer"
    __table_args__ = (Index("ix_ticket_offer_case", "case_number"), Index("ix_ticket_offer_owner", "owner_id"))
    number: Mapped[str] = mapped_column(primary_key=True)
    case_number: Mapped[str]
    source: Mapped[str]
    wish: Mapped[str]
    topic: Mapped[str]
    received_at: Mapped[dt.datetime]
    offered_by: Mapped[Short]
    offered_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    agreed_at: Mapped[dt.datetime | None]

    def is_open(self, now: dt.datetime) -> bool:
        """Whether it still waits for her word."""
        return self.agreed_at is None and self.expires_at > now


class CaseTicket(OfCheckup, Base):
    """A ticket in a case, and in no other; what was asked in it is sealed under the case's key."""

    __tablename__ = "case_ticket"
    __table_args__ = (of("checkup"), UniqueConstraint("number"), Index("ix_case_ticket", "firm_id", "checkup_id"))
    number: Mapped[str]
    source: Mapped[str]
    wish: Mapped[str]
    topic: Mapped[str]
    received_at: Mapped[dt.datetime]
    channel: Mapped[str] = mapped_column(among("channel", CHANNELS))
    added_by: Mapped[Short]
    added_at: Mapped[dt.datetime]
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)
