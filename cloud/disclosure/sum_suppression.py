"""The sums of one time as cells: told where the number of businesses is, and again when enough stand behind the change.
Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from cloud.cubes.cells import Cell
from cloud.disclosure.dominance import Amount, find_unsafe, gives_away, is_dominated, pooled, protect_amounts

Amounts = Mapping[str, Mapping[str, Amount]]  # measure → district → sum
Told = Mapping[Cell, int | None]


def sum_cell(measure: str, district: str | None) -> Cell:
    return (("measure", measure),) if district is None else (("district", district), ("measure", measure))


def is_sum(cell: Cell) -> bool:
    return any(name == "measure" for name, _ in cell)


def tell_sums(amounts: Amounts, cells: Told, k: int) -> dict[Cell, int | None]:
    """Every sum, None where it is withheld. `cells`: the counts as they go out."""
    shown: dict[Cell, int | None] = {}
    for measure, districts in amounts.items():
        shown |= _tell_measure(measure, districts, cells, k)
    return shown


def _tell_measure(measure: str, amounts: Mapping[str, Amount], cells: Told, k: int) -> dict[Cell, int | None]:
    everything = pooled(list(amounts.values()))
    is_whole = cells.get(()) is not None and not gives_away(everything, k)
    whole: dict[Cell, int | None] = {sum_cell(measure, None): everything.total if is_whole else None}
    counted = {district for district in amounts if cells.get((("district", district),)) is not None}
    if not counted:
        return whole
    unsafe = find_unsafe(amounts, k=k, counted=counted)
    hidden = protect_amounts(amounts, unsafe, k=k) if is_whole else unsafe
    if hidden is None:
        hidden, whole = unsafe, {sum_cell(measure, None): None}
    return {**{sum_cell(measure, d): None if d in hidden else amounts[d].total for d in amounts}, **whole}


@dataclass(frozen=True)
class ToldSums:
    """What was told before, how many businesses stood behind each sum then, and how much of it was each firm's."""

    cells: Told
    behind: Mapping[Cell, int]
    firms: Mapping[str, Mapping[Cell, int]]


def behind_of(amounts: Amounts, firm: str | None = None) -> dict[Cell, int]:
    """How many businesses stand behind each sum, or how many of one firm."""
    return {cell: amount.businesses for cell, amount in _parts(amounts, firm)}


def totals_of(amounts: Amounts, firm: str) -> dict[Cell, int]:
    """How much of each sum is a firm's."""
    return {cell: amount.total for cell, amount in _parts(amounts, firm)}


def _parts(amounts: Amounts, firm: str | None) -> Iterator[tuple[Cell, Amount]]:
    for measure, districts in amounts.items():
        for district, amount in [*districts.items(), (None, pooled(list(districts.values())))]:
            part = amount if firm is None else amount.firms.get(firm)
            if part is not None:
                yield sum_cell(measure, district), part


def retell_sums(amounts: Amounts, before: ToldSums, crowds: Collection[Cell], k: int) -> dict[Cell, int | None]:
    """The sums that are told anew: of a measure all that were told, or the city's alone, or none."""
    anew: dict[Cell, int | None] = {}
    for measure, districts in amounts.items():
        whole = sum_cell(measure, None)
        now = {sum_cell(measure, district): amount for district, amount in districts.items()}
        now[whole] = pooled(list(districts.values()))
        now = {cell: amount for cell, amount in now.items() if before.cells.get(cell) is not None}
        city = {cell: amount for cell, amount in now.items() if cell == whole}
        for some in (now, city) if whole in crowds else ():
            if some and all(_may_move(cell, amount, before, k) for cell, amount in some.items()):
                anew |= {cell: amount.total for cell, amount in some.items()}
                break
    return anew


def _may_move(cell: Cell, amount: Amount, before: ToldSums, k: int) -> bool:
    """Whether enough businesses more stand behind it, and none dominates the change, for any firm beside its own."""
    change = amount.total - (before.cells.get(cell) or 0)
    if amount.businesses - before.behind.get(cell, 0) < k or change <= 0 or gives_away(amount, k):
        return False
    names = amount.firms.keys() | {name for name, own in before.firms.items() if cell in own}
    sides = [(amount, change)]
    for name in names if len(names) > 1 else ():
        part = amount.firms.get(name)
        own = (part.total if part else 0) - before.firms.get(name, {}).get(cell, 0)
        sides += [(amount.without(name), change - own)] if own else []
    return not any(is_dominated(side.largest, total=total) for side, total in sides)
