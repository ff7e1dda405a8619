"""Which minutes of which entry count: each minute of a lawyer at a firm once, whatever was claimed how often."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.models import HourEntry
from bureau.hours.states import COUNTED
from bureau.hours.time_spans import NONE, attribute, minutes
from tenants.one_at_a_time import one_at_a_time


def lock_lawyer(session: Session, lawyer_id: uuid.UUID) -> None:
    """One change of a lawyer's hours at a time, until the unit of work ends."""
    one_at_a_time(session, "hours", lawyer_id)


def credit(session: Session, *, firm_id: uuid.UUID, lawyer_id: uuid.UUID) -> None:
    """Bring `credited` of all the lawyer's entries at a firm to what the rule says: first confirmed, first counted.

    What is lost is written before what is won: the constraint `credited_once` holds at every moment.
    """
    lock_lawyer(session, lawyer_id)
    session.flush()
    is_touched = HourEntry.state.in_(COUNTED) | (HourEntry.credited_minutes > 0)
    query = select(HourEntry).where(HourEntry.firm_id == firm_id, HourEntry.lawyer_id == lawyer_id, is_touched)
    # As the database has them now, under the lock: what was read before it may be stale.
    touched = session.scalars(query.execution_options(populate_existing=True)).all()
    counted = sorted((e for e in touched if e.state in COUNTED), key=lambda e: (e.confirmed_at or e.made_at, e.id))
    given = attribute([(entry.id, entry.spans) for entry in counted])
    changed = [entry for entry in touched if entry.credited != given.get(entry.id, NONE)]
    for entry in changed:
        entry.credited, entry.credited_minutes = NONE, 0
    session.flush()
    for entry in changed:
        entry.credited = given.get(entry.id, NONE)
        entry.credited_minutes = minutes(entry.credited)
    session.flush()
