"""By when a case must be seen to, and which comes first. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from checkup.review.service_deadlines import Pause, review_deadline
from tenants.working_days import working_days_after, working_days_between


@dataclass(frozen=True)
class Times:
    """In how many working days the firm takes a case, and reviews it once taken."""

    take: int
    review: int


@dataclass(frozen=True)
class Clock:
    """The day that presses most: `why` is take, review, reply, legal (a time limit of the owner's) or green.

    `left` working days, negative when overdue; not running while the owner is asked.
    """

    day: dt.date
    why: str
    left: int
    is_paused: bool = False


def clock_of(
    *,
    submitted_on: dt.date,
    taken_on: dt.date | None,
    pauses: Iterable[Pause] = (),
    is_asked: bool,
    legal_on: dt.date | None,
    green_on: dt.date | None,
    times: Times,
    today: dt.date,
) -> Clock:
    """A time limit of the owner's that has passed presses no less than one to come: it is shown on its day.

    The review stands still in its `pauses`, as on the review screen.
    """
    if taken_on is None:
        days = [(working_days_after(submitted_on, times.take).day, "take")]
    else:
        deadline = review_deadline(taken_on, pauses, days=times.review, today=today)
        days = [(deadline.day, "review")]
    days += [(day, why) for day, why in ((legal_on, "legal"), (green_on, "green")) if day is not None]
    day, why = min(days)
    return Clock(day, why, working_days_between(today, day).days, is_paused=is_asked)


def reply_clock(reply_by: dt.date, today: dt.date) -> Clock:
    """Of a signed case whose owner wrote."""
    return Clock(reply_by, "reply", working_days_between(today, reply_by).days)


def sort_key(
    *,
    is_done: bool,
    legal_on: dt.date | None,
    urgent_count: int,
    clock: Clock,
    submitted_at: dt.datetime,
    today: dt.date,
) -> tuple[object, ...]:
    """As findings are ordered everywhere: a legal day that still runs, the nearest ahead; then what is urgent; then
    the day that presses, the longest waiting ahead. What is done comes last.
    """
    is_live = legal_on is not None and legal_on >= today
    running = legal_on if is_live else dt.date.max
    return is_done, not is_live, running, urgent_count == 0, clock.is_paused, clock.day, submitted_at
