"""What an attacker sets up: the finest counts as unknowns, and every cell as a sum of some of them. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cloud.cubes.cells import RISK, TOPIC, URGENT, WITH, Block, Cell, Key, cell_of, shown_cells

Known = Mapping[tuple[str, ...], Mapping[Key, int]]  # dimensions of a block → what somebody knows of its counts


@dataclass(frozen=True)
class World:
    """The blocks of one time. `domains`: area of law → its risks, so that a business with the one has the other."""

    blocks: Sequence[Block]
    domains: Mapping[str, Collection[str]] = field(default_factory=dict)

    def cells(self) -> dict[Cell, int]:
        return shown_cells(self.blocks)

    def links(self) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
        """(a cell, cells whose sum it cannot exceed): a risk is no more than its area, the area no more than its
        risks together, nothing is more than everybody, and who is urgent has an area, in each district too."""
        present = sorted({name for block in self.blocks for name in block.dimensions})
        areas = [name for name in present if name.startswith(TOPIC) and name != URGENT]
        for domain, risks in self.domains.items():
            here = [_with(f"{RISK}{risk}") for risk in risks if f"{RISK}{risk}" in present]
            if f"{TOPIC}{domain}" in present:
                area = _with(f"{TOPIC}{domain}")
                yield from ((risk, (area,)) for risk in here)
                yield (area, tuple(here))
        yield from ((_with(name), ((),)) for name in present if name.startswith(RISK))
        if URGENT in present and areas:
            yield (_with(URGENT), tuple(map(_with, areas)))
            for place in next(block for block in self.blocks if URGENT in block.dimensions).values_of("district"):
                yield (_at(place, URGENT), tuple(_at(place, area) for area in areas))


def _with(name: str) -> Cell:
    return ((name, WITH),)


def _at(district: str, name: str) -> Cell:
    return (("district", district), (name, WITH))


class Layout:
    """The unknowns of a world, numbered, and which of them each cell adds up.

    `members`: cell → one list per block that has the cell's dimensions; all of a cell's lists have the same sum.
    """

    def __init__(self, world: World) -> None:
        self.truth: list[int] = []
        self.members: dict[Cell, list[list[int]]] = {}
        self._keys: list[tuple[tuple[str, ...], Key]] = []
        # In order: which of the cities that fit is found first decides what is hidden, and a rerun must hide the same.
        parts = sorted({tuple(sorted(part)) for block in world.blocks for part in block.shown})
        for block in world.blocks:
            self._add(block, [part for part in parts if set(part) <= set(block.dimensions)])
        self.links = list(world.links())

    def _add(self, block: Block, parts: Sequence[tuple[str, ...]]) -> None:
        sums: dict[Cell, list[int]] = {}
        kept = list(block.combinations())
        if not block.counts.keys() <= set(kept):
            raise ValueError(f"counted, but cannot be: {sorted(block.counts.keys() - set(kept))[:3]}")
        for key in kept:
            for part in parts:
                sums.setdefault(cell_of(block.dimensions, key, part), []).append(len(self.truth))
            self._keys.append((block.dimensions, key))
            self.truth.append(block.counts.get(key, 0))
        if block.is_apart:
            sums.pop((), None)
        for cell, columns in sums.items():
            self.members.setdefault(cell, []).append(columns)

    def known(self, known: Known) -> list[int]:
        """What somebody knows of each unknown: there are at least so many."""
        at_least = (known.get(dimensions, {}).get(key, 0) for dimensions, key in self._keys)
        return [min(least, truth) for least, truth in zip(at_least, self.truth, strict=True)]
