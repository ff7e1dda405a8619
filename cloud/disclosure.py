"""Disclosure control: which cells give somebody away, which more must hide with them, and proof that it holds.

Threshold, zero and hundred-per-cent cells, complementary suppression and audit by linear programming over all
linked tables at once (Fischetti and Salazar, 2001; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4).
An attacker knows every published cell and that no count is negative.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cloud.cells import TOPIC, Block, Cell, total_above
from cloud.linear import Program

LEAST_THRESHOLD, THRESHOLD = 5, 10


@dataclass(frozen=True)
class Verdict:
    """What may be published; `primary` cells give somebody away, `secondary` ones hide them, `open` ones could be
    narrowed down to fewer than the protected width: with one of those nothing is published."""

    primary: frozenset[Cell]
    secondary: frozenset[Cell]
    open: Mapping[Cell, tuple[float, float]]

    @property
    def hidden(self) -> frozenset[Cell]:
        return self.primary | self.secondary


def protected_width(k: int) -> int:
    """How far apart the least and the most that an attacker can prove of a hidden cell must lie."""
    return max(3, k // 2)


def find_primary(cells: Mapping[Cell, int], k: int) -> frozenset[Cell]:
    """Counts of 1 to k − 1; sensitive cells that are all of their group, or whose rest is 1 to k − 1 businesses."""
    return frozenset(cell for cell, count in cells.items() if _gives_away(cells, cell, count, k))


def _gives_away(cells: Mapping[Cell, int], cell: Cell, count: int, k: int) -> bool:
    if 0 < count < k:
        return True
    group = total_above(cell)
    if group is None or count == 0:
        return False
    rest = cells[group] - count
    return rest == 0 or (0 < rest < k and any(name.startswith(TOPIC) for name, _ in cell))


def is_dominated(contributions: Sequence[float], *, n: int = 2, share: float = 0.85, p: float = 0.1) -> bool:
    """For sums of money: the n largest hold more than `share`, or the second could guess the largest within p."""
    amounts = sorted((abs(one) for one in contributions), reverse=True)
    total = sum(amounts)
    if total == 0:
        return False
    if len(amounts) <= n:
        return True
    return sum(amounts[:n]) > share * total or total - amounts[0] - amounts[1] < p * amounts[0]


def protect(
    blocks: Sequence[Block], cells: Mapping[Cell, int], *, k: int = THRESHOLD, also: frozenset[Cell] = frozenset()
) -> Verdict:
    """Hide what gives away (and `also`), then as little more as it takes, then prove it.

    Raises: ValueError for a threshold below five.
    """
    if k < LEAST_THRESHOLD:
        raise ValueError(f"the threshold must not be below {LEAST_THRESHOLD}")
    program, width = Program(blocks, cells), protected_width(k)
    primary = find_primary(cells, k) | also
    hidden = set(primary)
    for cell in sorted(primary, key=lambda one: (-cells[one], one)):
        low, high = program.bounds(cell, hidden)
        if high - low < width:
            hidden |= program.cheapest_cover(cell, hidden, width)
    return Verdict(frozenset(primary), frozenset(hidden - primary), audit(program, primary, hidden, width))


def audit(
    program: Program, primary: frozenset[Cell], hidden: set[Cell] | frozenset[Cell], width: int
) -> dict[Cell, tuple[float, float]]:
    """Every primary cell that an attacker could narrow below the protected width, with what could be proved."""
    bounds = {cell: program.bounds(cell, hidden) for cell in sorted(primary)}
    return {cell: (low, high) for cell, (low, high) in bounds.items() if high - low < width - 1e-6}
