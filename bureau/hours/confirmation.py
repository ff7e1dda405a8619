"""Who says that the time is right: the owner with one tap, or the firm; a no is a question, never a verdict."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.models import HourEntry
from bureau.hours.moves import Mover, get_entry, move, parse_why
from tenants import audit
from tenants.database import Audience, Scope, enter_scope
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

    What it changes is the lawyer's, so the unit of work ends in the worker's scope. Returns how many entries moved.
    Raises: NotFound, Conflict `not_now` when nothing waits.
    """
    step = ANSWERS.get(answer)
    if step is None:
        raise NotFound
    waiting = [one for one in list_for_owner(session, checkup_id=checkup_id) if one.state == "submitted"]
    if not waiting:
        raise Conflict("not_now")
    firm_id, ids = waiting[0].firm_id, [one.id for one in waiting]
    enter_scope(session, Scope(Audience.WORKER, firm_id))
    for entry_id in ids:
        why = "" if answer == "yes" else f"owner:{answer}"
        move(session, get_entry(session, entry_id), step, by=Mover(by.id, "owner"), now=now, why=why)
    audit.note(
        session, firm_id=firm_id, act=f"hours.{answer}", by=by, about_id=checkup_id, owner_id=waiting[0].owner_id
    )
    return len(ids)


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
