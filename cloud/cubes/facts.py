"""From one checkup to the items it is counted under. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from checkup.packs.values import Pack
from cloud.cubes.cells import BANDS, MONTHS, NONE, QUARTERS, TOPIC, WITH, WITHOUT

Item = tuple[str, str]
_BETWEEN = "|"


@dataclass(frozen=True)
class Fact:
    """What the statistics know of a checkup: where, what kind, how big, how it came out, what followed.

    `amounts`: sums by measure (checkups; fen waived and deferred; minutes given for free).
    """

    district: str
    section: str
    size: str
    grade: str
    risks: frozenset[str]
    is_urgent: bool
    score: float = 100.0
    month: str = MONTHS[0]
    channel: str = "web"
    version: str = ""
    mended: str = NONE
    pace: str = NONE
    stars: str = NONE
    relief: str = NONE
    amounts: Mapping[str, int] = field(default_factory=dict)


def period_of(day: dt.date) -> str:
    """The quarter, such as `2026-Q4`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def month_of(day: dt.date) -> str:
    """The month within its quarter: `M1` to `M3`."""
    return MONTHS[(day.month - 1) % 3]


def calendar_month(year: str, quarter: str, month: str) -> str:
    """`2026`, `Q3`, `M1` → `2026-07`."""
    return f"{year}-{3 * QUARTERS.index(quarter) + MONTHS.index(month) + 1:02d}"


def band_of(score: float) -> str:
    """The band of an unrounded score; a band holds its lower edge."""
    return [band for band, edge in BANDS.items() if score >= edge][-1]


def items_of(pack: Pack, fact: Fact) -> frozenset[Item]:
    """(block, key) of every count that this checkup raises by one."""
    found = {pack.risk(risk).domain for risk in fact.risks}
    topics = {"urgent": fact.is_urgent, **{domain.id: domain.id in found for domain in pack.domains}}
    return frozenset(
        {
            ("base", join(fact.district, fact.section, fact.size)),
            ("grade", join(fact.district, fact.size, fact.grade)),
            ("band", join(fact.grade, band_of(fact.score))),
            ("month", join(fact.district, fact.month)),
            ("version", fact.version or pack.version),
            ("channel", join(fact.district, fact.channel)),
            ("mending", join(fact.mended, fact.pace)),
            ("stars", fact.stars),
            ("relief", fact.relief),
            *(("risk", join(pack.risk(risk).domain, risk)) for risk in fact.risks),
            *((f"{TOPIC}{t}", join(fact.district, WITH if yes else WITHOUT)) for t, yes in topics.items()),
        }
    )


def join(*values: str) -> str:
    return _BETWEEN.join(values)


def split(key: str) -> tuple[str, ...]:
    return tuple(key.split(_BETWEEN))


def write_items(items: Iterable[Item]) -> str:
    """Sorted, one per line, so that equal contributions are equal texts."""
    return "\n".join(sorted(f"{block}\t{key}" for block, key in items))


def read_items(text: str) -> frozenset[Item]:
    return frozenset((block, key) for block, _, key in (line.partition("\t") for line in text.splitlines()))
