"""(b) Score one full checkup of the shipped pack."""

import datetime as dt
import random
import time

from checkup import simulation
from checkup.packs.catalogue import get_pack
from checkup.scoring import score

NAME, UNIT, TARGET = "score_one", "ms", 1.0
_RUNS = 2000


def measure() -> float:
    """Milliseconds for one checkup, all reachable questions answered."""
    pack, rng, today = get_pack("cn-shanghai-msme"), random.Random(1), dt.date(2026, 11, 24)
    profile = {"form": "individual", "trade": "catering", "staff": 6, "size": "micro", "district": "310113"}
    answers = simulation.walk(pack, profile, simulation.Character(0.5, 0.1), rng, today=today, express=False)
    score(pack, profile, answers, today=today)
    began = time.perf_counter()
    for _ in range(_RUNS):
        score(pack, profile, answers, today=today)
    return 1000 * (time.perf_counter() - began) / _RUNS
