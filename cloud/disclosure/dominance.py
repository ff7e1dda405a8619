"""Sums by district (checkups, fen, minutes): who must not be read off a sum, nor off the difference of two. Pure.

A sum is published where at least k businesses stand behind it, none of them dominates it (n, k rule; p % rule), and
the number of businesses there is published. The same must hold of what a firm is left with that takes away its own.
What is withheld is withheld together: all of it taken as one sum must stand the same test, because it can be had by
subtraction.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from tenants.anonymity import protected_width

MEASURES = ("checkups", "waived_fen", "deferred_fen", "minutes")
LARGEST = 3  # how many of the largest contributions the rules look at
SHARE, P = 0.85, 0.1


@dataclass(frozen=True)
class Amount:
    """One sum: its total, how many businesses stand behind it, the largest contributions; the same of each firm."""

    total: int
    businesses: int
    largest: tuple[int, ...]
    firms: Mapping[str, "Amount"] = field(default_factory=dict)

    def without(self, firm: str) -> "Amount":
        """What is left of it to a firm that takes away its own."""
        return pooled([part for name, part in self.firms.items() if name != firm])

    def rests(self) -> Iterator["Amount"]:
        if len(self.firms) > 1:
            yield from (self.without(firm) for firm in self.firms)


def is_dominated(contributions: Sequence[float], *, total: float | None = None, n: int = 2) -> bool:
    """The n largest hold more than `SHARE`, or the second could guess the largest within `P`.

    `total` when only the largest contributions are given.
    """
    amounts = sorted((abs(one) for one in contributions), reverse=True)
    whole = sum(amounts) if total is None else total
    if whole == 0:
        return False
    if len(amounts) <= n:
        return True
    return sum(amounts[:n]) > SHARE * whole or whole - amounts[0] - amounts[1] < P * amounts[0]


def gives_away(amount: Amount, k: int) -> bool:
    """Fewer than k, or dominated; or so to a firm that knows its own, with the protected width instead of k."""
    return _is_of_few(amount, k) or any(_is_of_few(rest, protected_width(k)) for rest in amount.rests())


def _is_of_few(amount: Amount, least: int) -> bool:
    if amount.businesses == 0:
        return False
    return amount.businesses < least or is_dominated(amount.largest, total=amount.total)


def pooled(amounts: Sequence[Amount]) -> Amount:
    """Several sums as one."""
    largest = sorted((one for amount in amounts for one in amount.largest), reverse=True)[:LARGEST]
    parts = dict[str, list[Amount]]()
    for amount in amounts:
        for name, part in amount.firms.items():
            parts.setdefault(name, []).append(part)
    firms = {name: pooled(some) for name, some in parts.items()}
    return Amount(sum(a.total for a in amounts), sum(a.businesses for a in amounts), tuple(largest), firms)


def find_unsafe(amounts: Mapping[str, Amount], *, k: int, counted: AbstractSet[str]) -> frozenset[str]:
    """Districts whose sum gives somebody away by itself. `counted`: districts whose number of businesses is told."""
    return frozenset(d for d, a in amounts.items() if d not in counted or gives_away(a, k))


def protect_amounts(amounts: Mapping[str, Amount], unsafe: AbstractSet[str], *, k: int) -> frozenset[str] | None:
    """The districts whose sum is withheld, or None when only withholding the city's total helps."""
    hidden = set(unsafe)
    while hidden and open_amounts(amounts, hidden, k):
        free = [d for d in amounts if d not in hidden and amounts[d].businesses]
        if not free:
            return None
        hidden.add(min(free, key=lambda d: (amounts[d].total, d)))
    return frozenset(hidden)


def open_amounts(amounts: Mapping[str, Amount], hidden: AbstractSet[str], k: int) -> dict[str, tuple[int, int]]:
    """Hidden districts whose sum could be guessed too well, with the least and the most that it can be.

    With the city's total and the others' sums known, a hidden sum lies between 0 and all that is hidden, for a firm
    less its own. The most must exceed the truth by at least P of the largest contribution, and all that is hidden must
    stand as one sum.
    """
    told = pooled([amounts[d] for d in hidden])
    behind = {d: amounts[d] for d in hidden if amounts[d].businesses}
    is_narrow = bool(behind) and gives_away(told, k)
    return {d: (0, told.total) for d, amount in behind.items() if is_narrow or _is_close(told, amount)}


def _is_close(told: Amount, amount: Amount) -> bool:
    """Whether the most that one of the hidden sums can be is too near to what it is."""
    sides = [(told, amount)]
    sides += [(told.without(firm), amount.without(firm)) for firm in told.firms if len(told.firms) > 1]
    return any(most.total - own.total < P * max(own.largest, default=0) for most, own in sides)
