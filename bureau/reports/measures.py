"""The numbers of indicators and reports: each with its unit, its source, and whether it is withheld. Pure.

A key is a word, optionally with a place: `businesses`, `businesses@310113`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

COUNT, DAYS, MINUTES, FEN, SHARE = "count", "days", "minutes", "fen", "share"


@dataclass(frozen=True)
class Measure:
    """One number. `value` is None when it is withheld or not known; `source` says where anyone finds it again: a
    release and cell (`release 3 (2026-Q3): district=310113`) or days and a definition (`process 2026-01-01–…: signed`).
    """

    key: str
    value: float | None
    unit: str
    source: str
    is_withheld: bool = False


Book = Mapping[str, Measure]


def make_book(measures: Iterable[Measure]) -> dict[str, Measure]:
    """The measures by key, in the order of the keys. Raises: ValueError when two have one key."""
    book = dict[str, Measure]()
    for measure in sorted(measures, key=lambda one: one.key):
        if measure.key in book:
            raise ValueError(f"two measures are called {measure.key}")
        book[measure.key] = measure
    return book


def at(key: str, place: str) -> str:
    """The key of a measure at a place."""
    return f"{key}@{place}"
