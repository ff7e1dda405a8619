"""What would leave: a quarter's or a year's numbers after disclosure control. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cloud.cubes.cells import Cell
from cloud.cubes.periods import label_of, quarters_of
from cloud.disclosure.attack_model import World, all_cells, labelled
from cloud.disclosure.earlier_releases import Release, past_of
from cloud.disclosure.quarters import Quarter
from cloud.disclosure.sum_suppression import protect_sums, sum_turnover
from cloud.disclosure.suppression import THRESHOLD, Past, protect
from tenants.errors import DomainError

SUPPRESSION = "suppression"
DISTINCT: Cell = (("measure", "distinct"),)  # businesses of a year, each once; a quarter's total is that already
Bounds = Mapping[Cell, tuple[float, float]]


class Unsafe(DomainError):
    """The audit found cells that could be narrowed down; nothing was published."""

    def __init__(self, cells: Bounds) -> None:
        self.cells = cells


class Nothing(DomainError):
    """There is no count in this period."""


@dataclass(frozen=True)
class Draft:
    """What would leave: every cell with its count, or None where it is withheld; `turnover` and `primary` stay here."""

    period: str
    threshold: int
    cells: Mapping[Cell, int | None]
    turnover: Mapping[Cell, int]
    primary: frozenset[Cell]
    method: str = SUPPRESSION


def draft_of(period: str, read: Mapping[str, Quarter], told: Sequence[Release], *, k: int = THRESHOLD) -> Draft:
    """The preview of a release: `this is what would leave`.

    `read`: every counted quarter of the year; `told`: the earlier releases with numbers of this period, oldest first.
    Raises: Nothing, Unsafe.
    """
    mine = {quarter: read[quarter] for quarter in quarters_of(period) if quarter in read}
    if not mine:
        raise Nothing
    worlds = [World(q.world.blocks, label_of(period, name), q.world.domains) for name, q in mine.items()]
    turnover = _turnover(period, worlds, mine)
    bare = {name: quarter.world for name, quarter in read.items()}
    past = past_of(period, told, k=k, turnover=turnover, worlds=bare)
    verdict = protect(worlds, k=k, past=past)
    if verdict.open:
        raise Unsafe(verdict.open)
    counts = all_cells(worlds)
    cells: dict[Cell, int | None] = {cell: None if cell in verdict.hidden else n for cell, n in counts.items()}
    sums = dict(_sums(period, mine, cells, past, k))
    if worlds[0].label:
        sums[DISTINCT] = tell_distinct(mine, cells[()], past, k)
    hidden = {cell for cell, total in sums.items() if total is None}
    return Draft(period, k, {**cells, **sums}, turnover, verdict.primary | hidden)


def _turnover(period: str, worlds: list[World], mine: Mapping[str, Quarter]) -> dict[Cell, int]:
    """How many businesses have moved each cell so far; of a year, in all its quarters together."""
    moved: dict[Cell, int] = {}
    for name, quarter in mine.items():
        held = {**quarter.turnover, **sum_turnover(quarter)}
        moved |= {labelled(cell, label_of(period, name)): times for cell, times in held.items()}
    if worlds[0].label:
        for cell in [*all_cells(worlds), *{c for q in mine.values() for c in sum_turnover(q)}]:
            if "quarter" not in dict(cell):
                moved[cell] = sum(moved.get(labelled(cell, world.label), 0) for world in worlds)
        moved[DISTINCT] = sum(quarter.new_turnover for quarter in mine.values())
    return moved


def tell_distinct(mine: Mapping[str, Quarter], total: int | None, past: Past, k: int) -> int | None:
    """Businesses of a year, each once; None where the total is withheld, or where fewer than k would be told of:
    the difference to the total is those that came again."""
    distinct = sum(quarter.new for quarter in mine.values())
    again = None if total is None else total - distinct
    is_told = DISTINCT in past.known or DISTINCT not in past.close
    return distinct if is_told and distinct >= k and again is not None and (again == 0 or again >= k) else None


def _sums(
    period: str, mine: Mapping[str, Quarter], cells: Mapping[Cell, int | None], past: Past, k: int
) -> dict[Cell, int | None]:
    """The sums of each quarter, and of a year where every quarter's is published: that tells nothing new."""
    shown: dict[Cell, int | None] = {}
    labels = [label_of(period, name) for name in mine]
    for label, quarter in zip(labels, mine.values(), strict=True):
        for measure, amounts in quarter.amounts.items():
            found = protect_sums(measure, amounts, label=label, cells=cells, past=past, k=k)
            if found is None:
                raise Unsafe({labelled((("measure", measure),), label): (0.0, 0.0)})
            shown |= found
    return shown | (_year_sums(labels, shown) if labels[0] else {})


def _year_sums(labels: list[Cell], shown: Mapping[Cell, int | None]) -> dict[Cell, int | None]:
    year: dict[Cell, int | None] = {}
    for cell in {tuple(pair for pair in cell if pair[0] != "quarter") for cell in shown}:
        parts = [shown[one] for label in labels if (one := labelled(cell, label)) in shown]
        known = [part for part in parts if part is not None]
        year[cell] = sum(known) if len(known) == len(parts) else None
    return year
