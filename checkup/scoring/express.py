"""How well grades part businesses, and the express questions foretell the deep result. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checkup.packs.answers import Answers, Value
from checkup.packs.values import GRADES, Pack
from checkup.scoring.model import score


@dataclass(frozen=True)
class Separation:
    """`shares`: deep grade → share (0–1) of those with a grade; `explained`: η², the part of the spread of hidden care
    that lies between the grades (0–1); `lights`: (express light, deep grade) → businesses."""

    shares: Mapping[str, float]
    explained: float
    lights: Mapping[tuple[str, str], int]


def separation(
    pack: Pack, businesses: Iterable[tuple[float, Mapping[str, Value], Answers]], *, express: set[str], today: dt.date
) -> Separation:
    """Over simulated businesses (care, profile, answers to every question they meet)."""
    cares: dict[str, list[float]] = {}
    lights = Counter[tuple[str, str]]()
    for care, profile, answers in businesses:
        grade = score(pack, profile, answers, today=today).grade
        if grade is not None:
            given = {question: value for question, value in answers.items() if question in express}
            lights[score(pack, profile, given, today=today, express=True).light, grade] += 1
            cares.setdefault(grade, []).append(care)
    graded = sum(map(len, cares.values()))
    shares = {grade: len(cares.get(grade, ())) / graded if graded else 0.0 for grade in GRADES}
    return Separation(shares, _explained(list(cares.values())), lights)


def _explained(groups: Sequence[Sequence[float]]) -> float:
    """η²: the sum of squares between the groups over that of all."""
    values = [value for group in groups for value in group]
    mean = sum(values) / len(values) if values else 0.0
    spread = sum((value - mean) ** 2 for value in values)
    between = sum(len(group) * (sum(group) / len(group) - mean) ** 2 for group in groups)
    return between / spread if spread else 0.0


def missed_without(
    pack: Pack, businesses: Iterable[tuple[float, Mapping[str, Value], Answers]], *, express: set[str], today: dt.date
) -> tuple[int, Mapping[str, int]]:
    """How many businesses whose whole checkup gives D or E get a red or an orange light, and for each express question
    how many of these would lose it if it were not asked: what the question is worth."""

    def is_lit(profile: Mapping[str, Value], answers: Answers, asked: set[str]) -> bool:
        given = {question: value for question, value in answers.items() if question in asked}
        return score(pack, profile, given, today=today, express=True).light in ("red", "orange")

    lit = [
        (profile, answers)
        for _, profile, answers in businesses
        if score(pack, profile, answers, today=today).grade in ("D", "E") and is_lit(profile, answers, express)
    ]
    return len(lit), {
        question: sum(not is_lit(*one, express - {question}) for one in lit) for question in sorted(express)
    }
