"""The green channel: an urgent case rings whoever is on call, and always has one person who answers for it."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.conflicts.checks import list_recused
from checkup.desk import green_rules
from checkup.desk.green_rules import DONE, HELD, RINGING
from checkup.desk.models import GreenCall
from checkup.desk.roster import order_to_ring
from checkup.review.colleagues import Colleague
from checkup.review.events import record_event
from checkup.review.staff_mail import tell
from tenants.clock import city_day


def find_call(session: Session, row: Checkup) -> GreenCall | None:
    """The call of a case, locked."""
    query = select(GreenCall).where(GreenCall.firm_id == row.firm_id, GreenCall.checkup_id == row.id)
    return session.scalars(query.with_for_update()).one_or_none()


def start_call(session: Session, row: Checkup, now: dt.datetime) -> GreenCall | None:
    """Ring for an urgent case that waits for a lawyer; None where nothing is to be rung. Twice rings once.

    Whoever is rung and recuses herself answers for it no longer: the next is rung at once.
    """
    if row.urgent_count == 0 or row.state != "submitted" or not row.review_wanted:
        return None
    call = find_call(session, row)
    if call is not None and call.state == RINGING and call.responsible_id not in list_recused(session, row):
        return call
    if call is None:
        call = GreenCall(
            firm_id=row.firm_id,
            checkup_id=row.id,
            owner_id=row.owner_id,
            state=RINGING,
            started_at=now,
            due_at=now,
            rung=0,
        )
        session.add(call)
    elif call.state == DONE:
        call.started_at = now
    ring_next(session, row, call, now)
    return call


def ring_next(session: Session, row: Checkup, call: GreenCall, now: dt.datetime) -> None:
    """The next in order becomes responsible; whoever must not read the case is left out."""
    people = {one.id: one for one in _callable(session, row, city_day(now))}
    chosen = green_rules.next_to_ring(list(people), call.responsible_id)
    was, call.state = call.state if call.rung else "", green_rules.LIFE.after(call.state, "ring")
    call.responsible_id = chosen
    call.responsible_name = people[chosen].name if chosen else ""
    call.rung, call.due_at, call.ended_at = call.rung + 1, green_rules.answer_by(now), None
    call.late_since = None
    _note(session, row, call, was, now)
    session.flush()
    tell(session, row, people.get(chosen) if chosen else None, "green", now=now, until=call.due_at)


def _callable(session: Session, row: Checkup, day: dt.date) -> Sequence[Colleague]:
    walled = list_recused(session, row)
    return [one for one in order_to_ring(session, firm_id=row.firm_id, day=day) if one.id not in walled]


def _note(session: Session, row: Checkup, call: GreenCall, was: str, now: dt.datetime, why: str = "") -> None:
    record_event(
        session,
        row,
        "green",
        was=was,
        became=call.state,
        actor_id=None,
        person_id=call.responsible_id,
        now=now,
        why=why,
    )


def hold_call(session: Session, row: Checkup, *, lawyer_id: uuid.UUID, name: str, now: dt.datetime) -> None:
    """Whoever took the case answers for it now, until she has spoken to the owner."""
    call = find_call(session, row)
    if call is None or call.state == DONE:
        return
    was, call.state = call.state, green_rules.LIFE.after(call.state, "hold")
    call.responsible_id, call.responsible_name, call.due_at = lawyer_id, name, green_rules.speak_by(now)
    call.late_since = None
    _note(session, row, call, was, now)


def end_call(session: Session, row: Checkup, *, now: dt.datetime, why: str = "") -> None:
    """The owner was spoken to, the report signed, or no lawyer is wanted any more."""
    call = find_call(session, row)
    if call is None or call.state == DONE:
        return
    was, call.state, call.ended_at = call.state, green_rules.LIFE.after(call.state, "end"), now
    _note(session, row, call, was, now, why)


def list_due(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> Sequence[uuid.UUID]:
    """Cases whose call has run out, or whose owners want no lawyer any more."""
    query = (
        select(GreenCall.checkup_id)
        .join(Checkup)
        .where(GreenCall.firm_id == firm_id, GreenCall.state != DONE)
        .where((GreenCall.due_at <= now) | Checkup.review_wanted.is_(False))
        .order_by(GreenCall.due_at)
    )
    return session.scalars(query).all()


def follow_call(session: Session, *, checkup_id: uuid.UUID, now: dt.datetime) -> None:
    """Ring the next, remind whoever holds it, or end what is not wanted any more."""
    row = session.scalars(select(Checkup).where(Checkup.id == checkup_id)).one()
    call = find_call(session, row)
    if call is None or call.state == DONE:
        return
    if not row.review_wanted or row.state not in ("submitted", "in_review"):
        end_call(session, row, now=now, why="not_wanted")
    elif call.due_at <= now and (call.state == RINGING or row.state == "submitted"):
        ring_next(session, row, call, now)
    elif call.due_at <= now and call.state == HELD:
        call.state, call.due_at = green_rules.LIFE.after(call.state, "late"), green_rules.speak_by(now)
        call.late_since = call.late_since or now
        _note(session, row, call, HELD, now, "late")
        for one in _callable(session, row, city_day(now)):
            if one.id == call.responsible_id or one.role == "partner":
                tell(session, row, one, "late", now=now)
