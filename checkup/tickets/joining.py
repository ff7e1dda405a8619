"""An owner takes a ticket into her case, and out again: her acts, in her scope, of what a desk has offered her."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from checkup.cases.checkups import open_case
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.tickets.models import CaseTicket, TicketOffer
from checkup.tickets.reading import list_tickets, read_words
from tenants import audit
from tenants.errors import NotFound
from tenants.rows import get_locked

_KEPT = ("number", "source", "wish", "topic", "received_at", "channel", "added_by", "added_at")


def join(
    session: Session, *, checkup_id: uuid.UUID, number: str, channel: str, by: audit.Actor, now: dt.datetime
) -> CaseTicket:
    """Her yes: the ticket is in her case, without its words yet; twice is once.

    Raises: NotFound for what is not, or no longer, offered to her.
    """
    row = hold_case(session, checkup_id)
    query = select(CaseTicket).where(CaseTicket.checkup_id == row.id, CaseTicket.number == number)
    if (held := session.scalars(query).one_or_none()) is not None:
        return held
    offer = get_locked(session, select(TicketOffer).where(TicketOffer.number == number))
    if not (offer.is_open(now) and offer.case_number == row.case_number):
        raise NotFound
    offer.owner_id, offer.agreed_at = row.owner_id, now
    session.flush()
    made = CaseTicket(
        firm_id=row.firm_id,
        checkup_id=row.id,
        owner_id=row.owner_id,
        number=number,
        source=offer.source,
        wish=offer.wish,
        topic=offer.topic,
        received_at=offer.received_at,
        channel=channel,
        added_by=offer.offered_by,
        added_at=now,
    )
    session.add(made)
    session.flush()
    _note(session, row, "ticket.joined", by, number)
    return made


def keep_words(session: Session, made: CaseTicket, words: str, keys: Keyring) -> None:
    """What was asked in the ticket, sealed under the case's key."""
    row = session.get_one(Checkup, (made.firm_id, made.checkup_id))
    made.sealed_words = open_case(session, row, keys).seal(words.encode())
    session.flush()


def refuse(session: Session, *, checkup_id: uuid.UUID, number: str) -> None:
    """Her no: nothing is left of the offer. Raises: NotFound for what is not offered to her, or is in a case."""
    hold_case(session, checkup_id)
    offer = get_locked(session, select(TicketOffer).where(TicketOffer.number == number))
    if offer.agreed_at is not None:
        raise NotFound
    session.delete(offer)
    session.flush()


def leave(session: Session, *, checkup_id: uuid.UUID, number: str, by: audit.Actor, now: dt.datetime) -> None:
    """Her word that it is enough: the ticket goes on by itself, of her case it says nothing. Raises: NotFound."""
    row = hold_case(session, checkup_id)
    query = select(CaseTicket).where(CaseTicket.checkup_id == row.id, CaseTicket.number == number)
    session.delete(get_locked(session, query))
    session.execute(delete(TicketOffer).where(TicketOffer.number == number))
    _note(session, row, "ticket.left", by, number)
    session.flush()


def _note(session: Session, row: Checkup, act: str, by: audit.Actor, number: str) -> None:
    audit.note(session, firm_id=row.firm_id, act=act, by=by, about_id=row.id, owner_id=row.owner_id, why=number)


def forget(session: Session, row: Checkup, *, moves: bool) -> None:
    """Of a case that is erased: no ticket is in it any more. What was offered and agreed goes along with one that
    only `moves` to another firm."""
    numbers = [one.number for one in list_tickets(session, row.id)]
    session.execute(delete(CaseTicket).filter_by(firm_id=row.firm_id, checkup_id=row.id))
    if not moves:
        of_case = TicketOffer.case_number == row.case_number
        session.execute(delete(TicketOffer).where(of_case | TicketOffer.number.in_(numbers)))


def copied(session: Session, row: Checkup, keys: Keyring) -> Sequence[tuple[CaseTicket, str | None]]:
    """What is in the case, before it is erased, with its words."""
    copies = []
    for one in list_tickets(session, row.id):
        words = read_words(session, row, one, keys)
        copies.append((CaseTicket(**{name: getattr(one, name) for name in _KEPT}), words))
    return copies


def carry(session: Session, copies: Sequence[tuple[CaseTicket, str | None]], *, to: Checkup, keys: Keyring) -> None:
    """The same tickets in the case at the firm to which it has moved."""
    for one, words in copies:
        one.firm_id, one.checkup_id, one.owner_id = to.firm_id, to.id, to.owner_id
        session.add(one)
        session.flush()
        if words is not None:
            keep_words(session, one, words, keys)
