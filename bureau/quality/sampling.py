"""The blind quality sample: a draw that anybody can repeat, two assessors, how far they agree. Pure."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence

ASSESSORS = 2


def seed_of(period: str, logs: Iterable[tuple[str, int, str]]) -> str:
    """The seed of a period: a hash over its name and the last entries of the firms' logs in it (firm, number, hash).

    Fixed once the period is over, and chosen by nobody; whoever is told the entries can compute it again.
    """
    lines = [period, *(f"{firm} {number} {head}" for firm, number, head in sorted(logs))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def rank(seed: str, key: object) -> str:
    """Where one key stands in the draw: lower is earlier."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def population_hash(population: Iterable[uuid.UUID]) -> str:
    return hashlib.sha256("\n".join(sorted(str(one) for one in population)).encode()).hexdigest()


def wanted(count: int, *, percent: int, least: int) -> int:
    """How many of so many are drawn: the share, rounded up, and at least `least` as far as there are so many."""
    return min(count, max(-(-count * percent // 100), least))


def draw(population: Iterable[uuid.UUID], *, seed: str, percent: int, least: int) -> tuple[uuid.UUID, ...]:
    """The drawn part of the population, as many as are `wanted`."""
    ordered = sorted(set(population), key=lambda one: rank(seed, one))
    return tuple(ordered[: wanted(len(ordered), percent=percent, least=least)])


def assign(
    item: uuid.UUID,
    *,
    firm: uuid.UUID,
    assessors: Mapping[uuid.UUID, uuid.UUID],
    seed: str,
    barred: Sequence[object] = (),
) -> tuple[uuid.UUID, ...]:
    """Two assessors for an item of a firm: of other firms, of two different firms where possible, by the seed.

    `assessors`: person → firm. `barred`: those who declined or are assigned already. Fewer when there are too few.
    """
    fit = [one for one, of in assessors.items() if of != firm and one not in barred]
    ordered = sorted(fit, key=lambda one: rank(seed, f"{item}:{one}"))
    chosen: list[uuid.UUID] = []
    for is_strict in (True, False):
        for one in ordered:
            is_new_firm = assessors[one] not in {assessors[held] for held in chosen}
            if one not in chosen and len(chosen) < ASSESSORS and (is_new_firm or not is_strict):
                chosen.append(one)
    return tuple(chosen)


def percent_agreement(pairs: Sequence[tuple[str, str]]) -> float | None:
    """The share of judgements on which both assessors said the same, 0–100; None without judgements."""
    return 100 * sum(one == other for one, other in pairs) / len(pairs) if pairs else None


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa: agreement beyond chance, 1 at most; None without judgements or where chance always agrees."""
    if not pairs:
        return None
    count = len(pairs)
    observed = sum(one == other for one, other in pairs) / count
    marks = {mark for pair in pairs for mark in pair}
    by_chance = sum(
        sum(one == mark for one, _ in pairs) * sum(other == mark for _, other in pairs) / count**2 for mark in marks
    )
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
