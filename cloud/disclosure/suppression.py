"""Disclosure control: which cells give somebody away, which more must hide with them, and proof that it holds.

Threshold, zero and hundred-per-cent cells, complementary suppression and audit over all linked tables at once
(Fischetti and Salazar, 2001; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4). An attacker knows
every number told, the threshold, that counts are whole, how answers hang together, perhaps what one firm did itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from cloud.cubes.cells import RISK, TOPIC, VERDICT, Cell, total_above
from cloud.disclosure.insiders import find_insiders, sides_of
from cloud.disclosure.linear_audit import Cities, Room, widen
from cloud.disclosure.quarters import Quarter
from tenants.anonymity import LEAST_BEHIND, protected_width

LEAST_THRESHOLD, THRESHOLD = 5, LEAST_BEHIND
_NO_MORE: Mapping[Cell, Room] = {}  # nothing is known of any cell beside what is told


@dataclass(frozen=True)
class Verdict:
    """What may be told: `hidden` cells are withheld; `open` ones could be narrowed below the protected width, so that
    with this cut nothing may leave."""

    hidden: frozenset[Cell]
    open: frozenset[Cell] = field(default_factory=frozenset)


def find_primary(cells: Mapping[Cell, int], k: int) -> frozenset[Cell]:
    """Counts of 1 to k − 1; sensitive cells that are all of their group, or whose rest is 1 to k − 1 businesses."""
    return frozenset(cell for cell, count in cells.items() if _gives_away(cells, cell, count, k))


def _gives_away(cells: Mapping[Cell, int], cell: Cell, count: int, k: int) -> bool:
    if 0 < count < k:
        return True
    group = total_above(cell)
    if group is None or count == 0 or group not in cells:
        return False
    rest = cells[group] - count
    return rest == 0 or (0 < rest < k and any(name.startswith((TOPIC, RISK, VERDICT)) for name, _ in cell))


def room_of(cells: Mapping[Cell, int], primary: Collection[Cell], k: int) -> dict[Cell, Room]:
    """Who knows the threshold knows that what is withheld for its own sake is 1 to k − 1."""
    return {cell: (1 - cells[cell], k - 1 - cells[cell]) for cell in primary if 0 < cells[cell] < k}


def protect(quarter: Quarter, cells: Mapping[Cell, int], *, k: int = THRESHOLD) -> Verdict:
    """Hide what gives away, then as little more as it takes, and prove it on the way.

    `cells`: the numbers that may be told at all. Raises: ValueError for a threshold below five.
    """
    if k < LEAST_THRESHOLD:
        raise ValueError(f"the threshold must not be below {LEAST_THRESHOLD}")
    width = protected_width(k)
    small = find_primary(cells, k)
    primary = (small | find_insiders(cells, quarter.firms.values(), width)) - {()}
    if not primary:
        return Verdict(primary)
    open_ = [cell for cell in cells if cell not in primary]
    cities = Cities(quarter.world, hidden=primary, others=open_, fixed=[()], width=width)
    return prove(cities, quarter, primary, room_of(cells, small, k), cells)


def prove(
    cities: Cities,
    quarter: Quarter,
    wanted: Collection[Cell],
    room: Mapping[Cell, Room],
    cells: Mapping[Cell, int],
) -> Verdict:
    """Other cities for every wanted cell, against everybody who knows the threshold, against each firm, and against
    each firm that knows it too: what it keeps open of a cell, less than the width perhaps, stays open."""
    places = cities.mask(wanted)
    nobody = cities.known({})
    lacking = places & False
    sides = [(cities.known(side), here) for here in (_NO_MORE, room) for side in sides_of(quarter.firms)]
    for known, here in [(nobody, room), *sides]:
        spread = cities.spread(known, here)
        lacking |= widen(cities, spread, places)
    for share in quarter.firms.values():
        known = cities.known(share.known)
        others = places & (cities.count > cities.sums(known))
        for here in (_NO_MORE, room):
            lacking |= widen(cities, cities.spread(known, here), others)
    hidden = frozenset(cell for cell, is_hidden in zip(cities.order, cities.hidden, strict=True) if is_hidden)
    found = frozenset(cell for cell, is_open in zip(cities.order, lacking, strict=True) if is_open)
    return Verdict(hidden & cells.keys(), found)
