"""What a gathering comes to in hours: a suggestion for each lawyer who spoke, with place, witness and number as proof.

She claims it and her firm confirms it, as any other time; what stands in another record already is left out of it, and
no minute of hers is credited twice. Under Scope(WORKER, firm of the lawyer).
"""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.gatherings.models import Gathering, Speaker
from bureau.hours.credited_minutes import lock_lawyer
from bureau.hours.models import HourEntry
from bureau.hours.moves import Lawyer, Mover, add_entry
from bureau.hours.states import UNDECIDED
from bureau.hours.time_spans import Span, floor_minute, subtract, union
from tenants.clock import city_day

SOURCE = "gathering"


def suggest_hours(
    session: Session, row: Gathering, speaker: Speaker, *, witness: str, now: dt.datetime
) -> HourEntry | None:
    """None where nothing is left to suggest, or it was suggested before."""
    if row.held_from is None or row.held_until is None:
        return None
    lock_lawyer(session, speaker.lawyer_id)
    day = city_day(row.held_from)
    held = session.scalars(
        select(HourEntry).where(HourEntry.lawyer_id == speaker.lawyer_id, HourEntry.day == day)
    ).all()
    if any(one.source == SOURCE and one.reference == row.number for one in held):
        return None
    was_there = Span(floor_minute(row.held_from), floor_minute(row.held_until))
    left = subtract((was_there,), union(*(one.spans for one in held if one.state not in UNDECIDED)))
    if not left:
        return None
    facts = {"category": row.kind, "source": SOURCE, "place": row.place, "witness": witness, "reference": row.number}
    lawyer = Lawyer(speaker.of_firm, speaker.lawyer_id, speaker.lawyer_name)
    return add_entry(session, lawyer, "suggested", day=day, spans=left, by=Mover(None, "system"), now=now, facts=facts)
