"""Who says that the time is right: the owner with one tap, or the firm; a no is a question, never a verdict."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.credited_minutes import lock_lawyer
from bureau.hours.models import HourEntry
from bureau.hours.moves import Mover, get_entry, move, parse_why, take_step
from tenants import audit, jobs
from tenants.errors import Conflict, NotFound

ANSWERS = {"yes": "confirm", "less": "question", "more": "question", "none": "question"}
FIRM_STEPS = ("confirm", "question", "reject")


def list_for_owner(session: Session, *, checkup_id: uuid.UUID) -> Sequence[HourEntry]:
    """What was claimed on the case and not taken back, oldest first; under the owner's scope."""
    query = select(HourEntry).where(HourEntry.checkup_id == checkup_id)
    hidden = ("suggested", "dropped", "replaced")
    return session.scalars(query.where(HourEntry.state.not_in(hidden)).order_by(HourEntry.day, HourEntry.id)).all()


def answer_as_owner(session: Session, *, checkup_id: uuid.UUID, answer: str, by: audit.Actor, now: dt.datetime) -> int:
    """One tap about all that waits on the case: right, or too much, too little, nothing of the kind.

    What the lawyer is credited with by it is counted by the worker. Returns how many entries moved.
    Raises: NotFound, Conflict `not_now` when nothing waits.
    """
    step = ANSWERS.get(answer)
    if step is None:
        raise NotFound
    waiting = _lock_waiting(session, checkup_id)
    if not waiting:
        raise Conflict("not_now")
    firm_id = waiting[0].firm_id
    for entry in waiting:
        why = "" if answer == "yes" else f"owner:{answer}"
        take_step(session, entry, step, by=Mover(by.id, "owner"), now=now, why=why)
    for lawyer_id in {entry.lawyer_id for entry in waiting}:
        jobs.defer(session, "credit_hours", firm_id=firm_id, lawyer_id=lawyer_id)
    audit.note(
        session, firm_id=firm_id, act=f"hours.{answer}", by=by, about_id=checkup_id, owner_id=waiting[0].owner_id
    )
    return len(waiting)


def _lock_waiting(session: Session, checkup_id: uuid.UUID) -> Sequence[HourEntry]:
    """As they are once nobody else changes these lawyers' hours."""
    on_case = select(HourEntry).where(HourEntry.checkup_id == checkup_id, HourEntry.state == "submitted")
    for lawyer_id in sorted({entry.lawyer_id for entry in session.scalars(on_case)}):
        lock_lawyer(session, lawyer_id)
    locked = on_case.order_by(HourEntry.id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(locked).all()


def decide_as_firm(
    session: Session, *, firm_id: uuid.UUID, entry_id: uuid.UUID, step: str, why: str, by: audit.Actor, now: dt.datetime
) -> HourEntry:
    """Another person of the firm confirms, asks, or rejects with a reason.

    Raises: NotFound, Conflict `own_hours`, `not_now`, Invalid.
    """
    entry = get_entry(session, entry_id)
    if entry.firm_id != firm_id or step not in FIRM_STEPS:
        raise NotFound
    if entry.lawyer_id == by.id:
        raise Conflict("own_hours")
    reason = parse_why(why) if step != "confirm" else ""
    move(session, entry, step, by=Mover(by.id, "firm"), now=now, why=reason)
    audit.note(session, firm_id=firm_id, act=f"hours.{entry.state}", by=by, about_id=entry.id)
    return entry
