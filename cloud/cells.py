"""Which numbers exist: blocks of businesses counted by dimensions, and the cells that their margins form. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations as subsets
from itertools import product

from checkup.packs.values import GRADES
from tenants.districts import DISTRICTS
from tenants.sizes import SIZES, TRADES

# A cell names a value for some dimensions, in the order of the dimensions' names; () is the grand total.
Cell = tuple[tuple[str, str], ...]
Key = tuple[str, ...]

WITH, WITHOUT = "with", "without"
TOPIC = "topic:"
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "district": tuple(DISTRICTS),
    "section": tuple(sorted({trade.section for trade in TRADES.values()})),
    "size": tuple(SIZES),
    "grade": GRADES,
}


@dataclass(frozen=True)
class Block:
    """Businesses counted by several dimensions at once; only the margins in `shown` are ever published."""

    dimensions: tuple[str, ...]
    shown: tuple[tuple[str, ...], ...]
    counts: Mapping[Key, int] = field(default_factory=dict)

    def combinations(self) -> Iterable[Key]:
        """Every combination, counted or not: an attacker does not know which are empty."""
        return product(*(values_of(dimension) for dimension in self.dimensions))


def values_of(dimension: str) -> tuple[str, ...]:
    return (WITH, WITHOUT) if dimension.startswith(TOPIC) else DIMENSIONS[dimension]


def base_block(counts: Mapping[Key, int]) -> Block:
    """District × section × size: every margin is shown, the full combination is not."""
    dimensions = ("district", "section", "size")
    shown = tuple(part for size in range(3) for part in subsets(dimensions, size))
    return Block(dimensions, shown, counts)


def grade_block(counts: Mapping[Key, int]) -> Block:
    """District × size × grade: grades by district, by size, and for the city."""
    return Block(("district", "size", "grade"), (("grade",), ("district", "grade"), ("size", "grade")), counts)


def topic_block(topic: str, counts: Mapping[Key, int]) -> Block:
    """District × (with, without a finding in one area of law)."""
    name = f"{TOPIC}{topic}"
    return Block(("district", name), ((name,), ("district", name)), counts)


def cell_of(dimensions: tuple[str, ...], key: Key, part: tuple[str, ...]) -> Cell:
    """The margin of a combination over some of its dimensions."""
    return tuple((one, key[dimensions.index(one)]) for one in sorted(part))


def shown_cells(blocks: Iterable[Block]) -> dict[Cell, int]:
    """Every cell that may be published, with its count, zeros included."""
    cells: dict[Cell, int] = {}
    for block in blocks:
        for part in block.shown:
            for values in product(*(values_of(one) for one in part)):
                cells.setdefault(tuple(sorted(zip(part, values, strict=True))), 0)
    done = set[tuple[str, ...]]()
    for block in blocks:
        for part in block.shown:
            if part in done:
                continue
            done.add(part)
            for key, count in block.counts.items():
                cells[cell_of(block.dimensions, key, part)] += count
    return cells


def total_above(cell: Cell) -> Cell | None:
    """For a cell that tells something sensitive (grade, finding): the businesses it is a share of."""
    above = tuple(one for one in cell if one[0] != "grade" and not one[0].startswith(TOPIC))
    return above if above != cell else None
