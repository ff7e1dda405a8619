"""From checkup to checkup of one business: what came, what went, how the score moved. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """One submitted checkup: its score with bounds, and the risks it found (without those the lawyer dismissed)."""

    case_number: str
    on: dt.date
    score: float | None
    low: float | None
    high: float | None
    grade: str | None
    is_signed: bool
    found: frozenset[str]


@dataclass(frozen=True)
class TrendStep:
    """A checkup beside the one before it; the first has nothing new and nothing gone."""

    now: Measured
    new: tuple[str, ...]
    gone: tuple[str, ...]
    gain: float | None


def trend(measured: Sequence[Measured]) -> tuple[TrendStep, ...]:
    """In the order of time; `gain` in points, None where one of the two has no score."""
    steps, last = list[TrendStep](), None
    for one in sorted(measured, key=lambda m: (m.on, m.case_number)):
        if last is None:
            steps.append(TrendStep(one, (), (), None))
        else:
            gain = None if one.score is None or last.score is None else one.score - last.score
            new, gone = tuple(sorted(one.found - last.found)), tuple(sorted(last.found - one.found))
            steps.append(TrendStep(one, new, gone, gain))
        last = one
    return tuple(steps)
