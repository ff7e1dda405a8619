"""What one checkup costs, from the first page to the report: CPU, bytes, WAL, statements. For `docs/scale.md`."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench.answer_step import make_walker
from bench.city import open_city
from bench.cpu import database_pid, tree_seconds
from bench.results import NO_TARGET, Result
from bench.walked import Walked, walk_through
from webapp.app import create_app
from webapp.edge.observed import QUERIES
from webapp.settings import Settings
from webapp.worker_loop import run_worker

NAME = "cost"
_MANY, _FEW, _WARM = 40, 2, 2


def measure(*, quick: bool) -> Iterator[Result]:
    """Of one checkup with every question on its path answered: the web's, the worker's and the database's share."""
    city = replace(open_city(), door_limit="1000000/minute", rate_limit="1000000/minute")
    app, many = create_app(city), _FEW if quick else _MANY
    walker = make_walker(app, city, random.Random(7))
    starts = iter(walker.starts)
    walk_through(app, walker, [next(starts) for _ in range(_WARM)])
    run_worker(city, wait=False)
    app = create_app(city)  # the worker has opened lines of its own
    before = _Counts(city)
    walked = walk_through(app, walker, [next(starts) for _ in range(min(many, len(walker.starts) - _WARM))])
    web = _Counts(city)
    run_worker(city, wait=False)
    yield from _told(walked, before, web, _Counts(city))


class _Counts:
    """Where the counters stand."""

    def __init__(self, city: Settings) -> None:
        self.own = tree_seconds(database_pid(city.admin_database_url)), tree_seconds(_here())
        with psycopg.connect(city.admin_database_url) as line:
            query = "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn, pg_database_size(current_database())"
            self.wal, self.size = (int(one) for one in line.execute(query).fetchone() or (0, 0))
        self.statements = QUERIES._value.get()  # the counter's own value: it has no reader
        folder = Path(urlsplit(city.files_url).path)
        self.files = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _here() -> int:
    return int(Path("/proc/self").resolve().name)


def _told(walked: Walked, before: _Counts, web: _Counts, after: _Counts) -> Iterator[Result]:
    many = walked.checkups

    def one(name: str, value: float, unit: str) -> Result:
        return Result(f"{NAME}_{name}", value / many, unit, NO_TARGET)

    yield one("steps", walked.steps, "answers")
    yield one("web_cpu", 1000 * (web.own[1] - before.own[1]), "ms")
    yield one("worker_cpu", 1000 * (after.own[1] - web.own[1]), "ms")
    yield one("database_cpu", 1000 * (after.own[0] - before.own[0]), "ms")
    yield one("statements", after.statements - before.statements, "")
    yield one("wal", after.wal - before.wal, "bytes")
    yield one("rows", after.size - before.size, "bytes")
    yield one("files", after.files - before.files, "bytes")
    yield one("pages", walked.bytes, "bytes")
