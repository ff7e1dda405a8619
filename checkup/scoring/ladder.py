"""The ladder: so many likely problems of a severity allow no better grade, and it is said which rung held it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checkup.packs.values import Model, Risk, Rung
from checkup.scoring.exact import units

POINTS = "points"


@dataclass(frozen=True)
class HeldBy:
    """What decided the grade: `points`, or a rung of the ladder with the risks that stand on it."""

    rule: str
    risks: tuple[str, ...] = ()


class Standing(NamedTuple):
    """A risk with its likelihood in units, as the ladder counts it."""

    risk: Risk
    likelihood: int


def climb(model: Model, points: str, standing: Sequence[Standing]) -> tuple[str, HeldBy]:
    """The grade after the ladder, and what held it: the lowest rung, where it is below what the points give."""
    grade, held_by = points, HeldBy(POINTS)
    for rung in model.ladder:
        if rung.at_most > grade and len(on_it := _on(rung, standing)) >= rung.count:
            heaviest = sorted(on_it, key=lambda one: (-one.risk.weight * one.likelihood, one.risk.id))
            grade, held_by = rung.at_most, HeldBy(rung.id, tuple(one.risk.id for one in heaviest))
    return grade, held_by


def _on(rung: Rung, standing: Sequence[Standing]) -> list[Standing]:
    least = units(rung.likelihood)
    return [one for one in standing if one.likelihood >= least and one.risk.severity in rung.severities]
