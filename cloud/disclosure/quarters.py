"""One time as it is counted: the world an attacker would have to find out, its sums, and what each firm knows. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cloud.cubes.cells import FIRST, SUM, Block, Cell, Key, cell_of, make_block, risk_block
from cloud.disclosure.attack_model import Known, World
from cloud.disclosure.dominance import Amount, pooled

Counts = dict[str, Counter[Key]]  # block → key → count
Amounts = Mapping[str, Mapping[str, Amount]]  # measure → district → sum


@dataclass(frozen=True)
class Quarter:
    """One quarter, or a whole year, as it is counted now.

    `new`: businesses counted for the first time in the year. `firms`: what each firm counts itself, and so knows.
    """

    world: World
    amounts: Amounts = field(default_factory=dict)
    new: int = 0
    firms: Mapping[str, "Share"] = field(default_factory=dict)
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True)
class Share:
    """What one firm counts: by block for the audit, by cell for the rules; its businesses that are new in the year."""

    counts: Counts
    known: Known
    cells: Mapping[Cell, int]

    @property
    def new(self) -> int:
        return self.counts.get(FIRST, Counter()).total()


def make_quarter(counts: Counts, amounts: Amounts | None = None, firms: Mapping[str, Counts] | None = None) -> Quarter:
    """From counts at the finest level, of everybody and of each firm."""
    domains: dict[str, list[str]] = {}
    for domain, risk in sorted(counts.get("risk", {})):
        domains.setdefault(domain, []).append(risk)
    news = sum(counts.get(FIRST, Counter()).values())
    shares = {name: make_share(held) for name, held in (firms or {}).items()}
    return Quarter(World(_blocks(counts), domains), amounts or {}, news, shares, counts)


def make_share(counts: Counts) -> Share:
    blocks = _blocks(counts)
    return Share(counts, {block.dimensions: block.counts for block in blocks}, _counted(blocks))


def _counted(blocks: Iterable[Block]) -> dict[Cell, int]:
    """The cells that are not empty."""
    cells, done = Counter[Cell](), set[tuple[str, ...]]()
    for block in blocks:
        parts = {tuple(sorted(part)) for part in block.shown} - done
        done |= parts
        for part in sorted(parts):
            for key, count in block.counts.items():
                cells[cell_of(block.dimensions, key, part)] += count
    return cells


def joined(quarters: Iterable[Quarter]) -> Quarter:
    """Several quarters as one time: what is too small for each may be told of all, but not its months: they are of a
    quarter."""
    counts, firms, amounts = Counts(), dict[str, Counts](), dict[str, dict[str, Amount]]()
    for quarter in quarters:
        for block, held in _timeless(quarter.counts):
            counts.setdefault(block, Counter()).update(held)
        for name, share in quarter.firms.items():
            for block, held in _timeless(share.counts):
                firms.setdefault(name, {}).setdefault(block, Counter()).update(held)
        for measure, districts in quarter.amounts.items():
            for district, amount in districts.items():
                held_before = amounts.setdefault(measure, {}).get(district)
                amounts[measure][district] = amount if held_before is None else pooled([held_before, amount])
    return make_quarter(counts, amounts, firms)


def _timeless(counts: Counts) -> Iterator[tuple[str, Counter[Key]]]:
    return ((block, held) for block, held in counts.items() if block != "month")


def _blocks(counts: Counts) -> list[Block]:
    whole = [
        make_block(name, held)
        for name, held in sorted(counts.items())
        if name not in ("risk", FIRST) and SUM not in name
    ]
    return whole + [risk_block(key[1], count) for key, count in sorted(counts.get("risk", Counter()).items())]
