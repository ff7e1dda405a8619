"""A desk offers a ticket to the case whose number its owner named, and takes the offer back. Under its own scope."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkup.tickets.models import TicketOffer
from checkup.tickets.ticket_rules import OFFER_LASTS
from tenants.errors import Conflict


@dataclass(frozen=True)
class Offered:
    """A ticket, as far as its owner is told of it before she says yes."""

    number: str
    source: str
    wish: str
    topic: str
    received_at: dt.datetime


@dataclass(frozen=True)
class Waiting:
    """How far an offer is: whose, until when, and whether she has said yes; not to which case."""

    offered_by: str
    expires_at: dt.datetime
    agreed_at: dt.datetime | None


def offer(session: Session, told: Offered, *, case_number: str, by: str, now: dt.datetime) -> None:
    """She is asked on her page; an earlier offer that nobody has agreed to gives way, and of two at once one counts.

    Raises: Conflict `taken` for a ticket that is in a case.
    """
    withdraw(session, told.number)
    values = {**vars(told), "case_number": case_number, "offered_by": by, "offered_at": now}
    made = session.execute(
        insert(TicketOffer)
        .values(**values, expires_at=now + OFFER_LASTS)
        .on_conflict_do_nothing()
        .returning(TicketOffer.number)
    ).one_or_none()
    if made is None:
        raise Conflict("taken")


def withdraw(session: Session, number: str) -> None:
    """Nothing where none waits; what she has agreed to stays."""
    session.execute(delete(TicketOffer).where(TicketOffer.number == number, TicketOffer.agreed_at.is_(None)))


def find_waiting(session: Session, number: str) -> Waiting | None:
    columns = select(TicketOffer.offered_by, TicketOffer.expires_at, TicketOffer.agreed_at)
    found = session.execute(columns.where(TicketOffer.number == number)).one_or_none()
    return None if found is None else Waiting(*found)


def sweep_offers(session: Session, now: dt.datetime) -> None:
    """What nobody has agreed to in time goes. Under Scope(WORKER)."""
    session.execute(delete(TicketOffer).where(TicketOffer.agreed_at.is_(None), TicketOffer.expires_at <= now))
