"""An `.ics` file of the days on which something is to be done; every calendar on a phone reads it. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenants.lazy_imports import lazily

if TYPE_CHECKING:
    from icalendar import Calendar, Event

icalendar = lazily("icalendar")


@dataclass(frozen=True)
class CalendarDay:
    """One whole day: `uid` stays the same when the day moves, and `revision` grows, so that a calendar moves it too."""

    uid: str
    on: dt.date
    title: str
    text: str
    url: str
    changed_at: dt.datetime
    revision: int


def start_calendar(of: str, name: str) -> "Calendar":
    """An empty one, under the name that a phone shows."""
    calendar: Calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Famai//{of}//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    return calendar


def calendar_file(days: Iterable[CalendarDay], *, name: str, days_before: int, made_at: dt.datetime) -> bytes:
    """The file's bytes; each day with an alarm at nine in the morning so many days before."""
    calendar = start_calendar("Fixes", name)
    for day in days:
        calendar.add_component(_event(day, days_before, made_at))
    return bytes(calendar.to_ical())


def _event(day: CalendarDay, days_before: int, made_at: dt.datetime) -> "Event":
    event: Event = icalendar.Event()
    event.add("uid", day.uid)
    event.add("dtstamp", made_at)
    event.add("last-modified", day.changed_at)
    event.add("sequence", day.revision)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + dt.timedelta(days=1))
    event.add("summary", day.title)
    event.add("description", day.text)
    event.add("url", day.url)
    event.add("transp", "TRANSPARENT")
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", day.title)
    alarm.add("trigger", dt.timedelta(days=-days_before, hours=9))
    event.add_component(alarm)
    return event
