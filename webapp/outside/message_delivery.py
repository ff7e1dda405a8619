"""One outgoing message to where it goes: a text by the gateway, an e-mail by SMTP, a note to the owner's own page.

A message that has no way out stays undelivered, says why, and is tried again for days; it is never called delivered.
"""

import uuid
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.fixes.reminder_wishes import Wish
from checkup.fixes.reminders import find_wish_of
from checkup.fixes.ringing import RING, is_quiet, ring
from tenants import messages
from tenants.clock import now
from tenants.database import Scope, unit_of_work
from tenants.models import Firm, Message, Person
from tenants.translation.message_texts import Text
from webapp.outside.mail import send_mail
from webapp.outside.sms import NotSent, send_text
from webapp.outside.text_caps import count_text
from webapp.settings import Settings


def deliver(settings: Settings, *, scope: Scope, message_id: uuid.UUID) -> None:
    """Deliver once. Slow outside work happens between two units of work; the gateway knows the message by its id,
    so that a worker that died in between sends nothing twice. Raises: NotSent, and the worker tries again."""
    with unit_of_work(scope) as session:
        message = messages.find_waiting(session, message_id)
        if message is None or (message.channel == "sms" and message.owner_id is not None and is_quiet(now())):
            return  # what the night holds back goes out with what is tried again, after eight
        wish = find_wish_of(session, message, settings.keyring())
        address = _address_of(message, wish)
        firm = session.get_one(Firm, message.firm_id).name
    try:
        _send(settings, message, address, firm)
    except NotSent as error:
        with unit_of_work(scope) as session:
            messages.note_fault(session, message_id, fault=str(error) or "no channel", now=now())
            if _goes_another_way(session, message, wish):
                return
        raise
    with unit_of_work(scope) as session:
        messages.mark_delivered(session, message_id, now=now())
        if message.channel == "page" and message.owner_id is not None and message.instead_of is None:
            ring(session, message, public_url=settings.public_url, now=now())


def _address_of(message: Message, wish: Wish | None) -> str:
    """A number or an address; of an owner what she allowed, else whom the message names."""
    if message.owner_id is None:
        return message.recipient if message.channel == "email" else ""
    return wish.address_for(message.channel) if wish else ""


def _goes_another_way(session: Session, message: Message, wish: Wish | None) -> bool:
    """Whether the same words now go by e-mail or stand on her page. What rings for a note stands there already."""
    if message.owner_id is None or message.tries + 1 < messages.TRIES_BEFORE_ANOTHER_WAY:
        return False
    channel = wish.way_after(message.channel) if wish else "page"
    if channel != "page" or message.template != RING:
        messages.go_another_way(session, message.id, channel, now=now())
        return True
    return False


def _send(settings: Settings, message: Message, address: str, firm: str) -> None:
    """Raises: NotSent; a note on the owner's own page is there already."""
    key = str(message.id)
    if message.channel == "sms" and address:
        count_text(settings, address)
        send_text(settings, address, message.body, key=key, values={"firm": firm})
    elif message.channel == "email" and address and settings.smtp_url:
        send_mail(settings, address, subject=message.subject, body=message.body, key=key, sender_name=firm)
    elif settings.is_development:
        messages.write_to_folder(message, settings.outbox_dir)
    elif message.channel == "email":
        raise NotSent("no address" if settings.smtp_url else "no channel for e-mail: set FAMAI_SMTP_URL")
    elif message.channel == "sms":
        raise NotSent("no number to send it to")


Write = Callable[[Session, str], Text | None]  # in the scope of the mail, for a reader of this language


def write_to_person(settings: Settings, *, scope: Scope, write: Write, about: str) -> None:
    """An e-mail to the person of the scope, whatever firm or bureau; twice about one thing is one. None goes out where
    nobody has this id, or there is nothing to write any more. Raises: NotSent, and the worker tries again."""
    if scope.person_id is None:
        raise ValueError("to whom?")
    with unit_of_work(scope) as session:
        query = select(Person.email, Person.locale).where(Person.id == scope.person_id)
        found = session.execute(query).one_or_none()
        text = write(session, found.locale) if found is not None and found.email is not None else None
    if found is not None and text is not None:
        write_to_address(settings, to=found.email, text=text, key=uuid.uuid5(scope.person_id, about))


def write_to_address(settings: Settings, *, to: str, text: Text, key: uuid.UUID) -> None:
    """An e-mail to whoever has no account; the same `key` is the same mail. Raises: NotSent."""
    if settings.smtp_url:
        send_mail(settings, to, subject=text.subject, body=text.body, key=str(key))
    elif settings.is_development:
        shown = Message(id=key, channel="email", recipient=to, subject=text.subject, body=text.body, queued_at=now())
        messages.write_to_folder(shown, settings.outbox_dir)
    else:
        raise NotSent("no channel for e-mail: set FAMAI_SMTP_URL")
