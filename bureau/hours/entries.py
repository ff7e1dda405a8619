"""The lawyer's side of an entry: submitted, dropped, corrected by a new one, replied to, or entered by form."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.clinics import Clinic
from bureau.hours.models import HourEntry
from bureau.hours.moves import Lawyer, add_entry, get_entry, move, parse_why
from bureau.hours.time_spans import NONE, Spans, day_bounds, intersect
from checkup.cases.checkups import open_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from tenants import messages
from tenants.errors import Conflict, NotFound


def get_mine(session: Session, *, lawyer: Lawyer, entry_id: uuid.UUID) -> HourEntry:
    """The lawyer's own entry at the firm where she works now, locked. Raises: NotFound."""
    entry = get_entry(session, entry_id)
    if entry.lawyer_id != lawyer.id or entry.firm_id != lawyer.firm_id:
        raise NotFound
    return entry


def submit(session: Session, *, lawyer: Lawyer, entry_id: uuid.UUID, now: dt.datetime) -> HourEntry:
    """The suggestion as it stands. Raises: NotFound, Conflict `not_now`."""
    entry = get_mine(session, lawyer=lawyer, entry_id=entry_id)
    move(session, entry, "submit", by=lawyer.mover, now=now)
    _ask_owner(session, entry, now)
    return entry


def _ask_owner(session: Session, entry: HourEntry, now: dt.datetime) -> None:
    """One message on the owner's page; she answers with one tap."""
    row = session.scalars(select(Checkup).where(Checkup.id == entry.checkup_id)).one_or_none()
    if row is None or entry.state != "submitted":
        return
    messages.tell_owner(session, "hours_asked", row, now=now, entry=entry)


def drop(session: Session, *, lawyer: Lawyer, entry_id: uuid.UUID, now: dt.datetime) -> None:
    """The lawyer does not claim it. Raises: NotFound, Conflict `not_now`."""
    move(session, get_mine(session, lawyer=lawyer, entry_id=entry_id), "drop", by=lawyer.mover, now=now)


def correct(
    session: Session,
    *,
    lawyer: Lawyer,
    entry_id: uuid.UUID,
    spans: Spans,
    note: str,
    keys: Keyring,
    now: dt.datetime,
) -> HourEntry:
    """A new submitted entry that refers to the old one, which leaves the count; the note says why.

    On a case the note is sealed with the case's key. Raises: NotFound, Conflict `not_now`, `same_times`; Invalid.
    """
    old, why = get_mine(session, lawyer=lawyer, entry_id=entry_id), parse_why(note, field="note")
    inside = intersect(spans, (day_bounds(old.day),))
    if inside == old.spans or inside == NONE:
        raise Conflict("same_times")
    move(session, old, "replace", by=lawyer.mover, now=now)
    sealed = None
    if old.checkup_id is not None:
        case = session.scalars(select(Checkup).where(Checkup.id == old.checkup_id)).one()
        sealed = open_case(session, case, keys).seal(why.encode())
    copied = ("checkup_id", "owner_id", "category", "place", "witness", "reference")
    facts: dict[str, object] = {name: getattr(old, name) for name in copied}
    facts |= {"source": "amended", "corrects_id": old.id, "sealed_note": sealed, "note": "" if sealed else why}
    made = add_entry(session, lawyer, "submitted", day=old.day, spans=inside, by=lawyer.mover, now=now, facts=facts)
    _ask_owner(session, made, now)
    return made


def reply(session: Session, *, lawyer: Lawyer, entry_id: uuid.UUID, words: str, now: dt.datetime) -> None:
    """The right to reply, to a question and to a rejection. Raises: NotFound, Conflict `not_now`, Invalid."""
    entry = get_mine(session, lawyer=lawyer, entry_id=entry_id)
    move(session, entry, "reply", by=lawyer.mover, now=now, why=parse_why(words, field="reply"))


def open_note(session: Session, *, entry: HourEntry, keys: Keyring) -> str:
    """The note of a correction; empty once the case is erased."""
    if entry.sealed_note is None:
        return entry.note
    case = session.scalars(select(Checkup).where(Checkup.id == entry.checkup_id)).one_or_none()
    try:
        return open_case(session, case, keys).unseal(entry.sealed_note).decode() if case else ""
    except NotFound:
        return ""


def add_clinic(session: Session, *, lawyer: Lawyer, clinic: Clinic, now: dt.datetime) -> HourEntry:
    """Time off the platform; submitted at once, confirmed by the firm."""
    facts = {"source": "form", **clinic.facts()}
    return add_entry(
        session, lawyer, "submitted", day=clinic.day, spans=clinic.spans, by=lawyer.mover, now=now, facts=facts
    )
