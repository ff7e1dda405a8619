"""One risk as the answers leave it. Pure."""

from typing import NamedTuple

from checkup.packs.conditions import Truth
from checkup.packs.values import Risk


class Rated(NamedTuple):
    """Likelihoods in units of `exact.UNIT`; `case`: the place of the case that held for certain; `questions`: the
    place of what its likelihood names among the pack's distinct ones."""

    risk: Risk
    weight: int
    applies: Truth
    lo: int
    hi: int
    likelihood: int
    case: int | None
    questions: int
