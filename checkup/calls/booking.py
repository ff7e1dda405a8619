"""An owner agrees an hour at which somebody on call telephones her, sees it and may call it off.

She may do so before anybody may read her answers: whoever calls learns the business's name and the number, and asks who
the other side is before hearing anything.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkup.calls.call_rules import BOOKED, LIFE, Duty, FreeHour, days_ahead, free_hours, on_duty
from checkup.calls.models import CallBack
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup, PartKey
from checkup.cases.part_keys import new_part
from checkup.cases.sealing import Keyring
from checkup.conflicts.checks import list_recused
from checkup.desk.models import Capacity, OnCall
from checkup.review.colleagues import list_colleagues
from tenants import audit, jobs
from tenants.base import new_id
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import FieldFault, Invalid, NotFound

GONE = ("withdrawn", "erased")


def list_free_hours(row: Checkup, *, now: dt.datetime) -> Sequence[FreeHour]:
    """When somebody of the firm on call can telephone the owner of this case; none where the roster is empty.

    In a unit of work of its own as the worker, because nobody outside the firm may see its roster.
    """
    with unit_of_work(Scope(Audience.WORKER, row.firm_id)) as work:
        first, last = days_ahead(now)
        taken = work.execute(
            select(CallBack.starts_at, CallBack.place).where(CallBack.firm_id == row.firm_id, CallBack.state == BOOKED)
        )
        barred = list_recused(work, row)
        roster = [one for one in _list_duties(work, row.firm_id, first, last) if one.person_id not in barred]
        return free_hours(roster, {(at, place) for at, place in taken.tuples()}, now=now)


def find_on_call(row: Checkup, *, now: dt.datetime) -> Duty | None:
    """Who of the firm is on call this very hour and may hear of this case; read as `list_free_hours` reads it."""
    with unit_of_work(Scope(Audience.WORKER, row.firm_id)) as work:
        first, _last = days_ahead(now)
        barred = list_recused(work, row)
        roster = [one for one in _list_duties(work, row.firm_id, first, first) if one.person_id not in barred]
    return on_duty(roster, now=now)


def _list_duties(work: Session, firm_id: uuid.UUID, first: dt.date, last: dt.date) -> Sequence[Duty]:
    """Who is on call on these days and is there: who has left, or is away, calls nobody."""
    query = (
        select(OnCall, Capacity)
        .outerjoin(Capacity, (Capacity.firm_id == OnCall.firm_id) & (Capacity.person_id == OnCall.person_id))
        .where(OnCall.firm_id == firm_id, OnCall.day.between(first, last))
    )
    here = {one.id for one in list_colleagues(work, firm_id=firm_id) if one.reviews}
    return [
        Duty(on.day, on.place, on.person_id, on.person_name, *((room.from_hour, room.to_hour) if room else ()))
        for on, room in work.execute(query).tuples()
        if on.person_id in here and not (room and room.away_until and on.day <= room.away_until)
    ]


def book_call(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    hour: FreeHour,
    phone: str,
    by: audit.Actor,
    keys: Keyring,
    now: dt.datetime,
) -> CallBack:
    """Agree this hour; what was agreed before makes way. Whoever is to call is told.

    Raises: NotFound; Invalid `hour` where somebody else was faster.
    """
    row = hold_case(session, checkup_id)
    if row.state in GONE:
        raise NotFound
    _end_booked(session, row.id, now)
    call_id = new_id()
    sealed = new_part(session, row, call_id, keys).seal(phone.encode())
    asked = insert(CallBack).values(
        firm_id=row.firm_id,
        id=call_id,
        checkup_id=row.id,
        owner_id=row.owner_id,
        state=BOOKED,
        starts_at=hour.starts_at,
        place=hour.place,
        responsible_id=hour.person_id,
        responsible_name=hour.name,
        sealed_phone=sealed,
        asked_at=now,
    )
    if session.execute(asked.on_conflict_do_nothing().returning(CallBack.id)).one_or_none() is None:
        raise Invalid((FieldFault("hour", "hour_taken"),))
    audit.note(session, firm_id=row.firm_id, act="call.booked", by=by, about_id=row.id, owner_id=row.owner_id)
    jobs.defer(session, "tell_caller", firm_id=row.firm_id, call_id=call_id)
    return session.get_one(CallBack, (row.firm_id, call_id))


def find_booked(session: Session, checkup_id: uuid.UUID) -> CallBack | None:
    """The call that is agreed and not over."""
    query = select(CallBack).where(CallBack.checkup_id == checkup_id, CallBack.state == BOOKED)
    return session.scalars(query).one_or_none()


def list_calls(session: Session, checkup_id: uuid.UUID) -> Sequence[CallBack]:
    """Every call of a case, the newest first."""
    query = select(CallBack).where(CallBack.checkup_id == checkup_id)
    return session.scalars(query.order_by(CallBack.asked_at.desc(), CallBack.id.desc())).all()


def cancel_call(session: Session, *, checkup_id: uuid.UUID, by: audit.Actor, now: dt.datetime) -> None:
    """She wants no call any more; nothing to do where none is agreed. Raises: NotFound."""
    row = hold_case(session, checkup_id)
    if _end_booked(session, row.id, now):
        audit.note(session, firm_id=row.firm_id, act="call.cancelled", by=by, about_id=row.id, owner_id=row.owner_id)


def _end_booked(session: Session, checkup_id: uuid.UUID, now: dt.datetime) -> bool:
    call = find_booked(session, checkup_id)
    if call is not None:
        close_call(session, call, "cancel", now)
        jobs.defer(session, "tell_caller", firm_id=call.firm_id, call_id=call.id)
    return call is not None


def close_call(session: Session, call: CallBack, move: str, now: dt.datetime) -> None:
    """However it ended: the number and its key are gone, and the hour is free."""
    call.state, call.ended_at, call.sealed_phone = LIFE.after(call.state, move), now, None
    session.execute(delete(PartKey).where(PartKey.firm_id == call.firm_id, PartKey.part_id == call.id))
    session.flush()
