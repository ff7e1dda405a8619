"""A lawyer's whole record to take along: it stays with the person, whichever firm she worked at."""

import datetime as dt
import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.models import HourEntry, HourEvent
from bureau.hours.time_spans import show_spans
from bureau.recognition.certificates import list_certificates
from tenants import messages
from tenants.models import Firm

FORMAT = "famai-hours-1"


def export_record(
    session: Session,
    *,
    lawyer_id: uuid.UUID,
    lawyer_name: str,
    now: dt.datetime,
    firm_names: Mapping[uuid.UUID, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """Every entry with every move and every certificate, under the lawyer's own scope; cases as opaque ids.

    `firm_names`: of firms that she has left, which her scope no longer reads.
    """
    query = select(HourEntry).where(HourEntry.lawyer_id == lawyer_id).order_by(HourEntry.day, HourEntry.id)
    entries = session.scalars(query).all()
    events: dict[uuid.UUID, list[dict[str, str]]] = {}
    for event in session.scalars(select(HourEvent).where(HourEvent.lawyer_id == lawyer_id).order_by(HourEvent.at)):
        told = {
            "at": event.at.isoformat(),
            "from": event.was,
            "to": event.became,
            "by": event.actor_kind,
            "why": event.why,
        }
        events.setdefault(event.entry_id, []).append(told)
    names = {**firm_names, **_firm_names(session, {entry.firm_id for entry in entries})}
    return {
        "format": FORMAT,
        "lawyer": lawyer_name,
        "exported_at": now.isoformat(timespec="seconds"),
        "entries": [{**_entry(entry, names), "events": events.get(entry.id, [])} for entry in entries],
        "certificates": [
            {"year": one.year, "minutes": one.minutes, "number": one.number, "hash": one.content_hash,
             "issued_on": one.issued_on.isoformat()}
            for one in list_certificates(session, lawyer_id=lawyer_id)
        ],
    }  # fmt: skip


def _firm_names(session: Session, ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Of the firms that the scope may still read; a former firm is named by its id."""
    return {firm.id: firm.name for firm in session.scalars(select(Firm).where(Firm.id.in_(ids)))}


def _entry(entry: HourEntry, names: dict[uuid.UUID, str]) -> dict[str, Any]:
    return {
        "id": str(entry.id),
        "firm": names.get(entry.firm_id, str(entry.firm_id)),
        "case": str(entry.checkup_id) if entry.checkup_id else None,
        "category": entry.category,
        "source": entry.source,
        "day": entry.day.isoformat(),
        "times": show_spans(entry.spans),
        "minutes": entry.minutes,
        "credited_minutes": entry.credited_minutes,
        "state": entry.state,
        "confirmed_by": entry.confirmed_by,
        "corrects": str(entry.corrects_id) if entry.corrects_id else None,
        "place": entry.place,
        "witness": entry.witness,
        "reference": entry.reference,
    }


def tell_leaver(
    session: Session, *, firm_id: uuid.UUID, leaver: messages.Addressee, link: str, days: int, now: dt.datetime
) -> None:
    """Whoever leaves a firm is sent the way to her own record: she cannot log in there any more."""
    messages.tell_staff(session, "own_hours", leaver, firm_id=firm_id, now=now, link=link, days=days)
