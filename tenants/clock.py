"""Days in the city's time: a legal day in Shanghai is not a day in UTC."""

import datetime as dt
import itertools
from collections.abc import Iterator
from zoneinfo import ZoneInfo

CITY = ZoneInfo("Asia/Shanghai")
_MICROSECOND = dt.timedelta(microseconds=1)


class _Standing:
    """Instants of a clock that stands; None while the clock runs."""

    instants: Iterator[dt.datetime] | None = None


def city_day(instant: dt.datetime) -> dt.date:
    """The calendar day in Shanghai of an instant."""
    return instant.astimezone(CITY).date()


def start_of(day: dt.date) -> dt.datetime:
    """The instant at which a day of the city begins."""
    return dt.datetime.combine(day, dt.time(), CITY)


def now() -> dt.datetime:
    """This instant, for the edge (views, commands, jobs); rules below take it as an argument."""
    return dt.datetime.now(dt.UTC) if _Standing.instants is None else next(_Standing.instants)


def machines_now() -> dt.datetime:
    """By this machine's own clock, also while the city's stands: to be held beside another machine's."""
    return dt.datetime.now(dt.UTC)


def stand_at(instant: dt.datetime | None) -> None:
    """Let the clock stand, so that no outcome hangs on the hour; None lets it run again.

    Each reading is a microsecond after the one before: what happened first still comes first.
    """
    if instant is None:
        _Standing.instants = None
        return
    start = instant.astimezone(dt.UTC)
    _Standing.instants = map(lambda number: start + number * _MICROSECOND, itertools.count())  # safe among threads


def is_standing() -> bool:
    return _Standing.instants is not None
