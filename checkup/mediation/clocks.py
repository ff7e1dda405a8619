"""What is late is said once for each step; once the court's thirty days are over, the agreement stands unconfirmed."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.mediation.events import Taken, move, note
from checkup.mediation.models import Mediation
from checkup.mediation.states import CLOCK, LATE, RUNNING
from tenants.clock import city_day


def note_late(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> int:
    """Under Scope(WORKER, firm); returns how many events."""
    query = select(Mediation).where(
        Mediation.firm_id == firm_id, Mediation.due_on < city_day(now), Mediation.late_at.is_(None)
    )
    late = session.scalars(query.with_for_update(skip_locked=True)).all()
    for row in late:
        if row.state == "signed":
            move(session, row, Taken("lapse", CLOCK), key=None, now=now)
        elif row.state in RUNNING:
            row.late_at = now
            note(session, row, Taken(LATE, CLOCK), was=row.state, key=None, now=now)
    return len(late)
