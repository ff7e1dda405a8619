"""What is late is said: once for each step that was waited for, under the worker's scope of a firm."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.referrals.models import Referral
from checkup.referrals.moving import Taken, note_event
from checkup.referrals.states import CLOCK, LATE, RUNNING
from tenants.clock import city_day


def note_late(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> int:
    """Every referral whose last day has passed gets its event, from which the telling follows; returns how many."""
    query = select(Referral).where(
        Referral.firm_id == firm_id,
        Referral.state.in_(RUNNING),
        Referral.due_on < city_day(now),
        Referral.late_at.is_(None),
    )
    late = session.scalars(query.with_for_update(skip_locked=True)).all()
    for row in late:
        row.late_at = now
        note_event(session, row, Taken(LATE, CLOCK), was=row.state, now=now)
    return len(late)
