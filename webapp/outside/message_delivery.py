"""One outgoing message to where it goes: a text by the gateway, all else to the outbox folder of development."""

import uuid

from checkup.fixes.reminders import get_address
from tenants import messages
from tenants.clock import now
from tenants.database import Scope, unit_of_work
from webapp.outside.sms import send_text
from webapp.settings import Settings


def deliver(settings: Settings, *, scope: Scope, message_id: uuid.UUID) -> None:
    """Deliver once. Slow outside work happens between two units of work; the gateway knows the message by its id,
    so that a worker that died in between sends nothing twice. Raises: NotSent, and the worker tries again."""
    with unit_of_work(scope) as session:
        message = messages.find_waiting(session, message_id)
        address = get_address(session, message, settings.keyring()) if message else ""
    if message is None:
        return
    if message.channel == "sms" and address:
        send_text(settings, address, message.body, key=str(message.id))
    with unit_of_work(scope) as session:
        if message.channel == "sms" and address:
            messages.mark_delivered(session, message_id, now=now())
        else:
            messages.deliver_to_folder(session, message_id=message_id, folder=settings.outbox_dir, now=now())
