"""Quarters and years, and the names of their cells in a release. Pure."""

import re

from cloud.cubes.cells import QUARTERS, Cell

_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_YEAR = re.compile(r"\d{4}")


def is_period(text: str) -> bool:
    """A quarter such as `2026-Q4` or a year such as `2026`."""
    return bool(_QUARTER.fullmatch(text) or _YEAR.fullmatch(text))


def is_year(period: str) -> bool:
    return bool(_YEAR.fullmatch(period))


def quarters_of(period: str) -> tuple[str, ...]:
    """The quarters that a release of this period counts."""
    return tuple(f"{period}-{quarter}" for quarter in QUARTERS) if is_year(period) else (period,)


def family_of(period: str) -> tuple[str, ...]:
    """The periods whose releases hold numbers of this one: its own, its year's, its quarters'."""
    return (period, *quarters_of(period)) if is_year(period) else (period, period[:4])


def label_of(period: str, quarter: str) -> Cell:
    """What goes before the cells of a quarter in a release of this period."""
    return (("quarter", quarter[-2:]),) if is_year(period) else ()


def labelled(cell: Cell, label: Cell) -> Cell:
    return tuple(sorted((*cell, *label))) if label else cell
