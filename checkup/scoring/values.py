"""What a score says: the numbers, the grade and what held it, and the findings. Pure."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from checkup.packs.conditions import Truth
from checkup.packs.values import Risk
from checkup.scoring.ladder import HeldBy

LIGHTS = ("red", "orange", "yellow", "green", "grey")


class Rated(NamedTuple):
    """One risk as the answers leave it. Likelihoods in units of `exact.UNIT`; `case`: the place of the case that held
    for certain; `questions`: the place of what its likelihood hangs on among the pack's distinct ones."""

    risk: Risk
    weight: int
    applies: Truth
    lo: int
    hi: int
    likelihood: int
    case: int | None
    questions: int


class Finding(NamedTuple):
    """A risk this checkup detected (`found`), or only in part (`hint`), cannot rate yet (`unknown`), or that may apply
    (`possible`).

    `priority` = weight × likelihood; `points` = what the score gains once it is mended; `expired`: its day is past;
    `case`: the place of the risk's case that held, for its words.
    """

    risk: str
    domain: str
    severity: int
    likelihood: float
    lo: float
    hi: float
    state: str
    priority: float
    colour: str
    points: float
    urgent: bool
    due: dt.date | None
    expired: bool = False
    case: int | None = None


@dataclass(frozen=True)
class DomainScore:
    id: str
    score: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Score:
    """`score` and `grade` are None where no risk applies ("not applicable") or too little is known (`enough`).

    `answered`: the known share of the weight that this path can decide; `light`: the result of an express checkup;
    `confidence` = 100 − (high − low).
    """

    score: float | None
    low: float | None
    high: float | None
    grade: str | None
    grade_low: str | None
    grade_high: str | None
    held_by: HeldBy | None
    answered: float
    enough: bool
    light: str
    confidence: float | None
    domains: tuple[DomainScore, ...]
    findings: tuple[Finding, ...]
