"""A phone that rings: what waits on the owner's page is told her by text or e-mail, if she asked for that."""

import datetime as dt
import uuid
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.fixes.models import ReminderWish
from checkup.fixes.reminders import GONE, get_wish, set_wish
from tenants import messages
from tenants.clock import CITY
from tenants.models import Message

RING = "ring"
# Where what is told stands, below the case; all else is seen where she goes on.
_STANDS_AT = {"delegate_accepted": "/delegates", "delegate_left": "/delegates"}
BY_TELEPHONE = ("sms", "email")
EVENING, MORNING = 21, 8


def ring_at(session: Session, *, checkup_id: uuid.UUID, phone: str, keys: Keyring, now: dt.datetime) -> None:
    """Her word that this mobile may be texted, for this case and nothing else. Raises: NotFound."""
    held = get_wish(session, checkup_id=checkup_id, keys=keys)
    wish = replace(held, channel="sms", address=phone)
    set_wish(session, checkup_id=checkup_id, wish=wish, keys=keys, now=now)


def ring(session: Session, message: Message, *, public_url: str, now: dt.datetime) -> bool:
    """Queue the text that goes with a note on the page, in the worker's scope; whether there is one.

    It says that something waits and where, never what: a shop's phone lies on the counter.
    """
    query = (
        select(Checkup, ReminderWish.channel)
        .join(ReminderWish)
        .where(
            Checkup.firm_id == message.firm_id,
            Checkup.case_number == message.recipient,
            Checkup.owner_id == message.owner_id,
            Checkup.state.not_in(GONE),
            ReminderWish.channel.in_(BY_TELEPHONE),
        )
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return False
    row, channel = found
    link = f"{public_url}/checkup/{row.id}{_STANDS_AT.get(message.template, '')}"
    messages.tell_owner(session, RING, row, channel=channel, now=now, about=message.template, link=link)
    return True


def is_quiet(now: dt.datetime) -> bool:
    """Whether the city sleeps: from nine in the evening to eight in the morning no owner's phone rings."""
    return not MORNING <= now.astimezone(CITY).hour < EVENING
