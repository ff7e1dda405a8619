"""A city's checkups scored anew by the worker, as a release of a pack asks for, while owners answer."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from sqlalchemy import select

from bench.answer_step import make_walkers
from bench.city import open_city, runs, serving
from bench.cpu import settle
from bench.load import SECONDS, measure_steps
from bench.results import Result
from checkup.packs.catalogue import PACK, list_versions
from checkup.rollout import releases
from checkup.rollout.models import PackRelease
from demo.city import demo_id
from demo.year import simulate_year
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.app import create_app

NAME = "rescored"
_PORT, _OWNERS = 8045, 4
_CHECKUPS, _FIRMS, _LAWYERS = 50_000, 60, 2
_QUICK = (60, 16, 1)
_NIGHT = 300_000 / 3600  # a second: a city of so many within an hour of the night
_LOOK, _PATIENCE = 0.1, 600.0
_WARM = 4.0


def measure(*, quick: bool) -> Iterator[Result]:
    """Checkups a second, scored by two versions each; the slowest hundredth of answers meanwhile at most twice what it
    is while the worker does nothing."""
    checkups, firms, lawyers = _QUICK if quick else (_CHECKUPS, _FIRMS, _LAWYERS)
    settings, seconds = open_city(), 0.5 if quick else SECONDS
    simulate_year(settings, checkups=checkups, seed=1, firms=firms, lawyers=lawyers, until=now())
    app = create_app(settings)
    for turn in runs(quick=quick):
        warming, alone, beside = (
            make_walkers(app, settings, _OWNERS, seed=100 * turn + 10 * place, quick=quick) for place in range(3)
        )
        with serving(settings, port=_PORT, worker=True) as pid:
            measure_steps(_PORT, warming, min(_WARM, seconds))
            settle(pid)
            idle = measure_steps(_PORT, alone, seconds)
            with _scoring() as counted:
                loaded = measure_steps(_PORT, beside, seconds)
        scored, took = counted
        yield Result(NAME, scored / took, "per s", _NIGHT, at_least=True)
        yield Result(f"{NAME}_p99", loaded.p99_ms, "ms", 2.0, idle.p99_ms)
        yield Result(f"{NAME}_steps", loaded.steps_per_second, "steps/s", 0.5, idle.steps_per_second, at_least=True)


@contextmanager
def _scoring() -> Iterator[list[float]]:
    """One release after the other is counted while the block runs, the last to its end; then holds how many checkups
    were counted, and in how many seconds."""
    over, told = Event(), [0.0, 0.0]
    thread = Thread(target=_score_again, args=(over, told))
    thread.start()
    try:
        yield told
    finally:
        over.set()
        thread.join()


def _score_again(over: Event, told: list[float]) -> None:
    while not over.is_set():
        began, release = time.monotonic(), _propose()
        while not (impact := _impact_of(release)):
            if time.monotonic() - began > _PATIENCE:
                return
            time.sleep(_LOOK)
        told[0] += impact["checkups"]
        told[1] += time.monotonic() - began


def _propose() -> uuid.UUID:
    """What ships against the version before it; a release that was counted goes."""
    newest, before = list_versions(PACK)[:2]
    by = Actor(demo_id("operator"), "bench")
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        for row in work.scalars(select(PackRelease).where(PackRelease.state == "proposed")):
            releases.drop(work, release_id=row.id, by=by, now=now())
        return releases.propose(
            work, pack_id=PACK, version=before, others=newest, share=100, firms=(), why="bench", by=by, now=now()
        ).id


def _impact_of(release: uuid.UUID) -> dict[str, float]:
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        return dict(releases.get_release(work, release).impact or {})
