"""Outgoing messages: written from a template in the receiver's language, stored with the change that causes them,
delivered by the worker."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from tenants import jobs
from tenants.errors import NotFound
from tenants.files import write_private
from tenants.models import Firm, Message
from tenants.translation.message_texts import render_message

GIVEN_UP_AFTER, PAUSE = dt.timedelta(days=3), dt.timedelta(minutes=10)
# About a quarter of an hour of a way that is shut: what an owner is to hear goes another.
TRIES_BEFORE_ANOTHER_WAY = 6
MOST_FAULT = 200
_ADDRESSES = re.compile(r"[^\s<>()]+@[^\s<>()]+|\+?\d[\d -]{5,}\d")


def queue_message(
    session: Session,
    template: str,
    *,
    firm_id: uuid.UUID,
    owner_id: uuid.UUID | None,
    to: str,
    channel: str,
    locale: str,
    now: dt.datetime,
    **values: object,
) -> Message:
    """Write a message from its template (`channel`: sms, email or page), store it, and ask the worker to deliver it.

    While the firm is on trial its owners get no message: it goes to the firm's contact instead.
    """
    text = render_message(template, locale, values)
    if owner_id is not None and (trial := _contact_on_trial(session, firm_id)):
        owner_id, to, channel = None, trial, "email"
        text = render_message("on_trial", locale, text._asdict())
    message = Message(
        firm_id=firm_id,
        owner_id=owner_id,
        channel=channel,
        recipient=to,
        template=template,
        subject=text.subject,
        body=text.body,
        queued_at=now,
    )
    session.add(message)
    session.flush()
    jobs.defer(session, "deliver_message", firm_id=firm_id, message_id=message.id)
    return message


class OwnersRow(Protocol):
    """A row that belongs to one owner's case: a checkup, a waiver."""

    firm_id: Any
    owner_id: Any
    case_number: Any
    locale: Any


def tell_owner(
    session: Session, template: str, row: OwnersRow, *, now: dt.datetime, channel: str = "page", **values: object
) -> Message:
    """A message to the owner of a case, on her page if she wished no other way.

    It says that something is there, never what.
    """
    return queue_message(
        session,
        template,
        firm_id=row.firm_id,
        owner_id=row.owner_id,
        to=row.case_number,
        channel=channel,
        locale=row.locale,
        now=now,
        **{"number": row.case_number, **values},
    )


class Addressee(Protocol):
    """A member of staff, as far as whoever writes must know."""

    @property
    def email(self) -> str | None: ...
    @property
    def locale(self) -> str: ...


def tell_staff(
    session: Session, template: str, person: Addressee, *, firm_id: uuid.UUID, now: dt.datetime, **values: object
) -> None:
    """An e-mail to a member of staff; who has no address is not written to."""
    if not person.email:
        return
    queue_message(
        session,
        template,
        firm_id=firm_id,
        owner_id=None,
        to=person.email,
        channel="email",
        locale=person.locale,
        now=now,
        **values,
    )


def _contact_on_trial(session: Session, firm_id: uuid.UUID) -> str:
    """The contact's e-mail of a firm on trial, else nothing."""
    query = select(Firm.contact_email).where(Firm.id == firm_id, Firm.state == "admitted")
    return session.scalars(query).one_or_none() or ""


def find_waiting(session: Session, message_id: uuid.UUID) -> Message | None:
    """The message, or None when it has been delivered or given up."""
    query = select(Message).where(Message.id == message_id, Message.delivered_at.is_(None), Message.failed_at.is_(None))
    return session.scalars(query).one_or_none()


def mark_delivered(session: Session, message_id: uuid.UUID, *, now: dt.datetime) -> None:
    message = session.scalars(select(Message).where(Message.id == message_id)).one()
    message.delivered_at, message.fault = now, ""
    if message.template == "invitation":
        message.body = ""  # its link opens a door: it is in the mail now, and nowhere else


def nobody_named(fault: str) -> str:
    """What a server said, without the address or number that it repeats: the operator reads it and knows no owner."""
    return _ADDRESSES.sub("…", fault)


def note_fault(session: Session, message_id: uuid.UUID, *, fault: str, now: dt.datetime) -> None:
    """A try that failed, with what the other side said; after days of them the message is given up, and says so."""
    message = session.scalars(select(Message).where(Message.id == message_id)).one()
    message.tries, message.fault = message.tries + 1, nobody_named(fault)[:MOST_FAULT]
    if now - message.queued_at > GIVEN_UP_AFTER:
        message.failed_at = now


def go_another_way(session: Session, message_id: uuid.UUID, channel: str, *, now: dt.datetime) -> None:
    """The same words on another channel, in the place of a message whose way stays shut; that one is given up."""
    shut = session.scalars(select(Message).where(Message.id == message_id)).one()
    shut.failed_at = now
    other = Message(
        firm_id=shut.firm_id,
        owner_id=shut.owner_id,
        channel=channel,
        recipient=shut.recipient,
        template=shut.template,
        subject=shut.subject,
        body=shut.body,
        queued_at=now,
        instead_of=shut.id,
    )
    session.add(other)
    session.flush()
    jobs.defer(session, "deliver_message", firm_id=other.firm_id, message_id=other.id)


def try_again(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> int:
    """Ask the worker once more for what waits although it was tried; returns how many."""
    query = select(Message.id).where(
        Message.firm_id == firm_id,
        Message.delivered_at.is_(None),
        Message.failed_at.is_(None),
        Message.queued_at < now - PAUSE,
    )
    waiting = session.scalars(query).all()
    for message_id in waiting:
        jobs.defer(session, "deliver_message", firm_id=firm_id, message_id=message_id)
    return len(waiting)


def write_to_folder(message: Message, folder: Path) -> None:
    """The development channel: one JSON file per message, shown at /dev/outbox. Twice writes once."""
    shown = {
        "to": message.recipient,
        "channel": message.channel,
        "subject": message.subject,
        "body": message.body,
        "at": message.queued_at.isoformat(),
    }
    write_private(folder / f"{message.id}.json", json.dumps(shown, ensure_ascii=False).encode())


def list_outbox(folder: Path, most: int = 100) -> Sequence[dict[str, Any]]:
    """The newest messages that the development channel delivered, newest first."""
    files = sorted(folder.glob("*.json"), reverse=True)[:most]
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def list_stuck(session: Session, most: int = 100) -> Sequence[Any]:
    """What was tried and did not arrive, under Scope(OPERATOR): firm, way, kind, tries, fault, the way that was gone
    instead; never to whom or what.

    What was given up comes first, then the oldest.
    """
    other = aliased(Message)
    query = (
        select(
            Message.firm_id,
            Message.id,
            Firm.name.label("firm"),
            Message.channel,
            Message.template,
            Message.queued_at,
            Message.tries,
            Message.fault,
            Message.failed_at,
            other.channel.label("instead"),
            other.delivered_at.label("arrived_at"),
        )
        .join(Firm, Firm.id == Message.firm_id)
        .outerjoin(other, (other.firm_id == Message.firm_id) & (other.instead_of == Message.id))
        .where(Message.delivered_at.is_(None), Message.tries > 0)
        .order_by(Message.failed_at.is_(None), Message.queued_at)
        .limit(most)
    )
    return session.execute(query).all()


def send_again(session: Session, *, firm_id: uuid.UUID, message_id: uuid.UUID, now: dt.datetime) -> None:
    """Try what did not arrive once more, for as long as a new message is tried, under Scope(OPERATOR).

    Raises: NotFound where there is no such message, or it has arrived.
    """
    anew = (
        update(Message)
        .where(Message.firm_id == firm_id, Message.id == message_id, Message.delivered_at.is_(None))
        .values(failed_at=None, queued_at=now, tries=0)
    )
    if not session.execute(anew).rowcount:  # type: ignore[attr-defined]  # an UPDATE's result counts its rows
        raise NotFound
    jobs.defer(session, "deliver_message", firm_id=firm_id, message_id=message_id)
