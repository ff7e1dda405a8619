"""The door to HiGHS: what an attacker can prove of a hidden cell, and what must hide with it."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from cloud.cubes.cells import Cell
from cloud.disclosure.attack_model import Edition, Layout, World
from tenants.lazy_imports import lazily

if TYPE_CHECKING:
    import highspy
    import numpy as np
else:
    highspy, np = lazily("highspy"), lazily("numpy")

_EPSILON = 1e-6
_FIXED_COST = 1.0
_INF = float("inf")
_PRIMAL = 4
_ROOM = 1000.0  # nobody takes a hidden count for more than this many times the largest published one


class Attack:
    """Every published number as an equation; answers how far a hidden cell could still be anything.

    Each solution is a city that agrees with all that was published. The range of a cell over the solutions so far
    is possible for certain, so most cells need no solving of their own.
    """

    def __init__(
        self, worlds: Sequence[World], cells: Mapping[Cell, int], hidden: AbstractSet[Cell], past: Sequence[Edition]
    ) -> None:
        layout = Layout(worlds)
        self._members = {(0, cell): lists for cell, lists in layout.members.items()}
        published = {(0, cell): count for cell, count in cells.items() if cell not in hidden}
        rows, count = _Rows(), len(layout.truth)
        _add_links(rows, layout, layout.members)
        for number, edition in enumerate(past, start=1):
            old = Layout(edition.worlds, first=count)
            count += len(old.truth)
            self._members |= {(number, cell): lists for cell, lists in old.members.items()}
            published |= {(number, cell): value for cell, value in edition.published.items() if cell in old.members}
            _add_links(rows, old, old.members)
            for then, today in edition.untouched.items():
                if then in old.members and today in layout.members:
                    rows.add([(old.members[then][0], 1.0), (layout.members[today][0], -1.0)], 0.0, 0.0)
        for name, lists in self._members.items():
            for other in lists[1:]:
                rows.add([(lists[0], 1.0), (other, -1.0)], 0.0, 0.0)
            if name in published:
                rows.add([(lists[0], 1.0)], published[name], published[name])
        self._count = count
        most = _ROOM * (1.0 + max(published.values(), default=0))
        self._solver = _solver(rows, np.zeros(count), np.zeros(count), np.full(count, most))
        self._solver.setOptionValue("simplex_strategy", _PRIMAL)  # only costs change: every basis stays feasible

    def open_cells(
        self, wanted: Iterable[tuple[int, Cell]], width: float
    ) -> dict[tuple[int, Cell], tuple[float, float]]:
        """Of the wanted cells (number of edition, 0 for today) those narrower than `width`, with what is proved."""
        waiting = {name: self._members[name][0] for name in wanted if name in self._members}
        lows, highs = dict.fromkeys(waiting, np.inf), dict.fromkeys(waiting, -np.inf)
        found = {}
        for name, members in list(waiting.items()):
            if name not in waiting:
                continue
            bounds = []
            for sign in (1.0, -1.0):
                costs = np.zeros(self._count)
                costs[members] = sign
                value, solution = self._extreme(costs)
                bounds.append(sign * value)
                for other, columns in list(waiting.items()):
                    total = float(solution[columns].sum())
                    lows[other], highs[other] = min(lows[other], total), max(highs[other], total)
                    if highs[other] - lows[other] >= width:
                        del waiting[other]
                if name not in waiting:
                    break
            if waiting.pop(name, None) is not None and bounds[1] - bounds[0] < width - _EPSILON:
                found[name] = (bounds[0], bounds[1])
        return found

    def _extreme(self, costs: "np.ndarray") -> "tuple[float, np.ndarray]":
        """The least of the costs, and where it is reached."""
        self._solver.changeColsCost(self._count, np.arange(self._count, dtype=np.int32), costs)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the audit has no answer: {self._solver.getModelStatus()}")
        return float(self._solver.getInfo().objective_function_value), np.array(self._solver.getSolution().col_value)


class Cover:
    """Chooses which cells hide the primary ones at the least loss of published count.

    The unknowns are moved away from the truth; a published cell that moves has to be hidden. `fixed` cells are
    known to everybody already and cannot hide anything.
    """

    def __init__(self, worlds: Sequence[World], cells: Mapping[Cell, int], fixed: AbstractSet[Cell]) -> None:
        layout = Layout(worlds)
        self._order = [cell for cell in cells if cell in layout.members]
        self._place = {cell: place for place, cell in enumerate(self._order)}
        self._members = layout.members
        truth = np.array(layout.truth)
        self._count, moves = len(truth), len(self._order)
        rows = _Rows()
        self._first_row = len(rows.low)
        for cell in self._order:  # the move of each cell, in a row of its own
            column = self._count + self._place[cell]
            rows.add([(layout.members[cell][0], 1.0), ([column], -1.0)], -_INF, 0.0)
            rows.add([(layout.members[cell][0], 1.0), ([column], 1.0)], 0.0, _INF)
        self._target = len(rows.low)
        for cell in self._order:
            rows.add([(layout.members[cell][0], 1.0)], -_INF, _INF)
        for lists in layout.members.values():
            for other in lists[1:]:
                rows.add([(lists[0], 1.0), (other, -1.0)], 0.0, 0.0)
        _add_links(rows, layout, layout.members, truth)
        costs = np.concatenate([np.zeros(self._count), [cells[cell] + _FIXED_COST for cell in self._order]])
        low = np.concatenate([-truth, np.zeros(moves)])
        high = np.concatenate([np.full(self._count, _INF), [0.0 if cell in fixed else _INF for cell in self._order]])
        self._solver = _solver(rows, costs, low, high)
        self._low = {cell: 0.0 for cell in self._order}
        self._high = {cell: 0.0 for cell in self._order}

    def hide(self, cells: Iterable[Cell]) -> None:
        """These are hidden already: moving them costs nothing."""
        for cell in cells:
            column = self._count + self._place[cell]
            self._solver.changeColCost(column, 0.0)
            self._solver.changeColBounds(column, 0.0, _INF)

    def is_covered(self, cell: Cell, width: float) -> bool:
        """Whether the moves found so far leave the cell wide enough."""
        return self._high[cell] - self._low[cell] >= width - _EPSILON

    def cover(self, cell: Cell, width: float) -> set[Cell]:
        """Further cells to hide so that this one could as well be `width` larger, or, where it is all there is,
        smaller; none when it cannot be."""
        solution = self._move(cell, width, _INF)
        if solution is None:
            solution = self._move(cell, -_INF, -width)
        if solution is None:
            return set()
        moved = set()
        for one in self._order:
            move = float(solution[self._members[one][0]].sum())
            self._low[one], self._high[one] = min(self._low[one], move), max(self._high[one], move)
            if abs(move) > _EPSILON:
                moved.add(one)
        self.hide(moved)
        return moved

    def _move(self, cell: Cell, low: float, high: float) -> "np.ndarray | None":
        """The cheapest moves with which this cell moves so far."""
        row = self._target + self._place[cell]
        self._solver.changeRowBounds(row, low, high)
        self._solver.run()
        is_solved = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        solution = np.array(self._solver.getSolution().col_value) if is_solved else None
        self._solver.changeRowBounds(row, -_INF, _INF)
        return solution


def _add_links(
    rows: "_Rows", layout: Layout, members: Mapping[Cell, list[list[int]]], truth: "np.ndarray | None" = None
) -> None:
    """small ≤ sum of the big ones; for moves away from the truth, by as much as the truth leaves."""
    for small, bigs in layout.links:
        small_columns = members[small][0]
        big_columns = [column for big in bigs for column in members[big][0]]
        slack = 0.0 if truth is None else float(truth[big_columns].sum() - truth[small_columns].sum())
        rows.add([(small_columns, 1.0), (big_columns, -1.0)], -_INF, slack)


class _Rows:
    """Rows of a sparse matrix, in the form that HiGHS takes."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.starts: list[int] = [0]
        self.columns: list[int] = []
        self.values: list[float] = []

    def add(self, terms: Iterable[tuple[list[int], float]], low: float, high: float) -> None:
        for columns, value in terms:
            self.columns += columns
            self.values += [value] * len(columns)
        self.starts.append(len(self.columns))
        self.low.append(low)
        self.high.append(high)


def _solver(rows: _Rows, costs: "np.ndarray", low: "np.ndarray", high: "np.ndarray") -> "highspy._core._Highs":
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(costs), len(rows.low)
    model.col_cost_, model.col_lower_, model.col_upper_ = costs, low, high
    model.row_lower_, model.row_upper_ = np.array(rows.low), np.array(rows.high)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(rows.starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(rows.columns, dtype=np.int32)
    model.a_matrix_.value_ = np.array(rows.values)
    solver = highspy._core._Highs()  # the bare binding: the class around it prints a banner before it can be silenced
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(model)
    return solver
