"""Looking again at numbers that stay: who sees one stay and then move would name whoever came between.

So a number may move only where a crowd of its group has moved since somebody last looked at that group: twice as many
as it takes to move a number, so that neither "it stays" nor "too few came" says whether it would have moved; enough of
them beside any one firm's; and not all of them the same way. Moves are read off the numbers, and rather too few. Pure.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field

from cloud.cubes.cells import NONE, RISK, TOPIC, VERDICT, Cell, is_sensitive, table_of, total_above

Counts = Mapping[Cell, int]
_CROWD = 2  # times what it takes to move a number


@dataclass(frozen=True)
class Look:
    """What there was to see: everybody's counts, and each firm's own; behind a sum its number of businesses."""

    cells: Counts = field(default_factory=dict)
    firms: Mapping[str, Counts] = field(default_factory=dict)


def find_crowds(now: Look, before: Look, k: int, width: int) -> dict[Cell, bool]:
    """The cells in whose group a crowd has moved since the look before: whether the cell itself may move."""
    crowds = defaultdict[Hashable, list[Cell]](list)
    for cell in now.cells:
        crowds[_crowd_of(cell)].append(cell)
    changes = _changes(now.cells, before.cells)
    names = now.firms.keys() | before.firms.keys()
    firms = [_changes(now.firms.get(name, {}), before.firms.get(name, {})) for name in names if len(names) > 1]
    found: dict[Cell, bool] = {}
    for cells in crowds.values():
        moved = _moved(cells, changes, {})
        others = (max(_moved(cells, changes, own)) for own in firms if not own.keys().isdisjoint(cells))
        if max(moved) >= _CROWD * k and all(many >= _CROWD * width for many in others):
            found |= {cell: not _is_alike(cell, changes.get(cell, 0), moved, k) for cell in cells}
    return found


def look(now: Look, before: Look, looked: Collection[Cell]) -> Look:
    """What was seen last: of the cells with a crowd now, of the others, of which nothing was to be seen, as before."""
    names = sorted(now.firms.keys() | before.firms.keys())
    firms = {name: _merged(now.firms.get(name, {}), before.firms.get(name, {}), looked) for name in names}
    return Look(_merged(now.cells, before.cells, looked), firms)


def _merged(now: Counts, before: Counts, looked: Collection[Cell]) -> Counts:
    kept = {cell: count for cell, count in before.items() if cell not in looked}
    return kept | {cell: count for cell, count in now.items() if cell in looked}


def _changes(now: Counts, before: Counts) -> dict[Cell, int]:
    return {c: change for c in now.keys() | before.keys() if (change := now.get(c, 0) - before.get(c, 0))}


def _crowd_of(cell: Cell) -> Hashable:
    """A cell's table and the group that it is a share of; a sum's measure. Risks are shares of everybody."""
    told = dict(cell)
    if "measure" in told:
        return told["measure"]
    if not cell or cell[0][0].startswith((RISK, VERDICT)):
        return ()
    group = tuple(one for one in cell if not is_sensitive(one[0]))
    return table_of(cell), () if group == cell else group


def _moved(cells: Collection[Cell], changes: Counts, less: Counts) -> tuple[int, int]:
    """At least how many businesses came into the cells, and went out of them. What has not happened yet (no rating) is
    no move; a sum is of a district and of the city, and a risk one of several, so the largest counts."""
    here = [cell for cell in cells if not any(value == NONE and is_sensitive(name) for name, value in cell)]
    if () in cells:
        here = [()]
    moves = [changes.get(cell, 0) - less.get(cell, 0) for cell in here]
    if any(name == "measure" for name, _ in here[0]):
        return max(moves), -min(moves)
    gain = sum(move for move in moves if move > 0)
    return gain, gain - sum(moves)


def _is_alike(cell: Cell, change: int, moved: tuple[int, int], k: int) -> bool:
    """Whether all that moved, or all but a few, moved the way of a cell that tells something about them."""
    if total_above(cell) is None or not change:
        return False
    rest = moved[0] - change if change > 0 else moved[1] + change
    return rest < (k if any(name.startswith((TOPIC, RISK, VERDICT)) for name, _ in cell) else 1)
