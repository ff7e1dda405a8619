"""A case that its lawyer does not touch: a warning after three working days, another lawyer two days later. Pure."""

import datetime as dt

from tenants.working_days import working_days_between

SILENT_DAYS, GRACE_DAYS = 3, 2
NOTHING, WARN, REASSIGN = "nothing", "warn", "reassign"


def what_now(touched_on: dt.date, warned_on: dt.date | None, today: dt.date) -> str:
    """`nothing`, `warn` or `reassign`; the day of the last touch and the day of the warning are not counted."""
    if warned_on is not None:
        return REASSIGN if working_days_between(warned_on, today).days >= GRACE_DAYS else NOTHING
    return WARN if working_days_between(touched_on, today).days >= SILENT_DAYS else NOTHING
