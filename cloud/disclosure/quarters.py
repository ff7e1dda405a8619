"""One quarter as it is counted: the world an attacker would have to find out, and its sums. Pure."""

from collections import Counter
from dataclasses import dataclass, field

from cloud.cubes.cells import FIRST, SUM, Block, Cell, Key, make_block, risk_block, shown_cells
from cloud.disclosure.attack_model import World
from cloud.disclosure.dominance import Amount

Counts = dict[str, Counter[Key]]  # block → key → count


@dataclass(frozen=True)
class Quarter:
    """One quarter as it is counted now; `turnover` and the world's cells bear no label.

    `new`: businesses counted for the first time in the year; `new_turnover`: how many have moved that number.
    """

    world: World
    turnover: dict[Cell, int]
    amounts: dict[str, dict[str, Amount]] = field(default_factory=dict)
    new: int = 0
    new_turnover: int = 0


def make_quarter(
    counts: Counts,
    touched: Counts,
    amounts: dict[str, dict[str, Amount]] | None = None,
) -> Quarter:
    """From counts, and how many have moved each, at the finest level."""
    domains: dict[str, list[str]] = {}
    for domain, risk in sorted(counts.get("risk", {})):
        domains.setdefault(domain, []).append(risk)
    world = World(_blocks(counts), domains=domains)
    turnover = shown_cells(_blocks(touched))
    news, moved = (sum(one.get(FIRST, Counter()).values()) for one in (counts, touched))
    return Quarter(world, {cell: turnover.get(cell, 0) for cell in world.cells()}, amounts or {}, news, moved)


def _blocks(counts: Counts) -> list[Block]:
    whole = [
        make_block(name, held)
        for name, held in sorted(counts.items())
        if name not in ("risk", FIRST) and SUM not in name
    ]
    return whole + [risk_block(key[1], count) for key, count in sorted(counts.get("risk", Counter()).items())]
