"""Outgoing messages: stored with the change that causes them, delivered by the worker."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants import jobs
from tenants.models import Firm, Message


def queue_message(
    session: Session,
    *,
    firm_id: uuid.UUID,
    owner_id: uuid.UUID | None,
    to: str,
    channel: str,
    subject: str,
    body: str,
    now: dt.datetime,
) -> Message:
    """Store a message (`channel`: sms, email or page) and ask the worker to deliver it.

    While the firm is on trial its owners get no message: it goes to the firm's contact instead.
    """
    if owner_id is not None and (trial := _contact_on_trial(session, firm_id)):
        owner_id, to, channel, subject = None, trial, "email", f"[试运行] {subject}"
    message = Message(
        firm_id=firm_id,
        owner_id=owner_id,
        channel=channel,
        recipient=to,
        subject=subject,
        body=body,
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


def tell_owner(session: Session, row: OwnersRow, *, subject: str, body: str, now: dt.datetime) -> Message:
    """A message on the owner's page. It says that something is there, never what."""
    return queue_message(
        session,
        firm_id=row.firm_id,
        owner_id=row.owner_id,
        to=row.case_number,
        channel="page",
        subject=subject,
        body=body,
        now=now,
    )


def _contact_on_trial(session: Session, firm_id: uuid.UUID) -> str:
    """The contact's e-mail of a firm on trial, else nothing."""
    query = select(Firm.contact_email).where(Firm.id == firm_id, Firm.state == "admitted")
    return session.scalars(query).one_or_none() or ""


def find_waiting(session: Session, message_id: uuid.UUID) -> Message | None:
    """The message, or None when it has been delivered already."""
    query = select(Message).where(Message.id == message_id, Message.delivered_at.is_(None))
    return session.scalars(query).one_or_none()


def mark_delivered(session: Session, message_id: uuid.UUID, *, now: dt.datetime) -> None:
    session.scalars(select(Message).where(Message.id == message_id)).one().delivered_at = now


def deliver_to_folder(session: Session, *, message_id: uuid.UUID, folder: Path, now: dt.datetime) -> None:
    """The development channel: one JSON file per message, shown at /dev/outbox. Twice delivers once."""
    message = session.scalars(select(Message).where(Message.id == message_id)).one()
    folder.mkdir(parents=True, exist_ok=True)
    shown = {
        "to": message.recipient,
        "channel": message.channel,
        "subject": message.subject,
        "body": message.body,
        "at": message.queued_at.isoformat(),
    }
    (folder / f"{message.id}.json").write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
    message.delivered_at = now


def list_outbox(folder: Path, most: int = 100) -> Sequence[dict[str, Any]]:
    """The newest messages that the development channel delivered, newest first."""
    files = sorted(folder.glob("*.json"), reverse=True)[:most]
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]
