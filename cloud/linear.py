"""The door to HiGHS: what an attacker can prove of a hidden cell, and what must hide with it."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import highspy
import numpy as np

from cloud.cells import Block, Cell, cell_of

_EPSILON = 1e-6
_FIXED_COST = 1.0


class Program:
    """The counts of every block as unknowns, tied together by the cells that are published."""

    def __init__(self, blocks: Sequence[Block], cells: Mapping[Cell, int]) -> None:
        self._cells = cells
        self._truth: list[float] = []
        # cell → one list of unknowns per block that has the cell's dimensions; their sums are the same number
        self._members: dict[Cell, list[list[int]]] = {cell: [] for cell in cells}
        parts = {tuple(name for name, _ in cell) for cell in cells}
        for block in blocks:
            self._add_block(block, [part for part in parts if set(part) <= set(block.dimensions)])
        self._hidden: AbstractSet[Cell] | None = None
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]

    def _add_block(self, block: Block, parts: Iterable[tuple[str, ...]]) -> None:
        sums: dict[Cell, list[int]] = {}
        for key in block.combinations():
            index = len(self._truth)
            self._truth.append(float(block.counts.get(key, 0)))
            for part in parts:
                sums.setdefault(cell_of(block.dimensions, key, part), []).append(index)
        for cell, members in sums.items():
            self._members[cell].append(members)

    def bounds(self, cell: Cell, hidden: AbstractSet[Cell]) -> tuple[float, float]:
        """The least and the most that the published cells leave possible."""
        self._load(hidden)
        members = self._members[cell][0]
        costs = np.zeros(len(self._truth))
        costs[members] = 1.0
        return self._extreme(costs), -self._extreme(-costs)

    def _load(self, hidden: AbstractSet[Cell]) -> None:
        """Pass the attacker's knowledge, once per set of hidden cells."""
        if self._hidden is not None and self._hidden == hidden:
            return
        self._hidden = frozenset(hidden)
        rows = _Rows()
        for cell, parts in self._members.items():
            if cell in hidden:
                for other in parts[1:]:
                    rows.add([(parts[0], 1.0), (other, -1.0)], 0.0, 0.0)
            else:
                for part in parts:
                    rows.add([(part, 1.0)], self._cells[cell], self._cells[cell])
        count = len(self._truth)
        self._solver = _solver(rows, np.zeros(count), np.zeros(count), np.full(count, highspy.kHighsInf))

    def _extreme(self, costs: np.ndarray) -> float:
        count = len(costs)
        self._solver.changeColsCost(count, np.arange(count, dtype=np.int32), costs)
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kUnbounded:
            return -highspy.kHighsInf
        return float(self._solver.getInfo().objective_function_value)

    def cheapest_cover(self, cell: Cell, hidden: AbstractSet[Cell], width: int) -> set[Cell]:
        """More cells to hide so that this one could as well be `width` larger: the least count that is lost.

        The unknowns are moved away from the truth; a published cell that moves has to be hidden.
        """
        count = len(self._truth)
        movable = [one for one in self._cells if one not in hidden and one != ()]
        rows = _Rows()
        for parts in self._members.values():
            for other in parts[1:]:
                rows.add([(parts[0], 1.0), (other, -1.0)], 0.0, 0.0)
        rows.add([(self._members[()][0], 1.0)], 0.0, 0.0)
        rows.add([(self._members[cell][0], 1.0)], width, highspy.kHighsInf)
        for place, one in enumerate(movable):
            moved = self._members[one][0]
            rows.add([(moved, 1.0), ([count + place], -1.0)], -highspy.kHighsInf, 0.0)
            rows.add([(moved, -1.0), ([count + place], -1.0)], -highspy.kHighsInf, 0.0)
        costs = np.concatenate([np.zeros(count), [self._cells[one] + _FIXED_COST for one in movable]])
        low = np.concatenate([-np.array(self._truth), np.zeros(len(movable))])
        solver = _solver(rows, costs, low, np.full(len(costs), highspy.kHighsInf))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return set()
        moves = solver.getSolution().col_value[count:]
        return {one for one, move in zip(movable, moves, strict=True) if move > _EPSILON}


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


def _solver(rows: _Rows, costs: np.ndarray, low: np.ndarray, high: np.ndarray) -> highspy.Highs:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(costs), len(rows.low)
    model.col_cost_, model.col_lower_, model.col_upper_ = costs, low, high
    model.row_lower_, model.row_upper_ = np.array(rows.low), np.array(rows.high)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(rows.starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(rows.columns, dtype=np.int32)
    model.a_matrix_.value_ = np.array(rows.values)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.passModel(model)
    return solver
