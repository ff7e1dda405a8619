"""Which lessons a checkup calls for: those a lawyer gave, then those on what weighs most. Pure."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from checkup.lessons.values import Lesson
from checkup.packs.values import Pack

FIRST = 3


@dataclass(frozen=True)
class Chosen:
    """`first`: what to begin with; `more`: the rest on what was found; `done`: what she has done."""

    first: tuple[Lesson, ...]
    more: tuple[Lesson, ...]
    done: tuple[Lesson, ...]

    @property
    def next(self) -> Lesson | None:
        return self.first[0] if self.first else None


def choose_lessons(
    lessons: Sequence[Lesson],
    pack: Pack,
    *,
    found: Sequence[str],
    given: Collection[str],
    done: Collection[str],
    day: dt.date,
) -> Chosen:
    """`found`: risks, the weightiest first. A lesson whose law is not in force on the day is none."""
    place = {risk: number for number, risk in enumerate(found)}
    known = {risk.id for risk in pack.risks}
    fitting = [one for one in lessons if known.issuperset(one.risks) and one.basis_on(pack, day)]
    called = [one for one in fitting if one.id in given or place.keys() & set(one.risks)]
    called.sort(key=lambda one: (one.id not in given, min(place.get(risk, len(place)) for risk in one.risks)))
    open_ = [one for one in called if one.id not in done]
    over = tuple(one for one in fitting if one.id in done)
    return Chosen(tuple(open_[:FIRST]), tuple(open_[FIRST:]), over)
