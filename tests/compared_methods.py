"""What our way of withholding keeps of a city, beside row and column suppression and beside the cell key method."""

from collections.abc import Iterable
from dataclasses import dataclass

from cloud.disclosure.editions import dense_cells, tell
from cloud.disclosure.suppression import find_primary
from tests.attacked_cities import City


@dataclass(frozen=True)
class Compared:
    """Shares over the cities: cells and counts that are told; small cells that the cell key method gives to two."""

    ours_cells: float
    ours_counts: float
    plain_cells: float
    plain_counts: float
    key_known: float


def make_city(seed, many=None):
    city = City(seed)
    city.come("2026-Q1", many or city.rng.choice((60, 200, 600)))
    return city.quarters()["2026-Q1"]


def plain_suppression(cells, k=10):
    """What a table-by-table clerk does: in each row and column with one hidden cell, hide the smallest other one."""
    hidden = set(find_primary(cells, k))
    lines = {}
    for cell in cells:
        for name, _ in cell:
            total = tuple(part for part in cell if part[0] != name)
            if total in cells:
                lines.setdefault((total, name), []).append(cell)
    changed = True
    while changed:
        changed = False
        for (total, _), inside in lines.items():
            gone = [cell for cell in inside if cell in hidden]
            others = [cell for cell in inside if cell not in hidden]
            if len(gone) == 1 and total not in hidden and others:
                hidden.add(min(others, key=lambda cell: (cells[cell] == 0, cells[cell], cell)))
                changed = True
    return hidden


def kept(cells, hidden):
    """(share of non-zero cells published, share of the count published)"""
    counted = [cell for cell, count in cells.items() if count]
    shown = [cell for cell in counted if cell not in hidden]
    return len(shown) / len(counted), sum(cells[c] for c in shown) / sum(cells[c] for c in counted)


def cell_key_method(cells, seed):
    """Consistent small noise per cell, up to two, and none on zero: what an office for statistics would do instead."""
    noise = {cell: City((seed, cell).__repr__()).rng.choice((-2, -1, 0, 1, 2)) for cell in cells}
    return {cell: max(0, count + noise[cell]) if count else 0 for cell, count in cells.items()}


def compare(seeds: Iterable[int]) -> Compared:
    """The mean over these cities, one quarter of each."""
    ours, plain, known = [], [], []
    for seed in seeds:
        quarter = make_city(seed)
        cells = dense_cells(quarter.world.cells(), 10)
        told = tell(quarter, 10).cells
        ours.append(kept(cells, {cell for cell in cells if told.get(cell) is None}))
        plain.append(kept(cells, plain_suppression(cells)))
        keyed = cell_key_method(cells, seed)
        known.append(sum(0 < cells[c] < 10 and abs(keyed[c] - cells[c]) < 3 for c in cells) / len(cells))
    mean = [sum(one[i] for one in shares) / len(shares) for shares in (ours, plain) for i in (0, 1)]
    return Compared(*mean, sum(known) / len(known))
