"""From one checkup to the items it is counted under. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from checkup.packs.values import Pack
from cloud.cells import TOPIC, WITH, WITHOUT

Item = tuple[str, str]
_BETWEEN = "|"


@dataclass(frozen=True)
class Fact:
    """What the statistics know of a checkup: where, what kind, how big, its grade, what was found."""

    district: str
    section: str
    size: str
    grade: str
    risks: frozenset[str]
    is_urgent: bool


def period_of(day: dt.date) -> str:
    """The quarter, such as `2026-Q4`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def items_of(pack: Pack, fact: Fact) -> frozenset[Item]:
    """(block, key) of every count that this checkup raises by one."""
    found = {pack.risk(risk).domain for risk in fact.risks}
    items = {
        ("base", join(fact.district, fact.section, fact.size)),
        ("grade", join(fact.district, fact.size, fact.grade)),
        (f"{TOPIC}urgent", join(fact.district, WITH if fact.is_urgent else WITHOUT)),
        *(("risk", risk) for risk in fact.risks),
    }
    for domain in pack.domains:
        items.add((f"{TOPIC}{domain.id}", join(fact.district, WITH if domain.id in found else WITHOUT)))
    return frozenset(items)


def join(*values: str) -> str:
    return _BETWEEN.join(values)


def split(key: str) -> tuple[str, ...]:
    return tuple(key.split(_BETWEEN))


def write_items(items: Iterable[Item]) -> str:
    """Sorted, one per line, so that equal contributions are equal texts."""
    return "\n".join(sorted(f"{block}\t{key}" for block, key in items))


def read_items(text: str) -> frozenset[Item]:
    return frozenset((block, key) for block, _, key in (line.partition("\t") for line in text.splitlines()))
