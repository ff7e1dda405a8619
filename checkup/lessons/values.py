"""A lesson as its author wrote it, and the law that it rests on at a day. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from checkup.packs.values import Basis, Pack

Text = Mapping[str, str]  # language → words


@dataclass(frozen=True)
class Asked:
    """A sentence that is right or wrong, and why."""

    ask: Text
    right: bool
    why: Text


@dataclass(frozen=True)
class Lesson:
    """What a business should know about these risks. `basis`: law → articles; `figure`: the drawing beside it."""

    id: str
    risks: tuple[str, ...]
    basis: Mapping[str, tuple[str, ...]]
    figure: str
    title: Text
    text: tuple[Text, ...]
    questions: tuple[Asked, ...]

    @property
    def domain(self) -> str:
        return self.risks[0].split(".")[0]

    def basis_on(self, pack: Pack, day: dt.date) -> list[Basis]:
        """Its articles as its risks rest on them on this day; none where the law has changed and nobody has looked."""
        found = dict[str, Basis]()
        for risk in self.risks:
            for basis in pack.risk(risk).on(day).basis:
                articles = tuple(one for one in self.basis.get(basis.law, ()) if one in basis.articles)
                before = found[basis.law].articles if basis.law in found else ()
                if articles:
                    found[basis.law] = replace(basis, articles=(*before, *(a for a in articles if a not in before)))
        return list(found.values())

    def count_right(self, answers: Sequence[bool]) -> int:
        return sum(answer is asked.right for answer, asked in zip(answers, self.questions, strict=True))
