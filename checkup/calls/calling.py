"""Whoever is on call telephones: the list of calls to make, what came of each, and the clock that passes one on."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.calls.booking import close_call
from checkup.calls.call_rules import BOOKED, NUMBER_OPENS, next_step
from checkup.calls.models import CallBack
from checkup.cases.models import Checkup
from checkup.cases.part_keys import open_part
from checkup.cases.sealing import Keyring
from checkup.conflicts.checks import list_recused
from checkup.desk.roster import order_to_ring
from checkup.review.colleagues import Colleague, find_colleague
from checkup.review.staff_mail import tell
from tenants import audit, messages
from tenants.clock import city_day
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.models import Business
from tenants.rows import get_one

OUTCOMES = {"made": "make", "missed": "miss"}


@dataclass(frozen=True)
class CallToMake:
    """A call as whoever makes it sees it. `phone` is empty until it opens."""

    row: CallBack
    case_number: str
    business: str
    phone: str
    opens_at: dt.datetime


def list_to_make(
    session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID, keys: Keyring, now: dt.datetime
) -> Sequence[CallToMake]:
    """What this lawyer has to call, the next one first."""
    query = (
        select(CallBack, Checkup.case_number, Business.name)
        .select_from(CallBack)
        .join(Checkup)
        .join(Business)
        .where(CallBack.firm_id == firm_id, CallBack.responsible_id == person_id, CallBack.state == BOOKED)
        .order_by(CallBack.starts_at)
    )
    return [
        CallToMake(row, number, name, _open_phone(session, row, keys, now), row.starts_at - NUMBER_OPENS)
        for row, number, name in session.execute(query).tuples()
    ]


def _open_phone(session: Session, row: CallBack, keys: Keyring, now: dt.datetime) -> str:
    if now < row.starts_at - NUMBER_OPENS or row.sealed_phone is None:
        return ""
    return open_part(session, firm_id=row.firm_id, part_id=row.id, keys=keys).unseal(row.sealed_phone).decode()


def settle_call(
    session: Session, *, call_id: uuid.UUID, person_id: uuid.UUID, outcome: str, by: audit.Actor, now: dt.datetime
) -> None:
    """`made`: they have spoken; `missed`: nobody answered, and the owner is told. The number is gone either way.

    Raises: NotFound for a call that is not this lawyer's to make, Conflict `not_now` before its number opens,
    Invalid `outcome`.
    """
    query = select(CallBack).where(CallBack.id == call_id, CallBack.responsible_id == person_id)
    call = get_one(session, query.with_for_update())
    if outcome not in OUTCOMES:
        raise Invalid((FieldFault("outcome", "unknown_option"),))
    if call.state != BOOKED or now < call.starts_at - NUMBER_OPENS:
        raise Conflict("not_now")
    close_call(session, call, OUTCOMES[outcome], now)
    row = session.get_one(Checkup, (call.firm_id, call.checkup_id))
    audit.note(session, firm_id=row.firm_id, act=f"call.{outcome}", by=by, about_id=row.id, owner_id=row.owner_id)
    if outcome == "missed":
        messages.tell_owner(session, "call_missed", row, now=now)


def tell_caller(session: Session, *, call_id: uuid.UUID, link: str, now: dt.datetime) -> None:
    """Whoever is to call is told when, or that she need not; under Scope(WORKER). Twice tells twice what is true."""
    call = session.scalars(select(CallBack).where(CallBack.id == call_id)).one_or_none()
    if call is None:
        return
    row = session.get_one(Checkup, (call.firm_id, call.checkup_id))
    to = find_colleague(session, firm_id=call.firm_id, person_id=call.responsible_id)
    what = "to_call" if call.state == BOOKED else "call_off"
    tell(session, row, to, what, now=now, until=call.starts_at, link=link)


def list_booked(session: Session, *, firm_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Every call that is not over."""
    query = select(CallBack.id).where(CallBack.firm_id == firm_id, CallBack.state == BOOKED)
    return session.scalars(query.order_by(CallBack.starts_at)).all()


def follow_call_back(session: Session, *, call_id: uuid.UUID, link: str, now: dt.datetime) -> None:
    """Under Scope(WORKER): what nobody called in time goes to the next, who is told; what is over ends, and the owner
    is told that it is our fault. Whoever has left, or must not act in this case, calls nobody."""
    call = session.scalars(select(CallBack).where(CallBack.id == call_id).with_for_update()).one_or_none()
    if call is None or call.state != BOOKED:
        return
    row = session.get_one(Checkup, (call.firm_id, call.checkup_id))
    people = _callable(session, row, city_day(call.starts_at))
    ids = [one.id for one in people]
    step = next_step(
        starts_at=call.starts_at,
        late_since=call.late_since,
        responsible=call.responsible_id,
        callable_people=ids,
        now=now,
    )
    if step == "lapse":
        close_call(session, call, "lapse", now)
        messages.tell_owner(session, "call_lapsed", row, now=now)
    elif step == "pass_on":
        place = ids.index(call.responsible_id) + 1 if call.responsible_id in ids else 0
        following = people[place % len(people)]
        if call.responsible_id in ids:
            call.late_since = now
        call.responsible_id, call.responsible_name = following.id, following.name
        tell(session, row, following, "to_call", now=now, until=call.starts_at, link=link)
    session.flush()


def _callable(session: Session, row: Checkup, day: dt.date) -> Sequence[Colleague]:
    """The roster of that day and whoever is behind it; lawyers, and nobody who has recused herself."""
    barred = list_recused(session, row)
    order = order_to_ring(session, firm_id=row.firm_id, day=day)
    return [one for one in order if one.reviews and one.id not in barred]
