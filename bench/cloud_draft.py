"""Seconds and memory of drafting a quarter and a year of the real sixteen districts, from fifty businesses on."""

import random
import resource
import time
from collections import Counter
from collections.abc import Iterator

from bench.cloud import simulated
from bench.results import Result
from cloud.cubes.facts import Item, split
from cloud.disclosure.quarters import Counts, Quarter, make_quarter
from cloud.releases.draft import draft_of

NAME = "cloud_draft"
_SIZES, _QUICK_SIZES = (50, 232, 1_000, 10_000, 300_000), (50, 1_000)
_FIRMS, _DISTINCT, _QUICK_DISTINCT = 40, 1_500, 60
_YEAR, _QUARTERS = "2026", ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")


def measure(*, quick: bool) -> Iterator[Result]:
    """A quarter; a year of which no quarter was told; a year that tells its quarters; share of numbers told; memory."""
    made = simulated(_QUICK_DISTINCT if quick else _DISTINCT)
    for many in _QUICK_SIZES if quick else _SIZES:
        rng = random.Random(many)  # noqa: S311 - synthetic
        read = {quarter: _count(made, rng, many) for quarter in _QUARTERS}
        began = time.perf_counter()
        first = draft_of(_QUARTERS[0], read, {})
        yield Result(f"draft_quarter_{many}", time.perf_counter() - began, "s", 60.0)
        told = sum(n is not None for n in first.cells.values())
        yield Result(f"draft_told_{many}", 100 * told / len(first.cells), "%", 10.0, at_least=True)
        began = time.perf_counter()
        draft_of(_YEAR, read, {})
        yield Result(f"draft_year_{many}", time.perf_counter() - began, "s", 300.0)
        began = time.perf_counter()
        draft_of(_YEAR, read, first.states)
        yield Result(f"draft_year_of_quarters_{many}", time.perf_counter() - began, "s", 300.0)
    yield Result("draft_memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, "GiB", 2.0)


def _count(made: list[frozenset[Item]], rng: random.Random, many: int) -> Quarter:
    """So many businesses, at firms of which the first do most of the work."""
    weights = [1 / (place + 1) for place in range(_FIRMS)]
    firms: dict[str, Counter[frozenset[Item]]] = {}
    busy = rng.choices([str(place) for place in range(_FIRMS)], weights, k=many)
    for name, business in zip(busy, rng.choices(made, k=many), strict=True):
        firms.setdefault(name, Counter())[business] += 1
    everybody, own = Counts(), dict[str, Counts]()
    for firm, held in firms.items():
        for items, times in held.items():
            for block, key in items:
                for counts in (everybody, own.setdefault(firm, {})):
                    counts.setdefault(block, Counter())[split(key)] += times
    return make_quarter(everybody, None, own)
