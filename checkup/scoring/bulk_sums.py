"""From the ends of walks to sums, scores, bounds and grades, in the whole numbers of `exact.py`. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from checkup.packs.values import GRADES, Pack, Rung
from checkup.scoring.bulk_tables import FALSE, TRUE, UNKNOWN, Digits, RiskTable, State
from checkup.scoring.exact import UNIT, Scale, units
from checkup.scoring.ladder import POINTS

Whole = npt.NDArray[np.int64]
_SUMS = ("weight", "point", "worst", "best", "decided", "known")
_KINDS = ("point", "low", "high")
_BITS, _TO_A_WORD = 15, 4  # a count of the risks on a rung, four to a whole number of 64 bits


class _Standing(NamedTuple):
    """A count that rungs go by: which severities, from which likelihood (in units)."""

    severities: tuple[int, ...]
    least: int

    @classmethod
    def of(cls, rung: Rung) -> "_Standing":
        return cls(rung.severities, units(rung.likelihood))


@dataclass(frozen=True)
class _RiskSums:
    """What one risk adds. `adds`: a row per end; `possible`: whether it only may apply there, with the places of
    its highest and its lowest value among those of the pack."""

    table: RiskTable
    adds: Whole
    possible: npt.NDArray[np.bool_]
    hi: npt.NDArray[np.intp]
    lo: npt.NDArray[np.intp]


@dataclass(frozen=True)
class Sums:
    """Of some checkups: a whole number each in `totals`, the counts of the ladder, and the weight of the possible
    risks at each value (`values`) of their highest and their lowest end."""

    totals: Mapping[str, Whole]
    counts: Mapping[tuple[str, _Standing], Whole]
    values: Sequence[int]
    at_hi: Whole
    at_lo: Whole


class Adder:
    """Adds up every risk of a pack."""

    def __init__(self, pack: Pack, tables: Sequence[RiskTable]) -> None:
        self._standings = tuple(dict.fromkeys(map(_Standing.of, pack.model.ladder)))
        self._keys = tuple(product(_KINDS, self._standings))
        ends = {value for table in tables for end in table.ends for value in (end.lo, end.hi)}
        self._values = sorted(ends)
        self._risks = [self._of(table) for table in tables]

    def _of(self, table: RiskTable) -> _RiskSums:
        place = {value: at for at, value in enumerate(self._values)}
        return _RiskSums(
            table=table,
            adds=np.array([self._adds(table, end) for end in table.ends], dtype=np.int64),
            possible=np.array([end.applies == UNKNOWN for end in table.ends]),
            hi=np.array([place[end.hi] for end in table.ends], dtype=np.intp),
            lo=np.array([place[end.lo] for end in table.ends], dtype=np.intp),
        )

    def _adds(self, table: RiskTable, end: State) -> list[int]:
        """The sums, then the counts, several to a word."""
        weight, likelihood = table.risk.weight, table.likelihood(end)
        certain = weight if end.applies == TRUE else 0
        known = end.is_decided and end.lo == end.hi
        sums = [certain, certain * likelihood, certain * end.hi, certain * end.lo]
        sums += [weight if end.is_decided and end.applies != FALSE else 0, certain if known else 0]
        standing = {"point": (likelihood, end.applies == TRUE), "high": (end.lo, end.applies == TRUE)}
        standing["low"] = (end.hi, end.applies != FALSE)
        words = [0] * -(-len(self._keys) // _TO_A_WORD)
        for at, (kind, (severities, least)) in enumerate(self._keys):
            value, counts = standing[kind]
            if counts and value >= least and table.risk.severity in severities:
                words[at // _TO_A_WORD] += 1 << (_BITS * (at % _TO_A_WORD))
        return sums + words

    def add(self, truths: Mapping[str, Digits], rows: slice) -> Sums:
        """Everything that some rows come to."""
        height = rows.stop - rows.start
        total = np.zeros((height, len(_SUMS) + -(-len(self._keys) // _TO_A_WORD)), dtype=np.int64)
        at_hi, at_lo = (np.zeros((height, len(self._values)), dtype=np.int64) for _ in range(2))
        for risk in self._risks:
            end = risk.table.end(truths, rows)
            total += risk.adds.take(end, axis=0)
            if risk.possible.any() and len(who := np.flatnonzero(risk.possible.take(end))):
                there = end[who]
                at_hi[who, risk.hi[there]] += risk.table.risk.weight
                at_lo[who, risk.lo[there]] += risk.table.risk.weight
        counts = {}
        for at, key in enumerate(self._keys):
            word = total[:, len(_SUMS) + at // _TO_A_WORD]
            counts[key] = (word >> (_BITS * (at % _TO_A_WORD))) & ((1 << _BITS) - 1)
        totals = {name: total[:, at] for at, name in enumerate(_SUMS)}
        return Sums(totals, counts, self._values, at_hi, at_lo)


@dataclass(frozen=True)
class Verdicts:
    """What sums come to under the pack's scale and ladder."""

    pack: Pack
    sums: Sums

    def frame(self) -> pl.DataFrame:
        """The columns of `score_frame`."""
        weight = self.sums.totals["weight"]
        point = np.where(self.enough, weight, 0), self.sums.totals["point"]
        low = self._extreme("worst", self.sums.at_hi, worst=True)
        high = self._extreme("best", self.sums.at_lo, worst=False)
        grade, held_by = self._graded("point", *point)
        known, decided = self.sums.totals["known"], self.sums.totals["decided"]
        return pl.DataFrame(
            {
                "score": self._scores(*point),
                "low": self._scores(*low),
                "high": self._scores(*high),
                "grade": grade,
                "grade_low": self._graded("low", *low)[0],
                "grade_high": self._graded("high", *high)[0],
                "held_by": held_by,
                "answered": np.divide(known, decided, out=np.zeros(len(known)), where=decided > 0),
                "enough": self.enough,
            }
        )

    @cached_property
    def enough(self) -> npt.NDArray[np.bool_]:
        """Whether so much of what the path can decide is known that there is a verdict."""
        least = Fraction(str(self.pack.model.enough_from))
        known, decided = self.sums.totals["known"], self.sums.totals["decided"]
        return (known * least.denominator >= decided * least.numerator) & ((decided > 0) | (not least))

    def _extreme(self, harm: str, weights: Whole, *, worst: bool) -> tuple[Whole, Whole]:
        """Weight and harm of the extreme ratio over every choice of the possible risks: those of one value are taken
        or left together, the most extreme first, while they move the ratio."""
        weight, total = self.sums.totals["weight"].copy(), self.sums.totals[harm].copy()
        places = range(len(self.sums.values))
        for at in reversed(places) if worst else places:
            value, there = self.sums.values[at], weights[:, at]
            beyond = value * weight > total if worst else value * weight < total
            taken = np.where(beyond | (weight == 0), there, 0)
            weight += taken
            total += taken * value
        return weight, total

    def _numerator(self, weight: Whole, harm: Whole) -> Whole:
        rest: Whole = 100 * (UNIT * weight - self.pack.model.stretch * harm)
        return rest.clip(0)

    def _scores(self, weight: Whole, harm: Whole) -> pl.Series:
        """The nearest decimal of each score; null for no risk at all."""
        share = np.full(len(weight), np.nan)
        np.divide(self._numerator(weight, harm), UNIT * weight, out=share, where=weight > 0)
        return pl.Series(share).fill_nan(None)

    def _graded(self, kind: str, weight: Whole, harm: Whole) -> tuple[pl.Series, pl.Series]:
        """The grade, and the rule that held it."""
        reached, whole = self._numerator(weight, harm), UNIT * weight
        bands = Scale.of(self.pack).bands
        grade, rule = (np.zeros(len(weight), dtype=np.int64) for _ in range(2))
        for top, bottom in bands:
            grade += reached * bottom < top * whole
        for place, rung in enumerate(self.pack.model.ladder, start=1):
            at_most = GRADES.index(rung.at_most)
            holds = (self.sums.counts[kind, _Standing.of(rung)] >= rung.count) & (at_most > grade)
            grade, rule = np.where(holds, at_most, grade), np.where(holds, place, rule)
        names = (POINTS, *(rung.id for rung in self.pack.model.ladder))
        return _named(grade, GRADES, weight > 0), _named(rule, names, weight > 0)


def _named(places: Whole, names: Sequence[str], there: npt.NDArray[np.bool_]) -> pl.Series:
    """Names by their places; null where there is none."""
    which = pl.Series(places.astype(np.int8)).to_frame("place").with_columns(there=there)
    named = pl.col("place").replace_strict(dict(enumerate(names)), return_dtype=pl.String)
    return which.select(pl.when("there").then(named)).to_series()


def column(table: RiskTable, end: npt.NDArray[np.intp], of: Callable[[State], int]) -> Whole:
    """One number of each row's end."""
    return np.array([of(one) for one in table.ends], dtype=np.int64).take(end)
