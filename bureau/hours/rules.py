"""What counts as pro bono time and how much, by dated rules. Pure.

Numbers (targets, caps, points, shares) are parameters (`bureau/parameters/rules.py`). Categories have a table of their
own: a category holds from a day up to, but not including, another, and for one bureau and code no two periods overlap
(the database holds this too, `bureau/hours/models.py`). Where no bureau up the tree has set one, the default holds.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bureau.parameters.rules import KINDS, Decided, value_on

START = dt.date(2019, 10, 1)
ON_PLATFORM = "checkup"
AID = "legal_aid"  # each reference (援助案号) is one case towards the target
WEIGHTS = range(301)


@dataclass(frozen=True)
class Category:
    """A kind of service that counts with `weight` percent, from `from_on` up to `until_on` (open when None)."""

    code: str
    from_on: dt.date
    until_on: dt.date | None
    weight: int
    name: str
    name_en: str

    def holds(self, day: dt.date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


DEFAULTS: tuple[Category, ...] = (
    Category(ON_PLATFORM, START, None, 100, "法治体检", "Legal checkup"),
    Category("clinic", START, None, 100, "现场咨询", "Legal clinic on site"),
    Category("lecture", START, None, 100, "普法宣讲", "Law lecture"),
    Category("hotline", START, None, 100, "12348值班", "12348 hotline duty"),
    Category("mediation", START, None, 100, "参与调解", "Mediation"),
    Category(AID, START, None, 150, "法律援助案件", "Legal aid case"),
)


@dataclass(frozen=True)
class RuleBook:
    """The rules of a bureau and of those above it: `layers` and `numbers` from the nearest to the farthest."""

    layers: Sequence[Sequence[Category]] = (DEFAULTS,)
    numbers: Mapping[str, Sequence[Sequence[Decided]]] = field(default_factory=dict)

    def number(self, key: str, day: dt.date) -> int:
        """A parameter as it holds on a day."""
        return value_on(self.numbers.get(key, ()), day, KINDS[key].default)

    def category(self, code: str, day: dt.date) -> Category | None:
        """The category as it holds on a day, of the nearest bureau that has set it."""
        return next((one for layer in self.layers for one in layer if one.code == code and one.holds(day)), None)

    def weight(self, code: str, day: dt.date) -> int:
        """In percent; 0 when it does not count on that day."""
        found = self.category(code, day)
        return found.weight if found is not None else 0

    def categories(self, day: dt.date) -> Sequence[Category]:
        """What may be claimed on a day."""
        codes = dict.fromkeys(one.code for layer in reversed(self.layers) for one in layer)
        found = (self.category(code, day) for code in codes)
        return [one for one in found if one is not None and one.weight > 0]

    def names(self) -> Mapping[str, Category]:
        """Code → its newest words, also of what no longer counts."""
        newest: dict[str, Category] = {}
        for layer in reversed(self.layers):
            newest |= {one.code: one for one in sorted(layer, key=lambda one: one.from_on)}
        return newest


def overlapping(categories: Iterable[Category]) -> list[tuple[Category, Category]]:
    """Every pair of one code whose periods share a day; empty is the proof that none does."""
    held = [one for one in categories if one.until_on is None or one.from_on < one.until_on]
    return [
        (one, other)
        for place, one in enumerate(held)
        for other in held[place + 1 :]
        if one.code == other.code
        and (one.until_on is None or other.from_on < one.until_on)
        and (other.until_on is None or one.from_on < other.until_on)
    ]


def points(credited: Iterable[tuple[str, dt.date, int]], book: RuleBook) -> int:
    """Points for (category, day, counted minutes): minutes × weight × points per hour, whole points, rounded down.

    Rounded once, at the end: how the minutes are split into entries never changes the sum.
    """
    hundredths = sum(
        minutes * book.weight(category, day) * book.number("points_hour", day) for category, day, minutes in credited
    )
    return hundredths // (60 * 100)
