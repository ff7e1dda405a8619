"""Which numbers exist: blocks of businesses counted by dimensions, and the cells that their margins form. Pure.

The blocks form a tree whose joints are margins that they share (`district × size`, `district`, `grade`): whatever
agrees on the joints can be put together to one whole table, so an audit of the blocks is an audit of the whole. What
is sensitive is crossed with nothing but the district or the size: each table more is a way more to solve the others.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations as subsets
from itertools import product

from checkup.packs.values import GRADES
from checkup.referrals.states import HANDLED, OTHER_RATED, RATED
from tenants.campaign_steps import STEPS
from tenants.districts import DISTRICTS
from tenants.sizes import SIZES, TRADES

# A cell names a value for some dimensions, in the order of the dimensions' names; () is the grand total.
Cell = tuple[tuple[str, str], ...]
Key = tuple[str, ...]
Table = tuple[str, ...]

WITH, WITHOUT, NONE = "with", "without", "none"
TOPIC, RISK, SUM = "topic:", "risk:", "sum:"
SURVEY, VERDICT, REVIEWED = "survey:", "verdict:", "reviewed"  # questions of the survey; what lawyers made of a risk
URGENT = f"{TOPIC}urgent"
PARTNER, REACHED, SCREEN = "partner", "reached", "screen"  # of campaigns: who brought whom how far; pages shown
BROUGHT, SCANNED = "brought", "scanned"
GATHERED = "gathered"  # of a lecture or a day of advice: who wanted to come, who came
FIRST = "first"  # kept beside the blocks: businesses whose first counted quarter of the year this is
MONTHS = ("M1", "M2", "M3")
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
CHANNELS = ("web", "helper", "cloud", "hotline", "kiosk")
# Score bands by their lower edge; the grades' edges (40, 60, 75, 90) are among them.
BANDS: dict[str, float] = {
    "0-40": 0, "40-50": 40, "50-60": 50, "60-75": 60, "75-85": 75, "85-90": 85, "90-95": 90, "95-100": 95,
}  # fmt: skip
GRADE_FROM = {"A": 90.0, "B": 75.0, "C": 60.0, "D": 40.0, "E": 0.0}
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "district": tuple(DISTRICTS),
    "section": tuple(sorted({trade.section for trade in TRADES.values()})),
    "size": tuple(SIZES),
    "grade": GRADES,
    "band": tuple(BANDS),
    "month": MONTHS,
    "channel": CHANNELS,
    "stars": (NONE, "1", "2", "3", "4", "5"),
    "mended": (NONE, "open", "part", "all"),
    "pace": (NONE, "d30", "d90", "later"),
    "relief": (NONE, "waived", "reduced", "deferred", "refused"),
    HANDLED: ("done", "not_done", "not_taken"),
    RATED: (NONE, "well", "not_well"),
    OTHER_RATED: (NONE, "well", "not_well"),
    REACHED: STEPS,
}
# Dimensions that tell something about a business which it would not put on its door.
_SENSITIVE = frozenset(
    {"grade", "band", "stars", "mended", "pace", "relief", HANDLED, RATED, OTHER_RATED, REACHED}
)  # fmt: skip
_HARMLESS = frozenset({WITHOUT, NONE})


@dataclass(frozen=True)
class Block:
    """Businesses counted by several dimensions at once; only the margins in `shown` are ever published.

    `can_be` leaves out combinations that cannot exist (a grade A with a score of 50), as an attacker would.
    """

    dimensions: tuple[str, ...]
    shown: tuple[tuple[str, ...], ...]
    counts: Mapping[Key, int] = field(default_factory=dict)
    can_be: Callable[[Key], bool] | None = None

    @property
    def is_apart(self) -> bool:
        """Whether its sum is not everybody: a risk is one of many, and a survey is answered by whoever likes."""
        return self.dimensions[0].startswith((RISK, SURVEY, VERDICT))

    def combinations(self) -> Iterable[Key]:
        """Every combination that can be, counted or not: an attacker does not know which are empty."""
        every = product(*(self.values_of(dimension) for dimension in self.dimensions))
        return every if self.can_be is None else filter(self.can_be, every)

    def values_of(self, dimension: str) -> tuple[str, ...]:
        """The values of a dimension; where they are not fixed, those that were counted."""
        if dimension in ("version", REVIEWED, PARTNER, SCREEN, GATHERED) or dimension.startswith((SURVEY, VERDICT)):
            return tuple(sorted({key[self.dimensions.index(dimension)] for key in self.counts}))
        if dimension.startswith(RISK):
            return (WITH,)
        return (WITH, WITHOUT) if dimension.startswith(TOPIC) else DIMENSIONS[dimension]


def base_block(counts: Mapping[Key, int]) -> Block:
    """District × section × size: every margin is shown, the full combination is not."""
    dimensions = ("district", "section", "size")
    shown = tuple(part for size in range(3) for part in subsets(dimensions, size))
    return Block(dimensions, shown, counts)


def grade_block(counts: Mapping[Key, int]) -> Block:
    """District × size × grade: grades by district, by size, and for the city."""
    return Block(("district", "size", "grade"), (("grade",), ("district", "grade"), ("size", "grade")), counts)


def band_block(counts: Mapping[Key, int]) -> Block:
    """Grade × score band: the histogram of the city."""
    return Block(("grade", "band"), (("band",),), counts, _has_grade_in_band)


def _has_grade_in_band(key: Key) -> bool:
    """A grade may be capped below what the score alone would give, never lifted above it."""
    return BANDS[key[1]] >= GRADE_FROM[key[0]]


def month_block(counts: Mapping[Key, int]) -> Block:
    """District × month."""
    return Block(("district", "month"), (("month",), ("district", "month")), counts)


def topic_block(topic: str, counts: Mapping[Key, int]) -> Block:
    """District × (with, without a finding in one area of law)."""
    name = f"{TOPIC}{topic}"
    return Block(("district", name), ((name,), ("district", name)), counts)


def mending_block(counts: Mapping[Key, int]) -> Block:
    """How far findings are mended × how fast the first one was."""
    return Block(("mended", "pace"), (("mended",), ("pace",)), counts, _has_pace)


def _has_pace(key: Key) -> bool:
    return (key[0] in ("part", "all")) == (key[1] != NONE)


def plain_block(name: str, counts: Mapping[Key, int]) -> Block:
    """One dimension for the city alone: pack version, rating, relief."""
    return Block((name,), ((name,),), counts)


def reviewed_block(counts: Mapping[Key, int]) -> Block:
    """Businesses of whose reviews something is told, beside what is told of them."""
    return Block((REVIEWED,), ((),), counts)


def brought_block(counts: Mapping[Key, int]) -> Block:
    """Partner × how far those it brought have got: of a campaign, and of each partner."""
    return Block((PARTNER, REACHED), ((), (REACHED,), (PARTNER,), (PARTNER, REACHED)), counts)


def scanned_block(counts: Mapping[Key, int]) -> Block:
    """How often somebody came by a partner's codes."""
    return Block((PARTNER,), ((), (PARTNER,)), counts)


def screen_block(counts: Mapping[Key, int]) -> Block:
    """How often each screen was shown."""
    return Block((SCREEN,), ((), (SCREEN,)), counts)


def gathered_block(counts: Mapping[Key, int]) -> Block:
    """People at one gathering, beside nothing else."""
    return Block((GATHERED,), ((),), counts)


def channel_block(counts: Mapping[Key, int]) -> Block:
    """District × where it came in."""
    return Block(("district", "channel"), (("channel",), ("channel", "district")), counts)


def risk_block(risk: str, count: int) -> Block:
    """Businesses in which one risk was found, for the city alone."""
    name = f"{RISK}{risk}"
    return Block((name,), ((name,),), {(WITH,): count})


_MAKERS: dict[str, Callable[[Mapping[Key, int]], Block]] = {
    "base": base_block,
    "grade": grade_block,
    "band": band_block,
    "month": month_block,
    "mending": mending_block,
    "channel": channel_block,
    REVIEWED: reviewed_block,
    BROUGHT: brought_block,
    SCANNED: scanned_block,
    SCREEN: screen_block,
    GATHERED: gathered_block,
    **{name: partial(plain_block, name) for name in ("version", "stars", "relief", HANDLED, RATED, OTHER_RATED)},
}


def make_block(name: str, counts: Mapping[Key, int]) -> Block:
    """The block that is kept under this name."""
    if name.startswith(TOPIC):
        return topic_block(name.removeprefix(TOPIC), counts)
    if name.startswith((SURVEY, VERDICT)):
        return plain_block(name, counts)
    return _MAKERS[name](counts)


def cell_of(dimensions: tuple[str, ...], key: Key, part: tuple[str, ...]) -> Cell:
    """The margin of a combination over some of its dimensions."""
    return tuple((one, key[dimensions.index(one)]) for one in sorted(part))


def shown_cells(blocks: Iterable[Block]) -> dict[Cell, int]:
    """Every cell that may be published, with its count, zeros included."""
    cells: dict[Cell, int] = {}
    done = set[tuple[str, ...]]()
    for block in blocks:
        for part in block.shown:
            if tuple(sorted(part)) in done:
                continue
            done.add(tuple(sorted(part)))
            places = [block.dimensions.index(one) for one in part]
            for values in dict.fromkeys(tuple(key[place] for place in places) for key in block.combinations()):
                cells[cell_of(part, values, part)] = 0
            for key, count in block.counts.items():
                cells[cell_of(block.dimensions, key, part)] += count
    return cells


def table_of(cell: Cell) -> Table:
    """The names of a cell's dimensions; every risk is of the one table of risks, and so is what lawyers made of it."""
    return tuple(next((one for one in (RISK, VERDICT) if name.startswith(one)), name) for name, _ in cell)


def is_sensitive(name: str) -> bool:
    return name in _SENSITIVE or name.startswith((TOPIC, RISK, VERDICT))


def total_above(cell: Cell) -> Cell | None:
    """For a cell that tells something sensitive: the businesses it is a share of."""
    told = [one for one in cell if is_sensitive(one[0])]
    if not told or all(value in _HARMLESS for _, value in told):
        return None
    return tuple(one for one in cell if one not in told)
