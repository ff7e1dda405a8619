"""The sums of one time as cells: told where the number of businesses is, and again when enough stand behind the change.
Pure."""

from collections.abc import Mapping

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


def behind_of(amounts: Amounts) -> dict[Cell, int]:
    """How many businesses stand behind each sum."""
    behind: dict[Cell, int] = {}
    for measure, districts in amounts.items():
        behind |= {sum_cell(measure, district): amount.businesses for district, amount in districts.items()}
        behind[sum_cell(measure, None)] = sum(amount.businesses for amount in districts.values())
    return behind


def retell_sums(
    amounts: Amounts, cells: Told, before: Told, behind: Mapping[Cell, int], k: int
) -> dict[Cell, int | None]:
    """The sums that are told anew: of a measure all that were told, or the city's alone, or none."""
    anew: dict[Cell, int | None] = {}
    for measure, districts in amounts.items():
        now = {sum_cell(measure, district): amount for district, amount in districts.items()}
        now = {cell: amount for cell, amount in now.items() if before.get(cell) is not None}
        whole = sum_cell(measure, None)
        city = {whole: pooled(list(districts.values()))} if before.get(whole) is not None else {}
        for some in ({**now, **city}, city):
            if some and len(some) >= len(city) and all(_may_move(c, a, before, behind, k) for c, a in some.items()):
                anew |= {cell: amount.total for cell, amount in some.items()}
                break
    return anew


def _may_move(cell: Cell, amount: Amount, before: Told, behind: Mapping[Cell, int], k: int) -> bool:
    change = amount.total - (before.get(cell) or 0)
    return (
        amount.businesses - behind.get(cell, 0) >= k
        and change > 0
        and not gives_away(amount, k)
        and not is_dominated(amount.largest, total=change)
    )
