"""A risk's walk as small tables, so that a million walks are look-ups. Pure.

A truth is a digit: 0 false, 1 unknown, 2 true. Each condition of the walk takes it from one state to the next; the few
states in which it can end say what the risk adds to the sums. Whole numbers all the way, as in `model.py`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from checkup.packs.conditions import Condition, Fixed
from checkup.packs.values import Risk
from checkup.scoring.exact import units

Digits = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
FALSE, UNKNOWN, TRUE = 0, 1, 2
_MOST_PLACES = 1 << 16


class State(NamedTuple):
    """How far a walk has come. `noted`: the lowest and the highest value so far; `is_open`: no case has held yet."""

    applies: int = TRUE
    is_open: bool = True
    noted: tuple[int, int] | None = None
    is_decided: bool = False

    @property
    def lo(self) -> int:
        return self.noted[0] if self.noted else 0

    @property
    def hi(self) -> int:
        return self.noted[1] if self.noted else 0

    def note(self, value: int) -> "State":
        lo, hi = self.noted or (value, value)
        return self._replace(noted=(min(lo, value), max(hi, value)))


_AWAY = State(applies=FALSE)
Move = Callable[[State, int], State]


@dataclass(frozen=True)
class RiskTable:
    """`groups`: the columns whose digits, after the state, make a place in a table that gives the next state."""

    risk: Risk
    groups: tuple[tuple[tuple[str, ...], Places], ...]
    ends: tuple[State, ...]

    def end(self, truths: Mapping[str, Digits], rows: slice) -> Places:
        """Of each row the place among the ends."""
        state: npt.NDArray[np.integer] = np.zeros(rows.stop - rows.start, dtype=np.uint16)
        for columns, table in self.groups:
            place = state.astype(np.uint16)
            for column in columns:
                place *= 3
                place += truths[column][rows]
            state = table.take(place)
        return state.astype(np.intp, copy=False)

    def likelihood(self, end: State) -> int:
        """L: the known value, else `if_unknown` within the interval, else its middle."""
        if self.risk.if_unknown is None:
            return (end.lo + end.hi) // 2
        return min(max(units(self.risk.if_unknown), end.lo), end.hi)


def make_table(risk: Risk, columns: Mapping[Condition, str], *, on_path: str | None, decided: str | None) -> RiskTable:
    """`columns`: where the truth of each condition stands; `on_path`: that of the table's question, where it has one;
    `decided`: whether the path asks all that the likelihood names, None for never."""
    moves: list[tuple[Condition | str, Move]] = [(risk.applies, _apply)]
    moves += [(case.when, _case(units(case.is_))) for case in risk.cases]
    moves.append((on_path or Fixed(risk.table is not None), _otherwise(units(risk.otherwise))))
    moves.append((decided or Fixed(False), _decide))
    states: tuple[State, ...] = (State(),)
    steps: list[tuple[str, Places]] = []
    for at, move in moves:
        if isinstance(at, Fixed):
            states, table = _step(states, move, (TRUE if at.value else FALSE,))
            steps = [*steps[:-1], (steps[-1][0], table[:, 0][steps[-1][1]])] if steps else steps
        else:
            states, table = _step(states, move, (FALSE, UNKNOWN, TRUE))
            steps.append((at if isinstance(at, str) else columns[at], table))
    return RiskTable(risk, tuple(_grouped(steps)), states)


def _step(states: Sequence[State], move: Move, digits: Sequence[int]) -> tuple[tuple[State, ...], Places]:
    """The states after the move, and from (state, digit) to the place among them."""
    after: dict[State, int] = {}
    table = [
        [after.setdefault(state if state.applies == FALSE else move(state, digit), len(after)) for digit in digits]
        for state in states
    ]
    return tuple(after), np.array(table, dtype=np.intp)


def _grouped(steps: Sequence[tuple[str, Places]]) -> Iterator[tuple[tuple[str, ...], Places]]:
    """As many steps in one table as a place of sixteen bits can tell apart."""
    columns, table = list[str](), None
    for column, step in steps:
        if table is not None and table.size * 3 > _MOST_PLACES:
            yield tuple(columns), table.reshape(-1)
            columns, table = [], None
        columns.append(column)
        table = step if table is None else step[table]
    if table is not None:
        yield tuple(columns), table.reshape(-1)


def _apply(state: State, digit: int) -> State:
    return _AWAY if digit == FALSE else state._replace(applies=digit)


def _case(value: int) -> Move:
    """True ends the walk, unknown is noted and the walk goes on, false is skipped."""

    def move(state: State, digit: int) -> State:
        if not state.is_open or digit == FALSE:
            return state
        return state.note(value)._replace(is_open=digit != TRUE)

    return move


def _otherwise(value: int) -> Move:
    """Where no case held for certain; not for a table whose question is on the path: it speaks of every option."""

    def move(state: State, digit: int) -> State:
        if not state.is_open or (digit == TRUE and state.noted):
            return state._replace(is_open=False)
        return state.note(value)._replace(is_open=False)

    return move


def _decide(state: State, digit: int) -> State:
    return state._replace(is_decided=digit == TRUE)
