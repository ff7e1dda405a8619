"""What a changed pack would do to the checkups there are: grades up and down, findings new and gone. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from checkup.packs.answers import Answers, Value
from checkup.packs.values import GRADES, Pack
from checkup.packs.versions import carry_answers
from checkup.scoring.bulk import encode, rate_risks, score_frame


@dataclass(frozen=True)
class Impact:
    """`moves`: (old grade, new grade) → checkups; `new` and `gone`: risk → checkups with a finding more or less."""

    checkups: int
    moves: Mapping[tuple[str, str], int]
    mean_change: float
    asked_again: int
    new: Mapping[str, int]
    gone: Mapping[str, int]

    @property
    def better(self) -> int:
        return sum(n for (old, new), n in self.moves.items() if GRADES.index(new) < GRADES.index(old))

    @property
    def worse(self) -> int:
        return sum(n for (old, new), n in self.moves.items() if GRADES.index(new) > GRADES.index(old))


def measure_impact(old: Pack, new: Pack, checkups: Iterable[tuple[Mapping[str, Value], Answers]]) -> Impact:
    """Score every checkup by both packs, its answers carried from the old to the new."""
    rows = list(checkups)
    carried = [carry_answers(old, new, answers) for _, answers in rows]
    before = encode(old, rows)
    after = encode(new, [(profile, one.answers) for (profile, _), one in zip(rows, carried, strict=True)])
    was, now = score_frame(old, before), score_frame(new, after)
    had, has = _found(old, before), _found(new, after)
    moves = Counter(
        (one, other)
        for one, other in zip(was["grade"], now["grade"], strict=True)
        if one is not None and other is not None
    )
    change = (now["score"] - was["score"]).mean()
    return Impact(
        checkups=len(rows),
        moves=dict(sorted(moves.items())),
        mean_change=float(change) if isinstance(change, float) else 0.0,
        asked_again=sum(len(one.asked_again) for one in carried),
        new={risk: count for risk in has if (count := has[risk] - had.get(risk, 0)) > 0},
        gone={risk: count for risk in had if (count := had[risk] - has.get(risk, 0)) > 0},
    )


def _found(pack: Pack, frame: pl.DataFrame) -> dict[str, int]:
    """Risk → how many checkups have it as a finding for certain."""
    rated = rate_risks(pack, frame)
    counts = rated.select(
        (pl.col(f"applies:{r.id}").fill_null(False) & (pl.col(f"lo:{r.id}") > 0)).sum().alias(r.id) for r in pack.risks
    )
    return {risk: int(count) for risk, count in counts.row(0, named=True).items()}
