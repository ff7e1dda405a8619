"""What is told of one time, first and again: the numbers, and why no later edition says more than it should. Pure.

A number stays as it was told until it has changed by at least k businesses, and not mainly through one firm, with a
crowd of them since somebody last looked; what was withheld stays withheld. So neither a changed number nor the pattern
of what is withheld depends on a single business.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from cloud.cubes.cells import Cell, Table, table_of
from cloud.disclosure.insiders import find_insiders
from cloud.disclosure.linear_audit import Cities, Room
from cloud.disclosure.looks import Look, find_crowds, look
from cloud.disclosure.quarters import Quarter
from cloud.disclosure.sum_suppression import ToldSums, behind_of, is_sum, retell_sums, tell_sums, totals_of
from cloud.disclosure.suppression import find_primary, protect, prove
from tenants.anonymity import protected_width

Cells = Mapping[Cell, int | None]
TOO_FEW: Cells = {(): None}  # of a time of fewer than k businesses nothing is told but that


@dataclass(frozen=True)
class State:
    """What has been told of one time so far, None where it is withheld.

    `firms`: how much of each number was each firm's when it was told; `behind`: how many stood behind each sum.
    `cut`: tables that were left out because no safe way to tell them was found. `seen`: what there was to see when
    somebody last looked, whether or not a number moved.
    """

    cells: Cells
    firms: Mapping[str, Mapping[Cell, int]] = field(default_factory=dict)
    behind: Mapping[Cell, int] = field(default_factory=dict)
    cut: frozenset[Table] = frozenset()
    seen: Look = field(default_factory=Look)


def dense_cells(cells: Mapping[Cell, int], k: int) -> dict[Cell, int]:
    """The cells of tables with k businesses and more to a cell in the mean, half as many where they are not crossed:
    which these are the total tells."""
    many = Counter(tuple(name for name, _ in cell) for cell in cells)
    least = {table: size * (k if len(table) > 1 else protected_width(k)) for table, size in many.items()}
    return {cell: n for cell, n in cells.items() if cells[()] >= least[tuple(name for name, _ in cell)] or not cell}


def tell(quarter: Quarter, k: int) -> State:
    """The first edition; tables that cannot be told safely are left out, the finest first, at last all but a total."""
    now = quarter.world.cells()
    if now[()] < k:
        return State(TOO_FEW)
    cells, cut = dense_cells(now, k), set[Table]()
    while (verdict := protect(quarter, cells, k=k)).open:
        failing = {table_of(cell) for cell in verdict.open}
        finest = max(map(len, failing))
        cut |= {table for table in failing if len(table) == finest}
        cells = {cell: count for cell, count in cells.items() if table_of(cell) not in cut}
    told: dict[Cell, int | None] = {cell: None if cell in verdict.hidden else n for cell, n in cells.items()}
    told |= tell_sums(quarter.amounts, told, k)
    return _state(told, quarter, State({}), frozenset(told), _look_at(quarter, told), frozenset(cut))


def retell(quarter: Quarter, state: State, k: int) -> State:
    """A later edition; the same as the one before while too little has changed."""
    now = dict(quarter.world.cells())
    tables = {table_of(cell) for cell in state.cells}
    now = {cell: count for cell, count in now.items() if table_of(cell) in tables}
    now |= {cell: 0 for cell in state.cells if cell not in now and not is_sum(cell)}
    here = _look_at(quarter, now)
    crowds = find_crowds(here, state.seen, k, protected_width(k))
    moved = frozenset(cell for cell in _moved(now, quarter, state, k) if crowds.get(cell))
    for wish in (moved, moved & {()}):
        moved = _safe_to_move(now, quarter, state, wish, k)
        if moved:
            break
    told = {**state.cells, **{cell: now[cell] for cell in moved}}
    before = ToldSums(state.cells, state.behind, state.firms)
    sums = retell_sums(quarter.amounts, before, crowds, k)
    return _state({**told, **sums}, quarter, state, moved | sums.keys(), look(here, state.seen, crowds), state.cut)


def _look_at(quarter: Quarter, cells: Collection[Cell]) -> Look:
    """What there is to see of these cells, and behind the sums."""
    everybody = {**quarter.world.cells(), **behind_of(quarter.amounts)}
    firms = {name: {**share.cells, **behind_of(quarter.amounts, name)} for name, share in quarter.firms.items()}
    kept = {cell for cell in everybody if cell in cells or is_sum(cell)}
    return Look(
        {cell: n for cell, n in everybody.items() if cell in kept},
        {name: {cell: n for cell, n in own.items() if cell in kept} for name, own in firms.items()},
    )


def _state(
    told: Cells, quarter: Quarter, before: State, moved: frozenset[Cell], seen: Look, cut: frozenset[Table]
) -> State:
    """With what each firm had in the numbers that moved, and still has in those that did not."""
    stays = [cell for cell in told if cell not in moved]
    names = before.firms.keys() | quarter.firms.keys()
    firms = {}
    for name in sorted(names):
        then, share = before.firms.get(name, {}), quarter.firms.get(name)
        own = {cell: then[cell] for cell in stays if cell in then}
        if share is not None:
            mine = {**share.cells, **totals_of(quarter.amounts, name)}
            own |= {cell: mine[cell] for cell in moved if told[cell] is not None and cell in mine}
        firms[name] = own
    behind = {**before.behind, **{c: n for c, n in behind_of(quarter.amounts).items() if c in moved}}
    return State(told, firms, behind, cut, seen)


def _moved(now: Mapping[Cell, int], quarter: Quarter, state: State, k: int) -> frozenset[Cell]:
    """Numbers told before that have changed enough, and that may be told as they are now."""
    unsafe = find_primary(now, k) | find_insiders(now, quarter.firms.values(), protected_width(k))
    return frozenset(
        cell
        for cell, count in now.items()
        if cell not in unsafe
        and (before := state.cells.get(cell, 0)) is not None
        and abs(count - before) >= k
        and _is_of_many(cell, count - before, quarter, state, protected_width(k))
    )


def _is_of_many(cell: Cell, change: int, quarter: Quarter, state: State, width: int) -> bool:
    """Whether no firm, taking away how much it changed itself, is left with a few of the others'."""
    names = quarter.firms.keys() | state.firms.keys()
    if len(names) < 2:
        return True
    for name in names:
        share = quarter.firms.get(name)
        own = (share.cells.get(cell, 0) if share else 0) - state.firms.get(name, {}).get(cell, 0)
        if own and abs(change - own) < width:
            return False
    return True


def _safe_to_move(
    now: Mapping[Cell, int], quarter: Quarter, state: State, wish: frozenset[Cell], k: int
) -> frozenset[Cell]:
    """Those of the numbers that can be told anew without giving away how the others have changed."""
    if not wish:
        return wish
    stay = [cell for cell in now if cell not in wish]
    told = {cell: n for cell in stay if (n := state.cells.get(cell, 0)) is not None}
    wanted = {cell for cell, before in told.items() if now[cell] != before}
    wanted |= {cell for cell in find_primary(now, k) if cell not in wish}
    if not wanted:
        return wish
    cities = Cities(quarter.world, hidden=stay, others=wish, fixed=[], width=protected_width(k))
    verdict = prove(cities, quarter, wanted, _room(now, told, k), now)
    return frozenset() if verdict.open else wish - verdict.hidden


def _room(now: Mapping[Cell, int], told: Mapping[Cell, int], k: int) -> dict[Cell, Room]:
    """Who knows the rule knows that what stays as it was told has changed by less than k; who knows the threshold,
    that what is withheld is less."""
    room = {
        cell: (before - k + 1 - now[cell], before + k - 1 - now[cell])
        for cell, before in told.items()
        if abs(now[cell] - before) < k
    }
    return room | {cell: (1 - n, k - 1 - n) for cell, n in now.items() if cell not in told and 0 < n < k}
