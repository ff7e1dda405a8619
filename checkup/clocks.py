"""Legal time limits. Pure.

The first day is not counted; a period of months or years ends on the corresponding day, or the month's last
day (Civil Code 201–202). Working days skip weekends; public holidays come in as an argument.
"""

import calendar
import datetime as dt
from collections.abc import Container

from checkup.packs.values import Clock

URGENT_WITHIN_DAYS = 15
_SATURDAY = 5


def due_on(clock: Clock, start: dt.date, holidays: Container[dt.date] = ()) -> dt.date:
    """The last day of the period that runs from `start`."""
    if clock.unit == "days" and clock.calendar == "working":
        return _working_days_after(start, clock.amount, holidays)
    if clock.unit == "days":
        return start + dt.timedelta(days=clock.amount)
    return _months_after(start, clock.amount * (12 if clock.unit == "years" else 1))


def _months_after(start: dt.date, months: int) -> dt.date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _working_days_after(start: dt.date, days: int, holidays: Container[dt.date]) -> dt.date:
    day = start
    while days:
        day += dt.timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in holidays:
            days -= 1
    return day


def is_pressing(due: dt.date, today: dt.date) -> bool:
    """Due within fifteen days, or past: ask a lawyer at once."""
    return (due - today).days <= URGENT_WITHIN_DAYS
