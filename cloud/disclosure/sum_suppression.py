"""The sums of one quarter as cells, under the same layer as the counts."""

from collections.abc import Mapping

from cloud.cubes.cells import Cell
from cloud.disclosure.attack_model import labelled
from cloud.disclosure.dominance import Amount, find_unsafe, gives_away, pooled, protect_amounts
from cloud.disclosure.quarters import Quarter
from cloud.disclosure.suppression import Past


def sum_cell(measure: str, district: str | None, label: Cell = ()) -> Cell:
    cell: Cell = (("measure", measure),) if district is None else (("district", district), ("measure", measure))
    return labelled(cell, label)


def sum_turnover(quarter: Quarter) -> dict[Cell, int]:
    """How many businesses have moved each sum so far, without a label."""
    moved: dict[Cell, int] = {}
    for measure, amounts in quarter.amounts.items():
        moved |= {sum_cell(measure, district): amount.turnover for district, amount in amounts.items()}
        moved[sum_cell(measure, None)] = sum(amount.turnover for amount in amounts.values())
    return moved


def protect_sums(
    measure: str,
    amounts: Mapping[str, Amount],
    *,
    label: Cell,
    cells: Mapping[Cell, int | None],
    past: Past,
    k: int,
) -> dict[Cell, int | None] | None:
    """Every sum of a measure, None where it is withheld; None for all when earlier editions leave no safe way.

    `cells`: the counts as they go out: where they are withheld, no sum is told.
    """
    named = {district: sum_cell(measure, district, label) for district in amounts}
    whole, everything = sum_cell(measure, None, label), pooled(list(amounts.values()))
    known = {district for district, cell in named.items() if cell in past.known}
    unsafe = find_unsafe(
        amounts,
        k=k,
        counted={d for d in amounts if cells.get(labelled((("district", d),), label)) is not None},
        close={district for district, cell in named.items() if cell in past.close},
    )
    is_whole = cells.get(label) is not None and not gives_away(everything, k) and whole not in past.close
    hidden = protect_amounts(amounts, unsafe - known, k=k, known=known) if is_whole else unsafe - known
    if hidden is None:
        hidden, is_whole = unsafe - known, False
    if not is_whole and whole in past.known:
        return None
    shown: dict[Cell, int | None] = {named[d]: None if d in hidden else amounts[d].total for d in amounts}
    return {**shown, whole: everything.total if is_whole else None}
