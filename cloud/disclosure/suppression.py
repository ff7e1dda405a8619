"""Disclosure control: which cells give somebody away, which more must hide with them, and proof that it holds.

Threshold, zero and hundred-per-cent cells, complementary suppression and audit by linear programming over all
linked tables at once (Fischetti and Salazar, 2001; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4).
An attacker knows every cell published now or in an earlier edition, which cells nothing has touched in between, and
that no count is negative.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cloud.cubes.cells import RISK, TOPIC, Cell, total_above
from cloud.disclosure.attack_model import Edition, World, all_cells
from cloud.disclosure.linear_audit import Attack, Cover
from tenants.anonymity import LEAST_BEHIND

LEAST_THRESHOLD, THRESHOLD = 5, LEAST_BEHIND
_MOST_ROUNDS = 20


@dataclass(frozen=True)
class Past:
    """What earlier editions of the same time already told.

    `known`: published before and untouched since, so it cannot be taken back and hides nothing.
    `close`: touched by fewer than k businesses since it was published or withheld: a difference would tell of them.
    """

    known: frozenset[Cell] = frozenset()
    close: frozenset[Cell] = frozenset()
    editions: Sequence[Edition] = ()


@dataclass(frozen=True)
class Verdict:
    """What may be published; `primary` cells give somebody away, `secondary` ones hide them, `open` ones could be
    narrowed down to fewer than the protected width: with one of those nothing is published."""

    primary: frozenset[Cell]
    secondary: frozenset[Cell]
    open: Mapping[Cell, tuple[float, float]] = field(default_factory=dict)

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
    return rest == 0 or (0 < rest < k and any(name.startswith((TOPIC, RISK)) for name, _ in cell))


def protect(worlds: Sequence[World], *, k: int = THRESHOLD, past: Past | None = None) -> Verdict:
    """Hide what gives away, then as little more as it takes, then prove it.

    Raises: ValueError for a threshold below five.
    """
    if k < LEAST_THRESHOLD:
        raise ValueError(f"the threshold must not be below {LEAST_THRESHOLD}")
    past = past or Past()
    cells, width = all_cells(worlds), protected_width(k)
    primary = (find_primary(cells, k) | (past.close & cells.keys())) - past.known
    hidden = set(primary)
    cover = Cover(worlds, cells, fixed=(past.known | totals(worlds)) - hidden)
    cover.hide(hidden)
    for _ in range(_MOST_ROUNDS):
        found = audit(worlds, cells, primary=primary, hidden=hidden, past=past, width=width)
        more = _hide_more(cover, cells, found, width)
        if not more:
            break
        hidden |= more
    return Verdict(primary, frozenset(hidden - primary), found)


def _hide_more(cover: Cover, cells: Mapping[Cell, int], found: Mapping[Cell, object], width: int) -> set[Cell]:
    """What has to hide so that the cells found open are not, the largest first: it hides others on the way."""
    more = set[Cell]()
    for cell in sorted(found.keys() & cells.keys(), key=lambda one: (-cells[one], one)):
        if not cover.is_covered(cell, width):
            more |= cover.cover(cell, width)
    return more


def totals(worlds: Sequence[World]) -> frozenset[Cell]:
    """The number of businesses of each quarter: never hidden to protect something else (a year's may be)."""
    return frozenset(world.label for world in worlds)


def audit(
    worlds: Sequence[World],
    cells: Mapping[Cell, int],
    *,
    primary: frozenset[Cell],
    hidden: set[Cell] | frozenset[Cell],
    past: Past,
    width: int,
) -> dict[Cell, tuple[float, float]]:
    """Every primary cell, of today and of the editions before, that an attacker could narrow below the width."""
    attack = Attack(worlds, cells, frozenset(hidden), past.editions)
    wanted = [(0, cell) for cell in sorted(primary)]
    wanted += [(n, cell) for n, edition in enumerate(past.editions, start=1) for cell in sorted(edition.withheld)]
    return {cell: bounds for (_, cell), bounds in attack.open_cells(wanted, width).items()}
