"""The queue of one day at a station: how its numbers move, when none is given, how long one waits. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median, median_low

from tenants.lives import Life

WAITING, CALLED, DONE, ABSENT = "waiting", "called", "done", "absent"
LIFE = Life(
    {
        (WAITING, "call"): CALLED,
        (CALLED, "done"): DONE,
        (CALLED, "absent"): ABSENT,
        # She came after all.
        (ABSENT, "call"): CALLED,
    }
)
# What phones take leaves room for those to whom a helper gives a number by hand, whoever floods the queue.
MOST_BY_PHONE, MOST_A_DAY, MOST_BY_BROWSER = 200, 300, 3
RESTS, CLOSED, FULL, ENOUGH = "rests", "closed", "full", "enough"
_HANDFUL, _SURE_FROM = 5, 3
_STEP = 5  # minutes


@dataclass(frozen=True)
class Served:
    """Somebody at a desk: from when, until when (None while she is there), and whether she was served in the end."""

    called_at: dt.datetime
    ended_at: dt.datetime | None
    is_done: bool


def refused(*, is_open: bool, by_phone: bool, given: int) -> str:
    """Why no number is given now, "" where one is; `given`: how many of today there are."""
    if not is_open:
        return CLOSED
    return FULL if given >= (MOST_BY_PHONE if by_phone else MOST_A_DAY) else ""


def spoken(number: int) -> str:
    """As it stands on the page and is called out: `A007`."""
    return f"A{number:03d}"


def minutes_to_wait(ahead: int, today: Sequence[Served]) -> int | None:
    """About how long somebody waits who has so many before her, rounded up to five minutes; None until enough of
    today were served to tell.

    The pace is the median time at a desk of the last handful that were served, shared by as many desks as were at
    work when they left.
    """
    done = [(one.ended_at, one.called_at) for one in today if one.is_done and one.ended_at is not None]
    last = sorted(done)[-_HANDFUL:]
    if len(last) < _SURE_FROM:
        return None
    seconds = median((ended_at - called_at).total_seconds() for ended_at, called_at in last)
    desks = median_low(sum(_is_there(one, ended_at) for one in today) for ended_at, _called_at in last)
    return max(ceil(seconds * (ahead + 1) / desks / 60 / _STEP), 1) * _STEP


def _is_there(one: Served, at: dt.datetime) -> bool:
    return one.called_at <= at and (one.ended_at is None or one.ended_at >= at)
