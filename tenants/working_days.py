"""Working days as the State Council's yearly notices have them. Pure.

Public holidays do not count, make-up working weekends do. Past the notices that are known (`LAST_KNOWN`) every
Monday to Friday counts, and each answer says so: `is_exact` is False. A notice reaches back into the last week of the
year before its own: that of 2018 has 29 December worked and 31 December off.
"""

import datetime as dt
from dataclasses import dataclass

from chinese_calendar.constants import holidays, workdays

_SATURDAY = 5
_DAY = dt.timedelta(days=1)
FIRST_KNOWN = dt.date(min(holidays).year, 1, 1)
LAST_KNOWN = dt.date(max(holidays).year, 12, 24)


@dataclass(frozen=True)
class Deadline:
    """The last day of a time limit; not `is_exact` where holidays of a year to come may still move it."""

    day: dt.date
    is_exact: bool


@dataclass(frozen=True)
class Span:
    """How many working days lie between two days, and whether all of them are known."""

    days: int
    is_exact: bool


def is_known(day: dt.date) -> bool:
    """Whether the official calendar of this day's year is known."""
    return FIRST_KNOWN <= day <= LAST_KNOWN


def is_working_day(day: dt.date) -> bool:
    """Whether people work on this day; weekends alone decide where the calendar is not known."""
    if day.weekday() < _SATURDAY:
        return day not in holidays
    return day in workdays


def next_working_day(day: dt.date) -> Deadline:
    """The day itself if people work on it, else the first working day after it."""
    last = day
    while not is_working_day(last):
        last += _DAY
    return Deadline(last, is_known(day) and is_known(last))


def working_days_after(start: dt.date, count: int) -> Deadline:
    """The last of `count` working days; the first day is not counted. `count` 0: `start` or the next working day."""
    if count <= 0:
        return next_working_day(start)
    day = start
    while count:
        day += _DAY
        count -= is_working_day(day)
    return Deadline(day, is_known(start) and is_known(day))


def working_days_between(start: dt.date, end: dt.date) -> Span:
    """How many working days come after `start` up to and with `end`; negative when `end` lies before `start`."""
    early, late = min(start, end), max(start, end)
    count = sum(is_working_day(early + offset * _DAY) for offset in range(1, (late - early).days + 1))
    return Span(count if end >= start else -count, is_known(early) and is_known(late))


def recounted(due: dt.date, *, since: dt.date, known_until: dt.date) -> dt.date:
    """The last day of a time limit in working days that ran from `since`, and was counted when the notices reached
    until `known_until` only."""
    first = max(since, known_until)
    left = sum((first + offset * _DAY).weekday() < _SATURDAY for offset in range(1, (due - first).days + 1))
    return working_days_after(first, left).day if left else due
