"""Which day is far from what is usual in beginnings or ends of checkups: at a firm, a network, a phone. Pure."""

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

BEGUN, FINISHED = "begun", "finished"
ACTS = (BEGUN, FINISHED)
FIRM, NETWORK, PHONE = "firm", "network", "phone"
LOOKED_BACK, SHOWN = dt.timedelta(days=28), dt.timedelta(days=7)
FACTOR = 4  # times what is usual
LEAST = {FIRM: 20, NETWORK: 30, PHONE: 6}  # fewer than that stands out nowhere; a hall on one Wi-Fi is usual


@dataclass(frozen=True)
class Day:
    """How often something was done on a day at one firm, from one network or by one phone. `who`: the firm's id, or a
    digest that is of this day only."""

    day: dt.date
    kind: str
    who: str
    act: str
    count: int


@dataclass(frozen=True)
class Unusual:
    """A day that stands out, beside the usual count. `who` is a firm's id and empty for networks and phones."""

    day: dt.date
    kind: str
    who: str
    act: str
    count: int
    usual: float


def find_unusual(days: Iterable[Day], *, today: dt.date) -> list[Unusual]:
    """The days of the last week that stand out, newest and steepest first.

    Usual is the median of the four weeks before: of a firm its own days, of networks and phones each day's busiest.
    """
    held: Mapping[tuple[str, str, str], dict[dt.date, int]] = defaultdict(dict)
    busiest: Mapping[tuple[str, str], dict[dt.date, int]] = defaultdict(dict)
    rows = list(days)
    for one in rows:
        held[one.kind, one.who, one.act][one.day] = one.count
        most = busiest[one.kind, one.act]
        most[one.day] = max(most.get(one.day, 0), one.count)
    found = []
    for one in rows:
        if one.day <= today - SHOWN or one.day > today or one.count < LEAST[one.kind]:
            continue
        past = held[one.kind, one.who, one.act] if one.kind == FIRM else busiest[one.kind, one.act]
        usual = _usual(past, one.day)
        if one.count > FACTOR * usual:
            named = one.who if one.kind == FIRM else ""
            found.append(Unusual(one.day, one.kind, named, one.act, one.count, usual))
    return sorted(found, key=lambda one: (one.day, one.count, one.who), reverse=True)


def _usual(past: Mapping[dt.date, int], day: dt.date) -> float:
    """The median of the days before on which there was anything."""
    before = [count for then, count in past.items() if day - LOOKED_BACK <= then < day]
    return statistics.median(before) if before else 0.0


def count_by_act(found: Sequence[Unusual], *, today: dt.date) -> dict[tuple[str, str], int]:
    """(kind, act) → how many stand out today and yesterday; nought where none does."""
    fresh = [one for one in found if one.day > today - dt.timedelta(days=2)]
    return {
        (kind, act): sum(one.kind == kind and one.act == act for one in fresh)
        for kind in (FIRM, NETWORK, PHONE)
        for act in ACTS
    }
