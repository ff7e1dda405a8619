"""How well the express questions foretell the deep result. Pure."""

import datetime as dt
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


def without_each(
    pack: Pack, businesses: Sequence[tuple[Mapping[str, Value], Answers]], *, express: set[str], today: dt.date
) -> dict[str, Agreement]:
    """The agreement if one express question were dropped, for each: what every question is worth."""
    return {
        question: express_agreement(pack, businesses, express=express - {question}, today=today)
        for question in sorted(express)
    }
