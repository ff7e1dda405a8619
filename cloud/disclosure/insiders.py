"""Who knows more than what is published: a firm knows its own businesses. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from cloud.cubes.cells import Cell
from cloud.disclosure.attack_model import Known
from cloud.disclosure.quarters import Counts, Share, make_share


def find_insiders(cells: Mapping[Cell, int], firms: Iterable[Share], width: int) -> frozenset[Cell]:
    """Counts of which one firm, taking away its own, would be left with a few of the others'."""
    found = set[Cell]()
    for firm in firms:
        found |= {cell for cell, own in firm.cells.items() if 0 < cells.get(cell, 0) - own < width}
    return frozenset(found)


def sides_of(firms: Mapping[str, Share]) -> Collection[Known]:
    """The firms in two halves: what holds against all of one half holds against each of its firms."""
    if len(firms) < 2:
        return ()
    sides: list[Counts] = [{}, {}]
    sizes = [0, 0]
    for _, share in sorted(firms.items(), key=lambda one: (-one[1].cells.get((), 0), one[0])):
        least = sizes.index(min(sizes))
        sizes[least] += share.cells.get((), 0)
        for block, held in share.counts.items():
            sides[least].setdefault(block, Counter()).update(held)
    return [make_share(side).known for side in sides]
