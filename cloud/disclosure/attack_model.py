"""What an attacker sets up: the finest counts as unknowns, and every cell as a sum of some of them. Pure.

A world is one quarter at one moment. A year is four worlds; an earlier edition is a world of its own, tied to
today's by the cells that nothing has touched since.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cloud.cubes.cells import RISK, TOPIC, WITH, Block, Cell, cell_of, shown_cells


@dataclass(frozen=True)
class World:
    """The blocks of one quarter; `label` goes before its cells (none when the quarter stands alone).

    `domains`: area of law → its risks, so that a business with the one has the other.
    """

    blocks: Sequence[Block]
    label: Cell = ()
    domains: Mapping[str, Collection[str]] = field(default_factory=dict)

    def cells(self) -> dict[Cell, int]:
        return {labelled(cell, self.label): count for cell, count in shown_cells(self.blocks).items()}

    def links(self) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
        """(a cell, cells whose sum it cannot exceed): a risk is no more than its area, the area no more than its
        risks together, and nothing is more than everybody."""
        present = {name for block in self.blocks for name in block.dimensions}
        for domain, risks in self.domains.items():
            here = [self._with(f"{RISK}{risk}") for risk in risks if f"{RISK}{risk}" in present]
            if f"{TOPIC}{domain}" in present:
                area = self._with(f"{TOPIC}{domain}")
                yield from ((risk, (area,)) for risk in here)
                yield (area, tuple(here))
        for name in present:
            if name.startswith(RISK):
                yield (self._with(name), (self.label,))

    def _with(self, name: str) -> Cell:
        return labelled(((name, WITH),), self.label)


def labelled(cell: Cell, label: Cell) -> Cell:
    return tuple(sorted((*cell, *label))) if label else cell


def all_cells(worlds: Sequence[World]) -> dict[Cell, int]:
    """Every cell of every quarter, and, with several quarters, of the year: months have no place in its cells."""
    cells: dict[Cell, int] = {}
    for world in worlds:
        cells.update(world.cells())
    if worlds[0].label:
        for cell in year_cells(worlds):
            cells[cell] = sum(cells.get(labelled(cell, world.label), 0) for world in worlds)
    return cells


def year_cells(worlds: Sequence[World]) -> list[Cell]:
    """Cells that are the sum of the same cell in every quarter."""
    shown = [shown_cells(world.blocks).keys() for world in worlds]
    return [cell for cell in shown[0] if "month" not in dict(cell) and all(cell in one for one in shown)]


class Layout:
    """The unknowns of some worlds, numbered, and which of them each cell adds up.

    `members`: cell → one list per block that has the cell's dimensions; all of a cell's lists have the same sum.
    """

    def __init__(self, worlds: Sequence[World], first: int = 0) -> None:
        self.truth: list[float] = []
        self.members: dict[Cell, list[list[int]]] = {}
        self.links = [link for world in worlds for link in world.links()]
        self._first = first
        for world in worlds:
            parts = {tuple(name for name, _ in cell) for cell in shown_cells(world.blocks)}
            for block in world.blocks:
                self._add(block, world.label, [part for part in parts if set(part) <= set(block.dimensions)])
        if worlds[0].label:
            for cell in year_cells(worlds):
                first_lists = [self.members[labelled(cell, world.label)][0] for world in worlds]
                self.members[cell] = [[column for one in first_lists for column in one]]

    def _add(self, block: Block, label: Cell, parts: Iterable[tuple[str, ...]]) -> None:
        sums: dict[Cell, list[int]] = {}
        kept = list(block.combinations())
        if not block.counts.keys() <= set(kept):
            raise ValueError(f"counted, but cannot be: {sorted(block.counts.keys() - set(kept))[:3]}")
        parts = list(parts)
        for key in kept:
            column = self._first + len(self.truth)
            self.truth.append(float(block.counts.get(key, 0)))
            for part in parts:
                sums.setdefault(cell_of(block.dimensions, key, part), []).append(column)
        if block.dimensions[0].startswith(RISK):
            sums.pop((), None)  # a risk is one value of many: its sum is not everybody
        for cell, columns in sums.items():
            self.members.setdefault(labelled(cell, label), []).append(columns)


@dataclass(frozen=True)
class Edition:
    """An earlier release: its worlds, what it published, and which of its cells nothing has touched since
    (named as they are there, and as they are today)."""

    worlds: Sequence[World]
    published: Mapping[Cell, int]
    untouched: Mapping[Cell, Cell]
    withheld: frozenset[Cell] = frozenset()
