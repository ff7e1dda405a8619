"""What indicators and reports take from releases: published cells under plain names, never a count of our own."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from bureau.measures import COUNT, Measure, at
from cloud.cells import DIMENSIONS, TOPIC, WITH, Cell
from cloud.ledger import find_cells, list_editions, write_cell
from cloud.models import Release

URGENT = f"{TOPIC}urgent"
NAMED = ("grade", "stars", "mended", "relief")


def find_releases(session: Session, period: str) -> Sequence[Release]:
    """The newest release of the period; for a year without one of its own, those of its quarters, in order."""
    editions = {one.period: one for one in list_editions(session)}
    if period in editions:
        return [editions[period]]
    return [editions[one] for one in sorted(editions) if one.startswith(f"{period}-Q")]


def named_cells(cells: Iterable[Cell]) -> dict[str, Cell]:
    """Plain name → cell: `businesses`, `urgent`, `grade_A`, `stars_5`, `mended_all`, `relief_waived`,
    `finding_labour`; the first two also `@` a district."""
    named: dict[str, Cell] = {"businesses": (), "urgent": ((URGENT, WITH),)}
    for dimension in NAMED:
        named.update({f"{dimension}_{value}": ((dimension, value),) for value in DIMENSIONS[dimension]})
    for district in DIMENSIONS["district"]:
        named[at("businesses", district)] = (("district", district),)
        named[at("urgent", district)] = (("district", district), (URGENT, WITH))
    for cell in cells:
        if len(cell) == 1 and cell[0][0].startswith(TOPIC) and cell[0][0] != URGENT and cell[0][1] == WITH:
            named[f"finding_{cell[0][0].removeprefix(TOPIC)}"] = cell
    return named


def read_measures(session: Session, period: str) -> tuple[list[Measure], dict[str, str]]:
    """Measures of the period, and number → SHA-256 of the releases they come from.

    A year without a release of its own is the sum of its published quarters; a sum with a withheld part is withheld.
    """
    releases = find_releases(session, period)
    tables = [(one.number, find_cells(session, one.number)) for one in releases]
    names = named_cells(cell for _, cells in tables for cell in cells)
    counted = {cell for _, cells in tables for cell in cells}
    measures = [_measure(name, cell, tables) for name, cell in names.items() if cell in counted]
    return measures, {str(one.number): one.manifest_hash for one in releases}


def _measure(name: str, cell: Cell, tables: Sequence[tuple[int, Mapping[Cell, int | None]]]) -> Measure:
    values = [cells.get(cell, 0) for _, cells in tables]
    shown = [value for value in values if value is not None]
    is_withheld = len(shown) < len(values)
    source = f"release {'+'.join(str(number) for number, _ in tables)}: {write_cell(cell) or 'total'}"
    return Measure(name, None if is_withheld else float(sum(shown)), COUNT, source, is_withheld)
