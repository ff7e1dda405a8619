"""Small groups are withheld: a cell below the threshold, and enough beside it that the total gives none away. Pure.

For one-dimensional tables with a shown total. The city's statistics (`cloud/`) audit linked tables; this is the same
promise for a page of sums.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tenants.anonymity import LEAST_BEHIND


@dataclass(frozen=True)
class Cell:
    """One group: how many waivers, fen promised, fen used. Withheld: all three are 0 and say nothing."""

    key: str
    count: int
    promised_minor: int
    used_minor: int
    is_withheld: bool = False


def withhold(cells: Sequence[Cell], threshold: int = LEAST_BEHIND) -> tuple[Cell, ...]:
    """The cells with every small one withheld, then the next smallest until what is hidden is two cells or more with
    `threshold` waivers or more together. Fewer than `threshold` in all: everything is withheld."""
    by_size = sorted((cell for cell in cells if cell.count), key=lambda cell: (cell.count, cell.key))
    hidden = [cell for cell in by_size if cell.count < threshold]
    rest = by_size[len(hidden) :]
    while hidden and rest and (len(hidden) < 2 or sum(cell.count for cell in hidden) < threshold):
        hidden.append(rest.pop(0))
    names = {cell.key for cell in hidden}
    return tuple(
        replace(cell, count=0, promised_minor=0, used_minor=0, is_withheld=True) if cell.key in names else cell
        for cell in cells
    )


def total(cells: Sequence[Cell], threshold: int = LEAST_BEHIND) -> Cell | None:
    """The sum of all; None below the threshold."""
    count = sum(cell.count for cell in cells)
    if count < threshold:
        return None
    return Cell("", count, sum(c.promised_minor for c in cells), sum(c.used_minor for c in cells))


def shown(counts: Mapping[str, int], threshold: int = LEAST_BEHIND) -> dict[str, int | None]:
    """Groups of a known total by name, None where one is withheld."""
    cells = withhold([Cell(name, count, 0, 0) for name, count in counts.items()], threshold)
    return {cell.key: None if cell.is_withheld else cell.count for cell in cells}
