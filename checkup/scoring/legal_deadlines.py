"""Legal time limits. Pure.

The first day is not counted; a period of months or years ends on the corresponding day, or the month's last
day; a last day on which nobody works moves to the next working day (Civil Code 201–203). Working days are those
of the State Council's notices (`tenants/working_days.py`).
"""

import calendar
import datetime as dt

from checkup.packs.values import Clock
from tenants.working_days import Deadline, next_working_day, working_days_after

URGENT_WITHIN_DAYS = 15


def deadline(clock: Clock, start: dt.date) -> Deadline:
    """The last day of the period that runs from `start`, and whether the holidays that decide it are known."""
    if clock.unit == "days" and clock.calendar == "working":
        return working_days_after(start, clock.amount)
    if clock.unit == "days":
        return next_working_day(start + dt.timedelta(days=clock.amount))
    return next_working_day(months_after(start, clock.amount * (12 if clock.unit == "years" else 1)))


def due_on(clock: Clock, start: dt.date) -> dt.date:
    """The day of the `deadline`; `tenants.working_days.is_known` says whether a holiday may still move it."""
    return deadline(clock, start).day


def months_after(start: dt.date, months: int) -> dt.date:
    """The corresponding day so many months later, or that month's last day."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def is_pressing(due: dt.date, today: dt.date) -> bool:
    """Due within fifteen days: ask a lawyer at once."""
    return 0 <= (due - today).days <= URGENT_WITHIN_DAYS


def is_past(due: dt.date, today: dt.date) -> bool:
    """Run out: a lawyer may know what is still possible."""
    return due < today
