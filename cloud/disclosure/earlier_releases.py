"""What earlier releases have told already, as the next one must reckon with it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cloud.cubes.cells import Cell
from cloud.cubes.periods import Place, cell_at, label_of, place_of, quarters_of
from cloud.disclosure.attack_model import Edition, World
from cloud.disclosure.suppression import Past


@dataclass(frozen=True)
class Told:
    """One cell of an earlier release: its count or None, how many had moved it by then, why it was withheld."""

    count: int | None
    turnover: int
    is_primary: bool


Release = tuple[str, Mapping[Cell, Told]]  # its period and its cells


def past_of(
    period: str, told: Sequence[Release], *, k: int, turnover: Mapping[Cell, int], worlds: Mapping[str, World]
) -> Past:
    """The earlier releases of this period, of its year and of its quarters, oldest first.

    `turnover`: how many businesses have moved each cell of the draft; `worlds`: quarter → world without a label.
    """
    free, held = _newest(told)
    known, close = set(), set()
    for cell, now in turnover.items():
        place = place_of(period, cell)
        if free.get(place) == now:
            known.add(cell)
        elif any(place in before and now - before[place] < k for before in (free, held)):
            close.add(cell)
    editions = [
        _edition(period, theirs, cells, turnover, worlds)
        for theirs, cells in told
        if not _is_untouched(period, theirs, cells, turnover)
    ]
    return Past(frozenset(known), frozenset(close), tuple(editions))


def _newest(told: Sequence[Release]) -> tuple[dict[Place, int], dict[Place, int]]:
    """Place → turnover when it was last published, and when it was last withheld."""
    free, held = dict[Place, int](), dict[Place, int]()
    for period, cells in told:
        for cell, row in cells.items():
            place, at = place_of(period, cell), held if row.count is None else free
            at[place] = max(at.get(place, 0), row.turnover)
    return free, held


def _today(period: str, theirs: str, cell: Cell) -> Cell | None:
    return cell_at(period, place_of(theirs, cell))


def _is_untouched(period: str, theirs: str, cells: Mapping[Cell, Told], turnover: Mapping[Cell, int]) -> bool:
    """Whether everything it tells of this period is as it was: then today's numbers say it all again."""
    here = ((_today(period, theirs, cell), row) for cell, row in cells.items())
    return all(turnover.get(cell) == row.turnover for cell, row in here if cell is not None)


def _edition(
    period: str, theirs: str, cells: Mapping[Cell, Told], turnover: Mapping[Cell, int], worlds: Mapping[str, World]
) -> Edition:
    made = [World(worlds[q].blocks, label_of(theirs, q), worlds[q].domains) for q in quarters_of(theirs) if q in worlds]
    same = {cell: _today(period, theirs, cell) for cell in cells}
    return Edition(
        worlds=made,
        published={cell: row.count for cell, row in cells.items() if row.count is not None},
        untouched={
            then: today
            for then, today in same.items()
            if today is not None and turnover.get(today) == cells[then].turnover
        },
        withheld=frozenset(cell for cell, row in cells.items() if row.is_primary and row.count is None),
    )
