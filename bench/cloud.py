"""What a checkup costs the statistics when ten thousand and when a million are counted, and a release of a million."""

import datetime as dt
import random
import resource
import statistics
import time
from collections import Counter
from collections.abc import Iterator

from bench.city import new_city, runs
from bench.results import Result
from checkup.packs.catalogue import PACK, get_pack
from checkup.scoring import simulation
from checkup.scoring.model import score
from cloud.cubes.cells import CHANNELS, MONTHS
from cloud.cubes.counting import add_to_cells
from cloud.cubes.facts import Fact, Item, items_of
from cloud.releases.releases import ask_draft, fill_draft, publish_draft
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work

NAME = "cloud"
PERIOD = "2026-Q3"
_FEW = 10_000
_MANY, _DISTINCT, _DELTAS = 1_000_000, 1_500, 400
_QUICK = (20_000, 60, 20)
_TODAY = dt.date(2026, 9, 1)


def measure(*, quick: bool) -> Iterator[Result]:
    """Milliseconds per delta at a million (baseline: at ten thousand), seconds of a release, memory in GiB."""
    many, distinct, deltas = _QUICK if quick else (_MANY, _DISTINCT, _DELTAS)
    made = simulated(distinct)
    for turn in runs(quick=quick):
        yield from _measure_once(made, random.Random(9 + turn), many, deltas)


def _measure_once(made: list[frozenset[Item]], rng: random.Random, many: int, deltas: int) -> Iterator[Result]:
    new_city()
    _load(made, rng, _FEW)
    small = _delta_ms(made, rng, deltas)
    _load(made, rng, many - _FEW - deltas)
    yield Result("cloud_delta", _delta_ms(made, rng, deltas), "ms", 1.3, baseline=small)
    began = time.perf_counter()
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        draft_id = ask_draft(session, period=PERIOD, method="suppression", k=10, by="bench", now=now()).id
    with unit_of_work(Scope(Audience.WORKER)) as session:
        fill_draft(session, draft_id, now=now())
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        publish_draft(session, draft_id, by="bench", now=now())
    yield Result("cloud_release", time.perf_counter() - began, "s", 60.0)
    yield Result("cloud_memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, "GiB", 2.0)


def simulated(distinct: int) -> list[frozenset[Item]]:
    """The items of distinct simulated checkups."""
    pack, rng, made = get_pack(PACK), random.Random(5), []
    for _ in range(distinct):
        details = simulation.make_details(rng)
        profile = details.profile()
        answers = simulation.walk(pack, profile, simulation.make_character(rng), rng, today=_TODAY, express=False)
        result = score(pack, profile, answers, today=_TODAY)
        found = [finding for finding in result.findings if finding.state == "found"]
        risks = frozenset(finding.risk for finding in found)
        urgent = any(finding.urgent for finding in found)
        fact = Fact(
            details.district,
            details.section,
            details.size,
            result.grade or "A",
            risks,
            urgent,
            score=100.0 if result.score is None else result.score,
            month=rng.choice(MONTHS),
            channel=rng.choice(CHANNELS),
        )
        made.append(items_of(pack, fact))
    return made


def _load(made: list[frozenset[Item]], rng: random.Random, checkups: int) -> None:
    """Count this many checkups in one go."""
    counts = Counter[tuple[str, str, str]]()
    for items, times in Counter(rng.choices(range(len(made)), k=checkups)).items():
        counts.update({(PERIOD, *item): times for item in made[items]})
    with unit_of_work(Scope(Audience.WORKER)) as session:
        add_to_cells(session, counts)


def _delta_ms(made: list[frozenset[Item]], rng: random.Random, deltas: int) -> float:
    """The median cost of counting one more checkup, in a unit of work of its own."""
    times = []
    for items in rng.choices(made, k=deltas):
        began = time.perf_counter()
        with unit_of_work(Scope(Audience.WORKER)) as session:
            add_to_cells(session, {(PERIOD, *item): 1 for item in items})
        times.append(time.perf_counter() - began)
    return 1000 * statistics.median(times)
