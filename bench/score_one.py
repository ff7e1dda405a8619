"""(b) Score one full checkup of the shipped pack."""

import datetime as dt
import random
import time
from collections.abc import Iterator

from bench.city import runs
from bench.results import Result
from checkup.packs.catalogue import PACK, get_pack
from checkup.scoring import simulation
from checkup.scoring.model import score

NAME = "score_one"
_SCORED, _QUICK_SCORED = 2000, 50


def measure(*, quick: bool) -> Iterator[Result]:
    """Milliseconds for one checkup, all reachable questions answered."""
    pack, rng, today = get_pack(PACK), random.Random(1), dt.date(2026, 11, 24)
    profile: dict[str, str | float] = {
        "form": "individual", "trade": "catering", "staff": 6.0, "size": "micro", "district": "310113",
    }  # fmt: skip
    answers = simulation.walk(pack, profile, simulation.Character(0.5, 0.1), rng, today=today, express=False)
    score(pack, profile, answers, today=today)
    many = _QUICK_SCORED if quick else _SCORED
    for _ in runs(quick=quick):
        began = time.perf_counter()
        for _ in range(many):
            score(pack, profile, answers, today=today)
        yield Result(NAME, 1000 * (time.perf_counter() - began) / many, "ms", 1.0)
