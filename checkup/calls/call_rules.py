"""At which hours somebody can call back, when the number opens, and when a call is late or over. Pure."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tenants.clock import CITY, city_day
from tenants.lives import Life

BOOKED, MADE, MISSED, CANCELLED, LAPSED = "booked", "made", "missed", "cancelled", "lapsed"
LIFE = Life(
    {
        (BOOKED, "pass_on"): BOOKED,
        (BOOKED, "make"): MADE,
        (BOOKED, "miss"): MISSED,
        (BOOKED, "cancel"): CANCELLED,
        (BOOKED, "lapse"): LAPSED,
    }
)
# Calls begin on the hour, in the hours in which an owner's phone may ring.
OPENS, CLOSES, DAYS, MOST_SHOWN = 9, 20, 3, 6
NOT_BEFORE, NUMBER_OPENS = dt.timedelta(minutes=30), dt.timedelta(minutes=15)
LATE_AFTER, OVER_AFTER = dt.timedelta(minutes=30), dt.timedelta(hours=2)


@dataclass(frozen=True)
class Duty:
    """Who is on call on a day in which place, within which of her own hours."""

    day: dt.date
    place: int
    person_id: uuid.UUID
    name: str
    from_hour: int = 0
    to_hour: int = 24


@dataclass(frozen=True)
class FreeHour:
    """An hour at which this person can call."""

    starts_at: dt.datetime
    place: int
    person_id: uuid.UUID
    name: str


def free_hours(
    roster: Sequence[Duty], taken: Collection[tuple[dt.datetime, int]], *, now: dt.datetime
) -> Sequence[FreeHour]:
    """The next hours at which somebody on call is free, each once: whoever stands first in the roster calls.

    `taken`: hour and place of what is agreed already.
    """
    found: dict[dt.datetime, FreeHour] = {}
    for duty in sorted(roster, key=lambda duty: (duty.day, duty.place)):
        for hour in range(max(OPENS, duty.from_hour), min(CLOSES, duty.to_hour)):
            at = dt.datetime.combine(duty.day, dt.time(hour), CITY)
            if at >= now + NOT_BEFORE and (at, duty.place) not in taken:
                found.setdefault(at, FreeHour(at, duty.place, duty.person_id, duty.name))
    return [found[at] for at in sorted(found)][:MOST_SHOWN]


def on_duty(roster: Sequence[Duty], *, now: dt.datetime) -> Duty | None:
    """Whoever stands first in the roster at this hour; nobody outside the hours in which a phone may ring."""
    hour = now.astimezone(CITY).hour
    here = [one for one in roster if max(OPENS, one.from_hour) <= hour < min(CLOSES, one.to_hour)]
    return min(here, key=lambda duty: duty.place, default=None)


def days_ahead(now: dt.datetime) -> tuple[dt.date, dt.date]:
    """The first and the last day whose hours are offered."""
    today = city_day(now)
    return today, today + dt.timedelta(days=DAYS - 1)


def next_step(
    *,
    starts_at: dt.datetime,
    late_since: dt.datetime | None,
    responsible: uuid.UUID | None,
    callable_people: Sequence[uuid.UUID],
    now: dt.datetime,
) -> str | None:
    """What the clock asks for: `lapse` where nobody can call or it is over, `pass_on` to the next, or nothing."""
    if not callable_people or now >= starts_at + OVER_AFTER:
        return "lapse"
    if responsible not in callable_people:
        return "pass_on"
    is_late = now >= starts_at + LATE_AFTER and late_since is None
    return "pass_on" if is_late else None
