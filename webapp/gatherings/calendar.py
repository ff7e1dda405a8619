"""Gatherings as `.ics` files: each keeps its uid when it moves, and a calendar that has it moves or strikes it too."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from bureau.gatherings.models import Gathering
from bureau.gatherings.states import CANCELLED
from checkup.fixes.calendar_file import start_calendar
from tenants.lazy_imports import lazily
from webapp.edge.i18n import own_name
from webapp.edge.i18n import translate as _
from webapp.wording.outreach.gathering_words import about

if TYPE_CHECKING:
    from icalendar import Event

icalendar = lazily("icalendar")
_HOURS_BEFORE = dt.timedelta(hours=-2)


def send_calendar(rows: Iterable[Gathering], *, page: str, name: str, made_at: dt.datetime) -> Response:
    """`page`: the address of a gathering's page, but for its number."""
    calendar = start_calendar("Events", _("法脉：讲座和咨询日"))
    calendar.add("method", "PUBLISH")
    for row in rows:
        calendar.add_component(_event(row, f"{page}/{row.number}", made_at))
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return Response(bytes(calendar.to_ical()), mimetype="text/calendar", headers=headers)


def _event(row: Gathering, url: str, made_at: dt.datetime) -> "Event":
    event: Event = icalendar.Event()
    event.add("uid", f"{row.number}@famai")
    event.add("dtstamp", made_at)
    event.add("last-modified", row.moved_at or row.made_at)
    event.add("sequence", row.version)
    event.add("dtstart", row.begins_at)
    event.add("dtend", row.ends_at)
    event.add("summary", own_name(row))
    event.add("description", about(row))
    event.add("location", row.place)
    event.add("url", url)
    event.add("status", "CANCELLED" if row.state == CANCELLED else "CONFIRMED")
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", own_name(row))
    alarm.add("trigger", _HOURS_BEFORE)
    event.add_component(alarm)
    return event
