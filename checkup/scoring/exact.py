"""Scores in whole numbers: sums, bounds and grades come out the same wherever they are worked out. Pure.

A likelihood counts in units of 1/20,000, so that a value of four decimals and the middle of two such values are whole.
A score is a ratio of two whole numbers; it becomes a decimal only where it is shown, and grades never see that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple

from checkup.packs.values import GRADES, Pack

UNIT = 20_000
RED, ORANGE = 8 * UNIT, 3 * UNIT


def units(likelihood: float) -> int:
    """A likelihood in whole units."""
    return round(likelihood * UNIT)


class Harm(NamedTuple):
    """Σ w and Σ w·L (in units) of some risks."""

    weight: int
    harm: int


NO_RISK = Harm(0, 0)


def worst(certain: Harm, possible: Iterable[tuple[int, int]]) -> Harm:
    """With each possible risk (weight, highest likelihood) that raises the ratio: the likeliest first."""
    total, harm = certain
    for weight, likelihood in sorted(possible, key=itemgetter(1), reverse=True):
        if not total or likelihood * total > harm:
            total, harm = total + weight, harm + weight * likelihood
    return Harm(total, harm)


def best(certain: Harm, possible: Iterable[tuple[int, int]]) -> Harm:
    """With each possible risk (weight, lowest likelihood) that lowers the ratio: the least likely first."""
    total, harm = certain
    for weight, likelihood in sorted(possible, key=itemgetter(1)):
        if not total or likelihood * total < harm:
            total, harm = total + weight, harm + weight * likelihood
    return Harm(total, harm)


@dataclass(frozen=True)
class Scale:
    """A pack's stretch and bands. The score of a harm is `numerator / (UNIT × weight)`, never below 0."""

    stretch: int
    bands: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, pack: Pack) -> "Scale":
        exact = (Fraction(str(pack.grades[grade])) for grade in GRADES[:-1])
        return cls(pack.model.stretch, tuple((band.numerator, band.denominator) for band in exact))

    def numerator(self, harm: Harm) -> int:
        return max(0, 100 * (UNIT * harm.weight - self.stretch * harm.harm))

    def score(self, harm: Harm) -> float | None:
        """The nearest decimal; None for no risk at all."""
        return self.numerator(harm) / (UNIT * harm.weight) if harm.weight else None

    def confidence(self, low: Harm, high: Harm) -> float | None:
        """100 less what lies between the low score and the high one, the nearest decimal; None for no risk at all."""
        if not low.weight:
            return None
        between = self.numerator(high) * low.weight - self.numerator(low) * high.weight
        whole = UNIT * low.weight * high.weight
        return (100 * whole - between) / whole

    def grade(self, harm: Harm) -> str | None:
        """The grade of the points alone. The one place that compares a score with a band."""
        if not harm.weight:
            return None
        reached = self.numerator(harm)
        whole = UNIT * harm.weight
        bands = zip(GRADES, self.bands, strict=False)
        return next((grade for grade, (top, bottom) in bands if reached * bottom >= top * whole), GRADES[-1])

    def points(self, priority: int, weight: int) -> float:
        """What the score gains when a risk of this priority (in units) is mended."""
        return 100 * self.stretch * priority / (UNIT * weight) if weight else 0.0
