"""Owners answer at a steady rate for half an hour while the worker draws reports: no refusal, the slowest hundredth of
answers over time, and whether anything grows."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from bench.answer_step import make_walker, make_walkers
from bench.city import open_city, serving, tree_memory
from bench.cpu import settle
from bench.load import OWNERS, Timed, measure_steps, pace_steps
from bench.results import NO_TARGET, Result
from demo.cases import Case, add_case
from demo.city import demo_id
from tenants import jobs
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.app import create_app
from webapp.settings import Settings

NAME = "long_load"
_PORT = 8044
_RATE, _SECONDS, _PARTS = 200.0, 30 * 60.0, 6
_CARRIED = 0.5  # of what the machine can: a machine that cannot carry the rate asked for is asked for this share
_QUICK_RATE, _QUICK_SECONDS = 10.0, 2.0
_STEPS_A_WALK, _DRAWN, _LOOK = 20, 20, 5.0


def measure(*, quick: bool) -> Iterator[Result]:
    """Steps a second that were carried, p99 in milliseconds of each sixth of the time, memory at the end as a share of
    what it was after the first sixth. Raises: RuntimeError on any refusal."""
    settings, rng = open_city(), random.Random(3)
    app = create_app(settings)
    drawn = [_submitted(settings, rng) for _ in range(1 if quick else _DRAWN)]
    seconds = _QUICK_SECONDS if quick else _SECONDS
    with serving(settings, port=_PORT, worker=True) as pid:
        settle(pid)
        can = _QUICK_RATE / _CARRIED
        if not quick:
            can = measure_steps(_PORT, make_walkers(app, settings, OWNERS, seed=1, quick=False), 10.0).steps_per_second
        rate = min(_RATE, _CARRIED * can)
        owners = 2 if quick else OWNERS
        walks = int(rate * seconds / owners / _STEPS_A_WALK) + 2
        walkers = [make_walker(app, settings, rng, walks=walks) for _ in range(owners)]
        with _drawing(settings, drawn), _sizes(pid) as sizes:
            steps = pace_steps(_PORT, walkers, seconds, rate)
    yield Result(NAME, len(steps) / seconds, "steps/s", NO_TARGET if quick else 0.98 * rate, at_least=True)
    for part, p99 in enumerate(_p99_over_time(steps, seconds), 1):
        yield Result(f"{NAME}_p99_{part}", p99, "ms", NO_TARGET)
    warm, last = _in_part(sizes, seconds, 2), _in_part(sizes, seconds, _PARTS)
    yield Result(f"{NAME}_memory", last / 1024**2, "MiB", 1.1, warm / 1024**2)


def _submitted(settings: Settings, rng: random.Random) -> Case:
    return add_case(settings, rng, firm_id=demo_id("hubin"), state="submitted", lawyer_id=None, at=now())


@contextmanager
def _drawing(settings: Settings, cases: list[Case]) -> Iterator[None]:
    """The worker always has a report to draw: when none waits, one is asked for again."""
    over = Event()

    def ask() -> None:
        place = 0
        while not over.wait(0.2):
            with unit_of_work(Scope(Audience.OPERATOR)) as work:
                waiting = {one.queue: one.waiting for one in jobs.list_queues(work)}
            if not waiting[jobs.RENDERS]:
                case, place = cases[place % len(cases)], place + 1
                with unit_of_work(Scope(Audience.WORKER, case.firm_id)) as work:
                    of_case = {"firm_id": case.firm_id, "checkup_id": case.checkup_id}
                    jobs.defer(work, "render_report", **of_case, kind="automatic")

    with _beside(ask, over):
        yield


@contextmanager
def _sizes(pid: int) -> Iterator[list[tuple[float, int]]]:
    """(seconds since this began, bytes of all processes), filled while the block runs."""
    over, began, sizes = Event(), time.monotonic(), list[tuple[float, int]]()

    def look() -> None:
        sizes.append((0.0, tree_memory(pid)))
        while not over.wait(_LOOK):
            sizes.append((time.monotonic() - began, tree_memory(pid)))

    with _beside(look, over):
        yield sizes


@contextmanager
def _beside(work: Callable[[], None], over: Event) -> Iterator[None]:
    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _p99_over_time(steps: list[Timed], seconds: float) -> Iterator[float]:
    for part in range(_PARTS):
        first, behind = part * seconds / _PARTS, (part + 1) * seconds / _PARTS
        took = [one.took for one in steps if first <= one.at < behind]
        if len(took) > 1:
            yield 1000 * statistics.quantiles(took, n=100)[98]


def _in_part(sizes: list[tuple[float, int]], seconds: float, part: int) -> float:
    """The median size in one of the parts; what is known last where none was looked at in it."""
    first, behind = (part - 1) * seconds / _PARTS, part * seconds / _PARTS
    return statistics.median([size for at, size in sizes if first <= at < behind] or [sizes[-1][1]])
