"""An owner is told that a ticket is offered to her, never what of. Under the worker's scope of her firm."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.fixes.models import ReminderWish
from checkup.tickets.models import TicketOffer
from tenants import messages


def tell_of_offer(session: Session, number: str, *, public_url: str, now: dt.datetime) -> bool:
    """By the way she chose for reminders, else on her page; False where the case is at no firm of the scope, or she
    has answered already."""
    offer = session.get(TicketOffer, number)
    if offer is None or not offer.is_open(now):
        return False
    query = select(Checkup).where(Checkup.case_number == offer.case_number, Checkup.state != "erased")
    row = session.scalars(query).first()
    if row is None:
        return False
    wish = session.get(ReminderWish, (row.firm_id, row.id))
    channel = wish.channel if wish and wish.channel in ("sms", "email") else "page"
    link = f"{public_url}/checkup/{row.id}/tickets"
    messages.tell_owner(session, "ticket_offered", row, channel=channel, now=now, link=link)
    return True
