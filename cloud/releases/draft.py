"""What would leave: a quarter's or a year's numbers after disclosure control. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from cloud.cubes.cells import Cell, Table, table_of
from cloud.cubes.periods import is_year, label_of, labelled, quarters_of
from cloud.disclosure.editions import TOO_FEW, Cells, State, retell, tell
from cloud.disclosure.looks import Look
from cloud.disclosure.quarters import Quarter, joined
from cloud.disclosure.suppression import THRESHOLD
from tenants.anonymity import protected_width
from tenants.errors import DomainError

SUPPRESSION = "suppression"
DISTINCT: Cell = (("measure", "distinct"),)  # businesses of a year, each once; a quarter's total is that already


class Nothing(DomainError):
    """There is no count in this period."""


class Refused(DomainError):
    """Nothing may leave now: `few` have changed since it was told, `small` holds fewer than the threshold, `year` was
    told as one, so its quarters are not."""

    def __init__(self, why: str) -> None:
        self.why = why


@dataclass(frozen=True)
class Draft:
    """What would leave: every cell with its count, or None where it is withheld.

    `states`: what is told by it of each time that is told as one; it stays here. `cut`: tables that are left out.
    """

    period: str
    threshold: int
    cells: Cells
    method: str = SUPPRESSION
    states: Mapping[str, State] = field(default_factory=dict)
    cut: frozenset[Table] = frozenset()


def draft_of(period: str, read: Mapping[str, Quarter], told: Mapping[str, State], *, k: int = THRESHOLD) -> Draft:
    """The preview of a release: `this is what would leave`.

    `read`: every counted quarter of the year; `told`: what has been told so far of quarters and of the year.
    Raises: Nothing; Refused `small` or `year`.
    """
    mine = {quarter: read[quarter] for quarter in quarters_of(period) if quarter in read}
    if not mine:
        raise Nothing
    if is_year(period):
        return _draft_year(period, mine, told, k)
    if period[:4] in told:
        raise Refused("year")
    state = _told(mine[period], told.get(period), k)
    if state.cells == TOO_FEW:
        raise Refused("small")
    return Draft(period, k, state.cells, states={period: state}, cut=state.cut)


def _told(quarter: Quarter, before: State | None, k: int) -> State:
    """That there were too few is no number: the first one is still to come."""
    return tell(quarter, k) if before is None or before.cells == TOO_FEW else retell(quarter, before, k)


def _draft_year(year: str, mine: Mapping[str, Quarter], told: Mapping[str, State], k: int) -> Draft:
    """A year adds its quarters as they were told, so that it says nothing new; quarters that nobody has told yet are
    told with it, those of fewer than k are left out. A year of which no quarter was told is one time of its own."""
    if not told.keys() & mine.keys():
        state = _told(joined(mine.values()), told.get(year), k)
        if state.cells == TOO_FEW:
            raise Refused("small")
        distinct = _distinct(year, mine, state.cells[()], told, k)
        states = {year: state, f"{year}+": distinct}
        return Draft(year, k, {**state.cells, **distinct.cells}, states=states, cut=state.cut)
    states = {name: told[name] if name in told else tell(quarter, k) for name, quarter in mine.items()}
    states = {name: state for name, state in states.items() if state.cells != TOO_FEW}
    cells = add_quarters(year, states)
    distinct = _distinct(year, mine, cells[()] if states.keys() == mine.keys() else None, told, k)
    fresh = {name: state for name, state in states.items() if name not in told}
    return Draft(year, k, {**cells, **distinct.cells}, states={**fresh, f"{year}+": distinct})


def add_quarters(year: str, states: Mapping[str, State]) -> dict[Cell, int | None]:
    """Each quarter under its label, and their sums where every one is told. Months have no place in a year's sums."""
    cells: dict[Cell, int | None] = {}
    for name, state in states.items():
        cells |= {labelled(cell, label_of(year, name)): count for cell, count in state.cells.items()}
    tables = [{table_of(cell) for cell in state.cells} for state in states.values()]
    common = set.intersection(*tables)
    for cell in {one for state in states.values() for one in state.cells}:
        if table_of(cell) in common and "month" not in dict(cell):
            parts = [state.cells.get(cell, 0) for state in states.values()]
            cells[cell] = sum(part or 0 for part in parts) if _all_told(parts) else None
    return cells


def _distinct(year: str, mine: Mapping[str, Quarter], total: int | None, told: Mapping[str, State], k: int) -> State:
    firms = {name for quarter in mine.values() for name in quarter.firms}
    held = [[one.firms[name] for one in mine.values() if name in one.firms] for name in sorted(firms)]
    again_of = [sum(share.cells.get((), 0) - share.new for share in shares) for shares in held]
    news = sum(quarter.new for quarter in mine.values())
    return tell_distinct(news, total, told.get(f"{year}+"), k, again_of)


def _all_told(parts: Sequence[int | None]) -> bool:
    return None not in parts


def tell_distinct(
    distinct: int, total: int | None, before: State | None, k: int, again_of: Collection[int] = ()
) -> State:
    """Businesses of a year, each once; None where the total is withheld, or where too few would be told of: the
    difference to the total is those that came again. It stays as it was told until it has changed by k since then, and
    since somebody last looked; what was withheld stays withheld. `again_of`: those of each firm, which it knows."""
    told = None if before is None else before.cells[DISTINCT]
    if before is not None and (told is None or abs(distinct - before.seen.cells[DISTINCT]) < 2 * k):
        return before
    again = None if total is None else total - distinct
    is_told = distinct >= k and again is not None and (again == 0 or _is_of_many(again, again_of, k))
    if not is_told or (told is not None and abs(distinct - told) < k):
        return State({DISTINCT: told}, seen=Look({DISTINCT: distinct}))
    return State({DISTINCT: distinct}, seen=Look({DISTINCT: distinct}))


def _is_of_many(count: int, own: Collection[int], k: int) -> bool:
    return count >= k and not any(0 < count - mine < protected_width(k) for mine in own)
