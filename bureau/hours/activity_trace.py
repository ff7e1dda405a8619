"""The trace: which minutes a lawyer spent on a case's pages, told by the page itself or by what was saved there."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from bureau.hours.models import ActivityDay
from bureau.hours.time_spans import NONE, minute_of, minutes, union
from checkup.cases.models import Checkup
from checkup.conflicts.models import ConflictCheck
from tenants.clock import city_day
from tenants.rows import get_one

OPEN_STATES = ("submitted", "in_review", "signed", "closed")


def note_beat(session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, now: dt.datetime) -> int:
    """The page is in use this minute; returns the day's minutes on the case. Raises: NotFound."""
    _mark(session, checkup_id, lawyer_id, now, is_beat=True)
    day = find_day(session, checkup_id=checkup_id, lawyer_id=lawyer_id, day=city_day(now))
    return minutes(union(day.beats, day.saves)) if day else 0


def note_save(session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, now: dt.datetime) -> None:
    """Something was saved on the case this minute. Raises: NotFound."""
    _mark(session, checkup_id, lawyer_id, now, is_beat=False)


def _mark(session: Session, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, now: dt.datetime, *, is_beat: bool) -> None:
    firm_id = get_one(session, _open_case(checkup_id, lawyer_id))
    minute = (minute_of(now),)
    row = insert(ActivityDay).values(
        firm_id=firm_id,
        lawyer_id=lawyer_id,
        checkup_id=checkup_id,
        day=city_day(now),
        beats=minute if is_beat else NONE,
        saves=NONE if is_beat else minute,
    )
    both = {name: getattr(ActivityDay, name).op("+")(row.excluded[name]) for name in ("beats", "saves")}
    session.execute(row.on_conflict_do_update(index_elements=["firm_id", "lawyer_id", "checkup_id", "day"], set_=both))


def _open_case(checkup_id: uuid.UUID, lawyer_id: uuid.UUID) -> Select[uuid.UUID]:
    """The case's firm, for a lawyer who has found no conflict: behind the wall there are no minutes."""
    of_case = (ConflictCheck.firm_id == Checkup.firm_id) & (ConflictCheck.checkup_id == Checkup.id)
    return (
        select(Checkup.firm_id)
        .join(ConflictCheck, of_case)
        .where(Checkup.id == checkup_id, Checkup.state.in_(OPEN_STATES), Checkup.review_wanted)
        .where(ConflictCheck.person_id == lawyer_id, ConflictCheck.outcome == "clear")
    )


def find_day(session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, day: dt.date) -> ActivityDay | None:
    query = select(ActivityDay).where(
        ActivityDay.checkup_id == checkup_id, ActivityDay.lawyer_id == lawyer_id, ActivityDay.day == day
    )
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def list_trace(
    session: Session, *, lawyer_id: uuid.UUID, since: dt.date, checkup_id: uuid.UUID | None = None
) -> Sequence[ActivityDay]:
    """The lawyer's own trace, newest first: nobody else reads it."""
    query = select(ActivityDay).where(ActivityDay.lawyer_id == lawyer_id, ActivityDay.day >= since)
    if checkup_id is not None:
        query = query.where(ActivityDay.checkup_id == checkup_id)
    return session.scalars(query.order_by(ActivityDay.day.desc(), ActivityDay.checkup_id)).all()
