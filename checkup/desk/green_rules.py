"""The green channel's clock: who must answer by when, and what may follow. Pure.

A call rings for two hours between eight and ten at night, then goes to the next; whoever takes the case has until the
evening of the next working day to speak to the owner.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from tenants.clock import CITY
from tenants.lives import Life
from tenants.working_days import working_days_after

RINGING, HELD, DONE = "ringing", "held", "done"
LIFE = Life(
    {
        (RINGING, "ring"): RINGING,
        (RINGING, "hold"): HELD,
        (HELD, "hold"): HELD,
        (HELD, "late"): HELD,
        (HELD, "ring"): RINGING,
        (DONE, "ring"): RINGING,
        (RINGING, "end"): DONE,
        (HELD, "end"): DONE,
    }
)
RINGS_FOR = dt.timedelta(hours=2)
OPENS, CLOSES, EVENING = 8, 22, 18


@dataclass(frozen=True)
class Promise:
    """What the owner is told: by when she will be spoken to, and by whom once somebody has the case."""

    name: str
    by: dt.datetime
    is_late: bool


def answer_by(at: dt.datetime) -> dt.datetime:
    """Two hours after `at`, counting only the hours in which people can be called."""
    local = at.astimezone(CITY)
    start = max(local, _at(local.date(), OPENS))
    if start >= _at(local.date(), CLOSES):
        start = _at(local.date() + dt.timedelta(days=1), OPENS)
    closes = _at(start.date(), CLOSES)
    if start + RINGS_FOR <= closes:
        return start + RINGS_FOR
    return _at(start.date() + dt.timedelta(days=1), OPENS) + (RINGS_FOR - (closes - start))


def speak_by(at: dt.datetime) -> dt.datetime:
    """The evening of the next working day."""
    return _at(working_days_after(at.astimezone(CITY).date(), 1).day, EVENING)


def _at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), CITY)


def next_to_ring(order: Sequence[uuid.UUID], current: uuid.UUID | None) -> uuid.UUID | None:
    """Whom to call next: the one behind in the order, and the first again after the last."""
    if not order:
        return None
    if current not in order:
        return order[0]
    return order[(order.index(current) + 1) % len(order)]


def promise_of(
    *,
    state: str,
    name: str,
    started_at: dt.datetime,
    due_at: dt.datetime,
    late_since: dt.datetime | None,
    now: dt.datetime,
) -> Promise:
    """While nobody has taken the call, the evening of the working day after it began; then the taker's own time."""
    if state == HELD:
        return Promise(name, due_at, late_since is not None or due_at < now)
    by = speak_by(started_at)
    return Promise("", by, by < now)
