"""From the trace of activity to a suggestion of hours: one function, so that the lawyer can check every step. Pure.

1. Every minute in which the page was in use (a heartbeat) or something was saved counts.
2. Short gaps between counted minutes count too: reading needs no key. Up to 5 minutes; on a day without a single
   heartbeat (no JavaScript) up to 10, because only saving shows then that work went on.
3. What another entry of the lawyer already claims is taken off: no minute twice.
4. The caps per case and per day cut off the latest minutes. More than a cap may be claimed by hand, with a note.
"""

import datetime as dt
from dataclasses import dataclass

from bureau.hours.time_spans import NONE, Spans, first, minutes, subtract, union

BRIDGE = dt.timedelta(minutes=5)
BRIDGE_WITHOUT_BEATS = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Trace:
    """One day of one lawyer on one case: minutes with a heartbeat, and minutes in which something was saved."""

    beats: Spans = NONE
    saves: Spans = NONE


@dataclass(frozen=True)
class Room:
    """How many minutes may still be suggested, for the case and for the day."""

    case: int
    day: int


@dataclass(frozen=True)
class Step:
    """What one step did: a stable code, and the minutes it added (or took, below zero)."""

    code: str
    minutes: int


@dataclass(frozen=True)
class Suggestion:
    """The suggested minutes, and every step that led there; the steps add up to the minutes."""

    spans: Spans
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return minutes(self.spans)


def suggest(trace: Trace, *, claimed: Spans, room: Room) -> Suggestion:
    """The day's suggestion. `claimed`: what the lawyer's standing entries already hold."""
    active = union(trace.beats, trace.saves)
    stages: list[tuple[str, Spans]] = [("beats", union(trace.beats)), ("saves", active)]
    stages.append(("gaps", union(active, bridge=BRIDGE if trace.beats else BRIDGE_WITHOUT_BEATS)))
    stages.append(("claimed", subtract(stages[-1][1], claimed)))
    stages.append(("case_cap", first(stages[-1][1], room.case)))
    stages.append(("day_cap", first(stages[-1][1], room.day)))
    steps, before = [], 0
    for code, spans in stages:
        steps.append(Step(code, minutes(spans) - before))
        before = minutes(spans)
    return Suggestion(stages[-1][1], tuple(steps))
