"""A period's numbers, frozen: the same numbers are the same bytes, and every figure names its measures. Pure."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bureau.reports.formulas import evaluate
from bureau.reports.measures import Book, Measure, make_book
from tenants.districts import DISTRICTS

_PERIOD = re.compile(r"20\d\d(-Q[1-4])?")


@dataclass(frozen=True)
class Definition:
    """An indicator as an edition uses it. `target` in the indicator's unit; weight in whole points."""

    key: str
    version: int
    name: Mapping[str, str]
    formula: str
    unit: str
    weight: int
    source: str
    target: float | None


@dataclass(frozen=True)
class Rated:
    """An indicator with its value for the whole part of the tree and for each district."""

    definition: Definition
    value: float | None
    lacking: tuple[str, ...]
    by_district: Mapping[str, float | None]

    @property
    def progress(self) -> float | None:
        """Share of the target reached, 1 = there; None without a value or a target."""
        target = self.definition.target
        return None if self.value is None or not target else self.value / target


@dataclass(frozen=True)
class Frozen:
    """What an edition holds. `releases`: number → SHA-256 of the manifest of each statistical release used.

    `covers`: the quarters of which these releases hold numbers; `as_of`: the last day that the edition counts;
    `is_provisional`: on that day the period had not ended.
    """

    period: str
    place: Mapping[str, str]
    book: Book
    rated: Sequence[Rated]
    releases: Mapping[str, str]
    threshold: int
    covers: tuple[str, ...] = ()
    as_of: str = ""
    is_provisional: bool = False

    def says_the_same(self, other: "Frozen") -> bool:
        """The same numbers, whatever the day on which they were counted."""
        return _undated(self) == _undated(other)


def _undated(frozen: Frozen) -> bytes:
    return to_bytes(replace(frozen, as_of="", book={key: replace(one, source="") for key, one in frozen.book.items()}))


def period_days(period: str) -> tuple[dt.date, dt.date]:
    """The first day of a year or quarter, and the first day after it."""
    year, _, quarter = period.partition("-Q")
    first = dt.date(int(year), 3 * int(quarter or 1) - 2, 1)
    months = 3 if quarter else 12
    after = first.month - 1 + months
    return first, dt.date(first.year + after // 12, after % 12 + 1, 1)


def last_day_counted(period: str, today: dt.date) -> dt.date:
    """Its last day, or today while the period runs."""
    return min(period_days(period)[1] - dt.timedelta(days=1), today)


def is_period(text: str) -> bool:
    """A year such as 2026 or a quarter such as 2026-Q4."""
    return _PERIOD.fullmatch(text) is not None


def is_withheld(rated: Rated, book: Book) -> bool:
    """Whether it has no value because a number in it is withheld, and not because there is nothing to count yet."""
    return any(book[key].is_withheld for key in rated.lacking if key in book)


def rate(definitions: Iterable[Definition], book: Book) -> tuple[Rated, ...]:
    """Every indicator, for the whole and by district, in the order of weight and key."""
    return tuple(
        Rated(
            one,
            (whole := evaluate(one.formula, book)).value,
            whole.lacking,
            {district: evaluate(one.formula, book, district).value for district in DISTRICTS},
        )
        for one in sorted(definitions, key=lambda one: (-one.weight, one.key))
    )


def total_score(rated: Sequence[Rated]) -> float | None:
    """Weighted progress in percent, each capped at 100; None while a weighted indicator has no value or target."""
    counted = [one for one in rated if one.definition.weight > 0]
    weights = sum(one.definition.weight for one in counted)
    reached = [one.progress for one in counted]
    if not weights or any(share is None for share in reached):
        return None
    pairs = zip(counted, reached, strict=True)
    return 100 * sum(one.definition.weight * min(share or 0.0, 1.0) for one, share in pairs) / weights


def to_bytes(frozen: Frozen) -> bytes:
    """Canonical JSON: sorted keys, no spaces, so that equal editions are equal bytes."""
    document = {
        "period": frozen.period,
        "place": dict(frozen.place),
        "threshold": frozen.threshold,
        "releases": dict(frozen.releases),
        "covers": list(frozen.covers),
        "as_of": frozen.as_of,
        "is_provisional": frozen.is_provisional,
        "measures": [asdict(one) for one in frozen.book.values()],
        "indicators": [
            {
                "definition": {**asdict(one.definition), "name": dict(one.definition.name)},
                "value": one.value,
                "lacking": list(one.lacking),
                "by_district": dict(one.by_district),
            }
            for one in frozen.rated
        ],
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class NoEdition(ValueError):
    """The bytes hold something else."""


def from_bytes(content: bytes) -> Frozen:
    """The edition that these bytes hold. Raises: NoEdition."""
    try:
        return _read(json.loads(content))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NoEdition from None


def _read(held: Mapping[str, Any]) -> Frozen:
    return Frozen(
        period=held["period"],
        place=held["place"],
        book=make_book(Measure(**one) for one in held["measures"]),
        rated=tuple(
            Rated(Definition(**one["definition"]), one["value"], tuple(one["lacking"]), one["by_district"])
            for one in held["indicators"]
        ),
        releases=held["releases"],
        threshold=held["threshold"],
        covers=tuple(held["covers"]),
        as_of=held["as_of"],
        is_provisional=held["is_provisional"],
    )


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Compared:
    """One indicator in two periods; `is_alike` is false when its definition changed, and then no difference is said."""

    now: Rated
    before: Rated | None
    is_alike: bool

    @property
    def change(self) -> float | None:
        if not self.is_alike or self.before is None or self.now.value is None or self.before.value is None:
            return None
        return self.now.value - self.before.value


def compare(now: Frozen, before: Frozen) -> tuple[Compared, ...]:
    """Like with like: the same key, version and formula, over the same part of the tree, of periods that are over."""
    earlier = {one.definition.key: one for one in before.rated}
    made = []
    for one in now.rated:
        other = earlier.get(one.definition.key)
        same = other is not None and (other.definition.version, other.definition.formula) == (
            one.definition.version,
            one.definition.formula,
        )
        is_over = not now.is_provisional and not before.is_provisional
        made.append(Compared(one, other, same and is_over and now.place == before.place))
    return tuple(made)
