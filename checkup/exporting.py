"""Everything that is kept about one checkup, for its owner: by name, machine-readable."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from checkup.attachments import ShownFile
from checkup.checkups import list_findings, open_checkup
from checkup.correspondence import list_messages
from checkup.letters.accepting import find_letters
from checkup.letters.models import WorkWish
from checkup.models import CheckupEvent, Document
from checkup.review.editions import list_editions, open_edition
from checkup.sealing import Keyring
from tenants import audit
from tenants.base import Base
from tenants.models import Consent, Message

_HIDDEN = {
    "wrapped_key", "sealed", "sealed_words", "sealed_content", "sealed_why", "sealed_text", "path", "firm_id",
    "owner_id",
}  # fmt: skip


def export_checkup(session: Session, *, checkup_id: uuid.UUID, keys: Keyring) -> dict[str, Any]:
    """The owner's own copy: business, consents, answers with their words, findings, advice, events, messages, log.

    Raises: NotFound.
    """
    opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
    row = opened.row
    of_case = {"firm_id": row.firm_id, "checkup_id": row.id}
    consents = select(Consent).filter_by(firm_id=row.firm_id, business_id=row.business_id).order_by(Consent.at)
    events = select(CheckupEvent).filter_by(**of_case).order_by(CheckupEvent.at)
    messages = select(Message).filter_by(firm_id=row.firm_id, recipient=row.case_number).order_by(Message.queued_at)
    return {
        "business": _plain(opened.business),
        "checkup": _plain(row),
        "answers": [
            {"question": q, "text": dict(opened.pack.question(q).text), **entry}
            for q, entry in opened.record.entries.items()
        ],
        "replaced_answers": list(opened.record.replaced),
        "findings": [
            {"title": dict(opened.pack.risk(finding.risk).title), **_plain(finding)}
            for finding in list_findings(session, checkup_id=checkup_id)
        ],
        "editions": [
            {**_plain(edition), "why": told.why, **asdict(told.content)}
            for edition in list_editions(session, checkup_id)
            for told in [open_edition(session, row=row, edition=edition, keys=keys)]
        ],
        "consents": _all(session.scalars(consents).all()),
        "events": _all(session.scalars(events).all()),
        "messages": _all(session.scalars(messages).all()),
        "correspondence": [
            {**_plain(one.row), "text": one.text, "files": [_plain_file(file, row.id) for file in one.files]}
            for one in list_messages(session, checkup_id=checkup_id, keys=keys)
        ],
        "letters": [
            {**_plain(one.row), "text": one.letter.text()} for one in find_letters(session, row=row, keys=keys)
        ],
        "work_wishes": _all(session.scalars(select(WorkWish).filter_by(**of_case)).all()),
        "reports": _all(session.scalars(select(Document).filter_by(**of_case)).all()),
        "log": [
            {"at": entry.at.isoformat(), "who": entry.actor_name, "act": entry.act, "why": entry.why}
            for entry in audit.list_entries(session, firm_id=row.firm_id, owner_id=row.owner_id)
        ],
    }


def _plain_file(file: ShownFile, checkup_id: uuid.UUID) -> dict[str, Any]:
    """The file's name and kind, and where its owner fetches it."""
    named = {"name": file.name, "media_type": file.media_type, "size": file.size}
    return {**named, "address": f"/checkup/{checkup_id}/files/{file.id}"}


def _all(rows: Sequence[Base]) -> list[dict[str, Any]]:
    return [_plain(row) for row in rows]


def _plain(row: Base) -> dict[str, Any]:
    columns = [column.key for column in inspect(type(row)).columns if column.key not in _HIDDEN]
    return {name: _jsonable(getattr(row, name)) for name in columns}


def _jsonable(value: object) -> object:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, list):
        return [_jsonable(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
