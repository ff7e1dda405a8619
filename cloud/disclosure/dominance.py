"""Sums by district (checkups, fen, minutes): who must not be read off a sum, nor off the difference of two. Pure.

A sum is published where at least k businesses stand behind it, none of them dominates it (n, k rule; p % rule), and
the number of businesses there is published. What is withheld is withheld together: all of it taken as one sum must
stand the same test, because it can be had by subtraction.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

MEASURES = ("checkups", "waived_fen", "deferred_fen", "minutes")
LARGEST = 3  # how many of the largest contributions the rules look at
SHARE, P = 0.85, 0.1


@dataclass(frozen=True)
class Amount:
    """One sum: its total, how many businesses stand behind it, the largest contributions."""

    total: int
    businesses: int
    largest: tuple[int, ...]


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
    if amount.businesses == 0:
        return False
    return amount.businesses < k or is_dominated(amount.largest, total=amount.total)


def pooled(amounts: Sequence[Amount]) -> Amount:
    """Several sums as one."""
    largest = sorted((one for amount in amounts for one in amount.largest), reverse=True)[:LARGEST]
    return Amount(sum(a.total for a in amounts), sum(a.businesses for a in amounts), tuple(largest))


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

    With the city's total and the others' sums known, a hidden sum lies between 0 and all that is hidden. The most
    must exceed the truth by at least P of the largest contribution, and all that is hidden must stand as one sum.
    """
    told = pooled([amounts[d] for d in hidden])
    behind = {d: amounts[d] for d in hidden if amounts[d].businesses}
    if behind and gives_away(told, k):
        return {d: (0, told.total) for d in behind}
    return {
        d: (0, told.total)
        for d, amount in behind.items()
        if told.total - amount.total < P * max(amount.largest, default=0)
    }
