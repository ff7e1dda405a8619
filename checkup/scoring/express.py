"""How well grades part businesses, and the express questions foretell the deep result. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checkup.packs.answers import Answers, Value
from checkup.packs.values import GRADES, Pack
from checkup.scoring.model import score
from checkup.scoring.routing import walk


@dataclass(frozen=True)
class Agreement:
    """Over some businesses: how often the express grade is the deep grade, and at most one grade off (0–1)."""

    businesses: int
    same: float
    near: float
    mean_gap: float


def express_agreement(
    pack: Pack, businesses: Iterable[tuple[Mapping[str, Value], Answers]], *, express: set[str], today: dt.date
) -> Agreement:
    """Compare the deep score of each business with the score of its answers to `express` alone."""
    gaps, distances = list[float](), list[int]()
    for profile, answers in businesses:
        deep = score(pack, profile, answers, today=today)
        asked = {q.id for q in walk(pack, profile, answers).questions} & express
        quick = score(pack, profile, {q: v for q, v in answers.items() if q in asked}, today=today)
        if deep.grade and quick.grade and deep.score is not None and quick.score is not None:
            gaps.append(abs(deep.score - quick.score))
            distances.append(abs(GRADES.index(deep.grade) - GRADES.index(quick.grade)))
    count = len(gaps)
    return Agreement(
        businesses=count,
        same=sum(d == 0 for d in distances) / count if count else 0.0,
        near=sum(d <= 1 for d in distances) / count if count else 0.0,
        mean_gap=sum(gaps) / count if count else 0.0,
    )


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


def without_each(
    pack: Pack, businesses: Sequence[tuple[Mapping[str, Value], Answers]], *, express: set[str], today: dt.date
) -> dict[str, Agreement]:
    """The agreement if one express question were dropped, for each: what every question is worth."""
    return {
        question: express_agreement(pack, businesses, express=express - {question}, today=today)
        for question in sorted(express)
    }
