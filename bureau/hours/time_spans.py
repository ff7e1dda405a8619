"""Time as sets of half-open intervals of whole minutes. Pure.

A minute belongs to a set or it does not, so that whatever is claimed twice is counted once: the measure of a union.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from tenants.clock import CITY
from tenants.errors import FieldFault, Invalid
from tenants.typed.text import for_machines

MINUTE = dt.timedelta(minutes=1)
MOST_SPANS = 20
# 9:00, 09.00, 上午9点, 9点半, 晚上9点15分
_TIME = r"(上午|早上|早晨|凌晨|中午|下午|傍晚|晚上|晚)?\s*(\d{1,2})\s*(?:[:.](\d{2})|[点时](?:(\d{1,2})分?|(半))?)"
_SPAN = re.compile(rf"从?{_TIME}\s*(?:[-\u2010-\u2015\u2212\u2500~\u301c]+|到|至)\s*{_TIME}", re.ASCII)
_AFTERNOON, _NOON = ("下午", "傍晚", "晚上", "晚", "中午"), 12
_BETWEEN = re.compile(r"[\s,，、;；和]*")
Key = TypeVar("Key")


class Span(NamedTuple):
    """From `start` up to, but not including, `end`: two instants in UTC on whole minutes."""

    start: dt.datetime
    end: dt.datetime


Spans = tuple[Span, ...]
NONE: Spans = ()


def floor_minute(at: dt.datetime) -> dt.datetime:
    """The whole minute an instant lies in."""
    return at.astimezone(dt.UTC).replace(second=0, microsecond=0)


def minute_of(at: dt.datetime) -> Span:
    """The one minute an instant lies in."""
    start = floor_minute(at)
    return Span(start, start + MINUTE)


def union(*sets: Iterable[Span], bridge: dt.timedelta = dt.timedelta(0)) -> Spans:
    """Every minute of any of the sets, as sorted spans that do not touch; gaps up to `bridge` are filled."""
    merged: list[Span] = []
    for span in sorted(span for one in sets for span in one if span.start < span.end):
        if merged and span.start - merged[-1].end <= bridge:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def intersect(one: Iterable[Span], other: Iterable[Span]) -> Spans:
    """Every minute of both sets."""
    others = union(other)
    shared = (Span(max(a.start, b.start), min(a.end, b.end)) for a in union(one) for b in others)
    return union(span for span in shared if span.start < span.end)


def subtract(one: Iterable[Span], other: Iterable[Span]) -> Spans:
    """Every minute of the first set that is not in the second."""
    left, taken = list[Span](), union(other)
    for span in union(one):
        edges = [span.start, *(t for cut in taken for t in (cut.start, cut.end)), span.end]
        clipped = [min(max(edge, span.start), span.end) for edge in edges]
        left += [Span(a, b) for a, b in list(pairwise(clipped))[::2] if a < b]
    return union(left)


def minutes(spans: Iterable[Span]) -> int:
    """The measure of the set in minutes; overlapping spans count once."""
    return sum(((span.end - span.start) // MINUTE for span in union(spans)), 0)


def first(spans: Iterable[Span], most: int) -> Spans:
    """The earliest `most` minutes of the set."""
    kept, room = list[Span](), max(most, 0)
    for span in union(spans):
        length = min(minutes((span,)), room)
        kept.append(Span(span.start, span.start + length * MINUTE))
        room -= length
    return union(kept)


def attribute(claims: Sequence[tuple[Key, Spans]]) -> Mapping[Key, Spans]:
    """Each claimed minute to exactly one claim, the first in the given order that contains it."""
    taken, given = NONE, dict[Key, Spans]()
    for key, spans in claims:
        given[key] = subtract(spans, taken)
        taken = union(taken, spans)
    return given


def day_bounds(day: dt.date) -> Span:
    """A day of the city, midnight to midnight."""
    start = dt.datetime.combine(day, dt.time(), CITY)
    return Span(start.astimezone(dt.UTC), (start + dt.timedelta(days=1)).astimezone(dt.UTC))


def parse_spans(text: str, day: dt.date, *, field: str = "times") -> Spans:
    """`09:10-09:33、下午2点到2点20` on a day of the city, which no span leaves.

    Raises: Invalid `required`, `not_times`, `past_midnight`.
    """
    if not text.strip():
        raise Invalid((FieldFault(field, "required"),))
    typed = for_machines(text)
    if _BETWEEN.fullmatch(_SPAN.sub("", typed)) is None:
        raise Invalid((FieldFault(field, "not_times"),))
    found = [_span(day, *_clock_times(match)) for match in _SPAN.findall(typed)]
    if any(one is None for one in found) and any(_leaves_day(*_clock_times(match)) for match in _SPAN.findall(typed)):
        raise Invalid((FieldFault(field, "past_midnight"),))
    if not found or len(found) > MOST_SPANS or None in found:
        raise Invalid((FieldFault(field, "not_times"),))
    return union(span for span in found if span is not None)


def _clock_times(match: tuple[str, ...]) -> tuple[int, int, int, int]:
    """Hours and minutes of both ends; the part of the day that was said at the first counts for the second too."""
    part, hour, minute, spoken, half, other_part, other_hour, other_minute, other_spoken, other_half = match
    start = _hour(part, hour), _minute(minute, spoken, half)
    end = _hour(other_part, other_hour), _minute(other_minute, other_spoken, other_half)
    if not other_part and part and end <= start:
        end = _hour(part, other_hour), end[1]
    return (*start, *end)


def _hour(part: str, hour: str) -> int:
    said = int(hour)
    is_later = part in _AFTERNOON and said < _NOON and not (part == "中午" and said > 3)  # noqa: PLR2004 - 中午11点
    return said + _NOON if is_later else said


def _leaves_day(from_hour: int, from_minute: int, to_hour: int, to_minute: int) -> bool:
    """From the evening into the night: 23:30-00:30."""
    return from_hour >= 18 and (to_hour, to_minute) < (6, 0)  # noqa: PLR2004


def _minute(minute: str, spoken: str, half: str) -> int:
    return 30 if half else int(minute or spoken or 0)


def _span(day: dt.date, from_hour: int, from_minute: int, to_hour: int, to_minute: int) -> Span | None:
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if from_minute > 59 or to_minute > 59 or not 0 <= start < end <= 24 * 60:
        return None
    midnight = day_bounds(day).start
    return Span(midnight + start * MINUTE, midnight + end * MINUTE)


def show_spans(spans: Iterable[Span]) -> str:
    """The spans by the city's clock, in the form that `parse_spans` reads."""
    return "、".join(f"{_clock(span.start)}-{_clock(span.end, is_end=True)}" for span in spans)


def _clock(at: dt.datetime, *, is_end: bool = False) -> str:
    shown = at.astimezone(CITY).strftime("%H:%M")
    return "24:00" if is_end and shown == "00:00" else shown
