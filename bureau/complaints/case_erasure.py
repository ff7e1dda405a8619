"""When a case is erased: the trace, the fingerprint, complaints, every word about it go;
that so many minutes were given stays.

The entry is the lawyer's record of her own time and names nobody; the case's key, with which its note was sealed, is
destroyed already.
"""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bureau.complaints.outcomes import forget_complaints
from bureau.hours.models import ActivityDay, HourEntry
from bureau.quality.models import AdvicePrint, Assessment


def forget_case(session: Session, *, firm_id: uuid.UUID, checkup_id: uuid.UUID, now: dt.datetime) -> None:
    """Under the worker's scope; twice changes nothing."""
    forget_complaints(session, firm_id=firm_id, checkup_id=checkup_id, now=now)
    of_case = {"firm_id": firm_id, "checkup_id": checkup_id}
    session.execute(delete(ActivityDay).filter_by(**of_case))
    session.execute(delete(AdvicePrint).filter_by(**of_case))
    session.execute(update(HourEntry).filter_by(**of_case).values(sealed_note=None))
    entries = select(HourEntry.id).filter_by(**of_case)
    session.execute(update(Assessment).where(Assessment.entry_id.in_(entries)).values(packet={}))


def export_case(session: Session, *, checkup_id: uuid.UUID) -> list[dict[str, Any]]:
    """The hours of a case for its owner's own copy, under the owner's scope."""
    query = select(HourEntry).where(HourEntry.checkup_id == checkup_id).order_by(HourEntry.day, HourEntry.id)
    return [
        {
            "lawyer": entry.lawyer_name,
            "day": entry.day.isoformat(),
            "minutes": entry.minutes,
            "state": entry.state,
            "confirmed_by": entry.confirmed_by,
        }
        for entry in session.scalars(query)
    ]
