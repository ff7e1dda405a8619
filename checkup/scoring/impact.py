"""What a changed pack would do to the checkups there are: grades up and down, findings new and gone. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import polars as pl

from checkup.packs.answers import Answers, Value
from checkup.packs.values import GRADES, Pack
from checkup.packs.versions import carry_answers
from checkup.scoring.bulk import encode, rate_risks, score_frame
from checkup.scoring.exact import units

NO_VERDICT = "–"
_BATCH = 5_000
Row = tuple[Mapping[str, Value], Answers, bool]


@dataclass(frozen=True)
class Impact:
    """`moves`: (old grade, new grade) → checkups, `–` where there is none; `new` and `gone`: risk → checkups with a
    finding more or less. `mean_change` is over those with a score before and after."""

    checkups: int
    moves: Mapping[tuple[str, str], int]
    mean_change: float
    asked_again: int
    new: Mapping[str, int]
    gone: Mapping[str, int]

    @property
    def better(self) -> int:
        return sum(n for (old, new), n in self.moves.items() if _is_graded(old, new) and new < old)

    @property
    def worse(self) -> int:
        return sum(n for (old, new), n in self.moves.items() if _is_graded(old, new) and new > old)

    @property
    def unjudged(self) -> int:
        """Checkups that would lose their grade, for want of answers."""
        return sum(n for (old, new), n in self.moves.items() if new == NO_VERDICT != old)


def _is_graded(*grades: str) -> bool:
    return set(grades) <= set(GRADES)


def measure_impact(old: Pack, new: Pack, checkups: Iterable[Row]) -> Impact:
    """Score every checkup (profile, answers, whether express) by both packs, its answers carried from old to new.

    They are taken some thousand at a time: a city's need no more room than a firm's.
    """
    counted, left = _Counted(), iter(checkups)
    while rows := list(islice(left, _BATCH)):
        counted.add(old, new, rows)
    return counted.told()


@dataclass
class _Counted:
    """What the batches so far have shown."""

    checkups: int = 0
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    change: float = 0.0  # of so many
    changed: int = 0
    asked_again: int = 0
    had: Counter[str] = field(default_factory=Counter)
    has: Counter[str] = field(default_factory=Counter)

    def add(self, old: Pack, new: Pack, rows: Sequence[Row]) -> None:
        carried = [carry_answers(old, new, answers) for _, answers, _ in rows]
        after = [(profile, one.answers, express) for (profile, _, express), one in zip(rows, carried, strict=True)]
        frames = _encoded(old, rows), _encoded(new, after)
        was, now = (_scored(pack, frame, rows) for pack, frame in zip((old, new), frames, strict=True))
        self.had.update(_found(old, frames[0]))
        self.has.update(_found(new, frames[1]))
        self.moves.update(zip(was["grade"].fill_null(NO_VERDICT), now["grade"].fill_null(NO_VERDICT), strict=True))
        change = (now["score"] - was["score"]).drop_nulls()
        self.change, self.changed = self.change + float(change.sum()), self.changed + len(change)
        self.checkups += len(rows)
        self.asked_again += sum(len(one.asked_again) for one in carried)

    def told(self) -> Impact:
        return Impact(
            checkups=self.checkups,
            moves=dict(sorted(self.moves.items())),
            mean_change=self.change / self.changed if self.changed else 0.0,
            asked_again=self.asked_again,
            new=dict(self.has - self.had),
            gone=dict(self.had - self.has),
        )


def _encoded(pack: Pack, rows: Sequence[Row]) -> pl.DataFrame:
    return encode(pack, [(profile, answers) for profile, answers, _ in rows])


def _scored(pack: Pack, frame: pl.DataFrame, rows: Sequence[Row]) -> pl.DataFrame:
    deep, express = score_frame(pack, frame), score_frame(pack, frame, express=True)
    is_express = pl.Series("express", [express for *_, express in rows], dtype=pl.Boolean)
    return pl.DataFrame({name: express[name].zip_with(is_express, deep[name]) for name in ("grade", "score")})


def _found(pack: Pack, frame: pl.DataFrame) -> dict[str, int]:
    """Risk → how many checkups have it as a finding."""
    rated = rate_risks(pack, frame)
    least = units(pack.model.finding_from)
    counts = rated.select(
        (
            pl.col(f"applies:{r.id}").fill_null(False)
            & (pl.col(f"lo:{r.id}") > 0)
            & (pl.col(f"likelihood:{r.id}") >= least)
        )
        .sum()
        .alias(r.id)
        for r in pack.risks
    )
    return {risk: int(count) for risk, count in counts.row(0, named=True).items()}
