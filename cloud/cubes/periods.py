"""Quarters and years, and the one name that a cell has in every release that holds it. Pure."""

import re

from cloud.cubes.cells import QUARTERS, Cell

_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_YEAR = re.compile(r"\d{4}")

# (the quarter or year it counts, the cell without its quarter): the same number in every release.
Place = tuple[str, Cell]


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


def place_of(period: str, cell: Cell) -> Place:
    """Where a cell of a release belongs."""
    quarter = dict(cell).get("quarter")
    if quarter is None:
        return period, cell
    return f"{period}-{quarter}", tuple(pair for pair in cell if pair[0] != "quarter")


def cell_at(period: str, place: Place) -> Cell | None:
    """The name of a place's cell in a release of this period; None where the release does not hold it."""
    time, cell = place
    if time == period:
        return cell
    return tuple(sorted((*cell, ("quarter", time[-2:])))) if is_year(period) and time[:4] == period else None
