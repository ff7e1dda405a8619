"""Tickets in owners' cases: what a desk may offer, what an owner takes in, and how a ticket goes on with its case.

To the doors it came from goes that it is at a law firm, in a lawyer's hand, settled: never which case, nor that there
is one, nor when its report was signed.
"""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.review.models import Review
from checkup.review.states import WORKING
from checkup.tickets.joining import join, keep_words
from checkup.tickets.models import CaseTicket
from checkup.tickets.offering import Offered
from checkup.tickets.reading import list_tickets
from cloud.partners.models import Ticket
from cloud.partners.ticket_states import ENDS, steps_with_case
from cloud.partners.tickets import get_by_number, note_step, read_request
from tenants.audit import Actor
from tenants.database import Audience, Scope, enter_scope
from tenants.errors import Conflict
from tenants.firms.reception import is_reception
from tenants.rows import get_locked

_HELD = (*WORKING, "signed")


def get_offered(session: Session, number: str) -> Offered:
    """The ticket as its owner is told of it, as far as the desk's scope reads it.

    Raises: NotFound; Conflict `ended` for one that is settled.
    """
    row = get_by_number(session, number)
    if row.state in ENDS:
        raise Conflict("ended")
    return Offered(row.number, row.source, row.wish, row.topic, row.received_at)


def take_in(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    number: str,
    channel: str,
    keys: Keyring,
    by: Actor,
    now: dt.datetime,
) -> CaseTicket:
    """Her yes to what a desk has offered her, with the ticket's words. Under Scope(OWNER); twice is once.

    Raises: NotFound for what is not offered to her; Conflict `ended`, or `elsewhere` for what another firm has in hand.
    """
    made = join(session, checkup_id=checkup_id, number=number, channel=channel, by=by, now=now)
    row = get_by_number(session, number)
    if row.state in ENDS:
        raise Conflict("ended")
    if row.state == "in_hand" and row.firm_id != made.firm_id:
        raise Conflict("elsewhere")
    request = read_request(row, keys.master)
    if request is not None and made.sealed_words is None:
        keep_words(session, made, "\n".join(line for line in request.values() if line), keys)
    return made


def follow(session: Session, *, firm_id: uuid.UUID, checkup_id: uuid.UUID, now: dt.datetime) -> None:
    """The tickets of a case go where it has gone; twice changes nothing. Under Scope(WORKER, firm)."""
    case = session.get(Checkup, (firm_id, checkup_id))
    if case is None or is_reception(firm_id):
        return
    review = session.get(Review, (firm_id, checkup_id))
    lawyer = review.lawyer_name if review is not None and review.state in _HELD else ""
    held = [(one.number, one.added_by) for one in list_tickets(session, checkup_id)]
    enter_scope(session, Scope(Audience.WORKER))
    for number, added_by in held:
        row = get_locked(session, select(Ticket).where(Ticket.number == number))
        for step in steps_with_case(row.state, is_at_firm=row.firm_id == firm_id, has_lawyer=bool(lawyer)):
            if step == "route":
                row.firm_id = firm_id
            note_step(session, row, step, by=lawyer if step == "take" else added_by, why="", now=now)
    session.flush()


def list_states(session: Session, numbers: list[str]) -> dict[str, Ticket]:
    """How far each of them is, as far as the scope reads it: by its number."""
    query = select(Ticket).where(Ticket.number.in_(numbers))
    return {row.number: row for row in session.scalars(query)}
