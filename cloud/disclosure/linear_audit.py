"""The door to HiGHS: other cities, in whole numbers, that publish the very same numbers as the true one.

A hidden cell in which two of them lie `width` apart cannot be narrowed below it, whatever is computed from what is
published. One city moves many cells at once, so few are looked for, and whatever they move is what has to be hidden:
choosing and proving are one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cloud.cubes.cells import Cell
from cloud.disclosure.attack_model import Known, Layout, World
from tenants.lazy_imports import lazily

if TYPE_CHECKING:
    import highspy
    import numpy as np
else:
    highspy, np = lazily("highspy"), lazily("numpy")

_EPSILON = 1e-6
_INF = float("inf")
_FAR = 1_000_000  # no bound of its own
_TINY, _PLAIN, _REWARD = 1e-3, 10, 1e4  # costs: what is hidden moves; how much dearer a plain table is; what has to
_SEED = 20
_ENOUGH, _MOST_ALONE = 0.15, 60  # when seeking many at once is worth another turn; how many are sought one by one

Room = tuple[int, int]  # how far a cell may move: the least, the most


class Cities:
    """`hidden` cells may move within their `room`, the `open` ones only where `find` may hide more, all else not.

    Cells of the world that are in neither are no numbers of this release: nobody is told them, they move freely.
    """

    def __init__(
        self, world: World, *, hidden: Collection[Cell], others: Collection[Cell], fixed: Collection[Cell], width: int
    ) -> None:
        self._layout = layout = Layout(world)
        self.order = list(layout.members)
        self.place = {cell: place for place, cell in enumerate(self.order)}
        self.width = width
        self.truth = np.array(layout.truth)
        self._starts = np.cumsum([0, *(len(layout.members[cell][0]) for cell in self.order)])[:-1]
        self._columns = np.concatenate([np.array(layout.members[cell][0]) for cell in self.order])
        self.count = self.sums(self.truth)
        self._loss = (1 + np.log2(1 + self.count)) * np.where([len(cell) < 2 for cell in self.order], _PLAIN, 1)
        self.hidden = self.mask(hidden)
        self._elsewhere = ~self.mask([*hidden, *others])
        self._fixed = self.mask(fixed)
        self.cities: list[np.ndarray] = []
        self._random = np.random.default_rng(_SEED)
        self._solver = _solver(_rows(layout, self.order, self.truth), len(self.truth) + 2 * len(self.order))

    def mask(self, cells: Collection[Cell]) -> "np.ndarray":
        mask = np.zeros(len(self.order), bool)
        mask[[self.place[cell] for cell in cells if cell in self.place]] = True
        return mask

    def sums(self, values: "np.ndarray") -> "np.ndarray":
        """Every cell's sum of the unknowns."""
        return np.add.reduceat(values[self._columns], self._starts)

    def known(self, known: Known) -> "np.ndarray":
        return np.array(self._layout.known(known))

    def spread(self, known: "np.ndarray", room: Mapping[Cell, Room]) -> "Spread":
        """What the cities found so far prove against somebody who knows so much."""
        spread = Spread(self, known, room)
        for moves in self.cities:
            spread.take(moves)
        return spread

    def find(self, spread: "Spread", wanted: "np.ndarray", *, may_hide: bool) -> bool:
        """Look for a city that moves the wanted cells as far as they lack; False where there is none."""
        costs, low, high = self._aims(spread, wanted, may_hide=may_hide)
        every = np.arange(len(costs), dtype=np.int32)
        self._solver.changeColsCost(len(costs), every, costs)
        self._solver.changeColsBounds(len(costs), every, low, high)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the audit has no answer: {self._solver.getModelStatus()}")
        found = np.array(self._solver.getSolution().col_value)[: len(self.truth)]
        moves = np.round(found)
        if np.abs(found - moves).max() > _EPSILON or not moves.any():
            return False
        moves = moves.astype(np.int64)
        self.hidden |= self.sums(moves) != 0
        self.cities.append(moves)
        spread.take(moves)
        return True

    def _aims(
        self, spread: "Spread", wanted: "np.ndarray", *, may_hide: bool
    ) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
        """Costs and bounds of the moves: of the unknowns, of the cells upwards, of the cells downwards."""
        many, cells, wide = len(self.truth), len(self.order), 4 * self.width
        up = np.where(self.hidden | self._elsewhere, np.minimum(spread.up, wide), 0)
        down = np.where(self.hidden | self._elsewhere, np.minimum(spread.down, wide), 0)
        costs = np.full(cells, _TINY)
        if may_hide:
            more = ~self.hidden & ~self._fixed & ~self._elsewhere
            up[more], down[more] = wide, np.minimum(spread.down, wide)[more]
            costs[more] = self._loss[more]
        up_costs, down_costs = costs.copy(), costs.copy()
        lacks = spread.wide_enough() - (spread.high - spread.low)
        rise, fall = spread.high + lacks, lacks - spread.low
        is_up = np.where(fall > down, True, np.where(rise > up, False, self._random.random(cells) < 0.5))
        reward = -_REWARD * (0.5 + self._random.random(cells))
        for one, other, aim, way in ((up, down, rise, is_up), (down, up, fall, ~is_up)):
            here = wanted & way
            one[here], other[here] = np.minimum(one, aim)[here], 0
            (up_costs if one is up else down_costs)[here] = reward[here]
        costs = np.concatenate([np.zeros(many), up_costs, down_costs])
        low = np.concatenate([spread.known - self.truth, np.zeros(2 * cells)])
        return costs, low, np.concatenate([np.full(many, 2.0 * self.width), up, down])


class Spread:
    """The least and the most of each cell, as moves from the truth, over the cities that somebody cannot rule out.

    `known`: what she knows there is at least of each unknown; `room`: what else she knows of a cell.
    """

    def __init__(self, cities: Cities, known: "np.ndarray", room: Mapping[Cell, Room]) -> None:
        self._cities = cities
        self.known = known
        self.low = np.zeros(len(cities.order), np.int64)
        self.high = np.zeros(len(cities.order), np.int64)
        self.up = np.full(len(cities.order), _FAR)
        self.down = cities.count - cities.sums(known)
        for cell, (least, most) in room.items():
            place = cities.place.get(cell)
            if place is not None:
                self.up[place], self.down[place] = max(most, 0), min(max(-least, 0), int(self.down[place]))

    def take(self, moves: "np.ndarray") -> None:
        """Count a city in, where it can be."""
        if (self._cities.truth + moves < self.known).any():
            return
        sums = self._cities.sums(moves)
        if (sums > self.up).any() or (-sums > self.down).any():
            return
        self.low, self.high = np.minimum(self.low, sums), np.maximum(self.high, sums)

    def wide_enough(self) -> "np.ndarray":
        """How far apart each cell must be proved to lie: the width, or all that she knows to be possible anyway."""
        wide: np.ndarray = np.minimum(self._cities.width, self.up + self.down)
        return wide

    def lacking(self, wanted: "np.ndarray") -> "np.ndarray":
        """Those of the wanted cells that are not proved to be wide enough."""
        return wanted & (self.high - self.low < self.wide_enough())


def widen(cities: Cities, spread: Spread, wanted: "np.ndarray") -> "np.ndarray":
    """Find cities until every wanted cell is wide enough; those that are not remain."""
    for may_hide in (False, True):
        lacking = spread.lacking(wanted)
        while lacking.any():
            cities.find(spread, lacking, may_hide=may_hide)
            left = spread.lacking(wanted)
            is_over = left.sum() > (1 - _ENOUGH) * lacking.sum()
            lacking = left
            if is_over:
                break
    return _one_by_one(cities, spread, wanted)


def _one_by_one(cities: Cities, spread: Spread, wanted: "np.ndarray") -> "np.ndarray":
    """Each of the last in a city of its own, a few times, for the way it moves is drawn by lot."""
    places = np.flatnonzero(spread.lacking(wanted))
    if len(places) > _MOST_ALONE:
        return spread.lacking(wanted)
    for place in places:
        alone = np.zeros(len(cities.order), bool)
        alone[place] = True
        for may_hide in (False, True, True, True):
            if spread.lacking(alone).any():
                cities.find(spread, alone, may_hide=may_hide)
    return spread.lacking(wanted)


def _rows(layout: Layout, order: Sequence[Cell], truth: "np.ndarray") -> "_Rows":
    """Each way in which a cell is a sum moves as the cell does; who has a risk has its area in every city."""
    rows, many = _Rows(), len(truth)
    for place, cell in enumerate(order):
        for columns in layout.members[cell]:
            rows.add([(columns, 1.0), ([many + place], -1.0), ([many + len(order) + place], 1.0)], 0.0, 0.0)
    for small, bigs in layout.links:
        if small not in layout.members or any(big not in layout.members for big in bigs):
            continue
        low = layout.members[small][0]
        high = [column for big in bigs for column in layout.members[big][0]]
        rows.add([(low, 1.0), (high, -1.0)], -_INF, max(0.0, float(truth[high].sum() - truth[low].sum())))
    return rows


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


def _solver(rows: _Rows, columns: int) -> "highspy._core._Highs":
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, len(rows.low)
    model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(columns), np.zeros(columns), np.zeros(columns)
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
