"""Which tickets are in a case and which are offered to it, as far as the scope reads them."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import open_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.tickets.models import CaseTicket, TicketOffer


def list_tickets(session: Session, checkup_id: uuid.UUID) -> Sequence[CaseTicket]:
    """In the case, oldest first."""
    query = select(CaseTicket).where(CaseTicket.checkup_id == checkup_id)
    return session.scalars(query.order_by(CaseTicket.added_at, CaseTicket.id)).all()


def list_offers(session: Session, row: Checkup, now: dt.datetime) -> Sequence[TicketOffer]:
    """What waits for her word, oldest first. Under Scope(OWNER)."""
    query = select(TicketOffer).where(TicketOffer.case_number == row.case_number, TicketOffer.agreed_at.is_(None))
    return session.scalars(query.where(TicketOffer.expires_at > now).order_by(TicketOffer.offered_at)).all()


def find_case_ticket(session: Session, number: str) -> CaseTicket | None:
    """Of this number, in a case that the scope reads."""
    return session.scalars(select(CaseTicket).where(CaseTicket.number == number)).one_or_none()


def read_words(session: Session, row: Checkup, one: CaseTicket, keys: Keyring) -> str | None:
    """What was asked in it; None where its text was gone before it came into the case."""
    return open_case(session, row, keys).unseal(one.sealed_words).decode() if one.sealed_words else None
