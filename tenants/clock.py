"""Days in the city's time: a legal day in Shanghai is not a day in UTC."""

import datetime as dt
from zoneinfo import ZoneInfo

CITY = ZoneInfo("Asia/Shanghai")


def city_day(instant: dt.datetime) -> dt.date:
    """The calendar day in Shanghai of an instant."""
    return instant.astimezone(CITY).date()


def start_of(day: dt.date) -> dt.datetime:
    """The instant at which a day of the city begins."""
    return dt.datetime.combine(day, dt.time(), CITY)


def now() -> dt.datetime:
    """This instant, for the edge (views, commands, jobs); rules below take it as an argument."""
    return dt.datetime.now(dt.UTC)
