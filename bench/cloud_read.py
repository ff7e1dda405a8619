"""Seconds and memory from what is counted in the database to what would leave: of a quarter, and of a year of four."""

import random
import resource
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue

import psycopg

from bench.city import new_city
from bench.cloud import simulated
from bench.results import Result
from cloud.cubes.facts import Item, write_items
from cloud.releases.cell_reader import read_quarters
from cloud.releases.draft import draft_of
from tenants.database import Audience, Scope, configure, unit_of_work
from webapp.settings import Settings

NAME = "cloud_read"
_BUSINESSES, _DISTINCT, _QUICK, _QUICK_DISTINCT = 300_000, 1_500, 2_000, 60
_FIRMS = 40
_QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")


def measure(*, quick: bool) -> Iterator[Result]:
    """Reading alone, reading and drafting, of a quarter and of its year; memory of a process that does nothing else."""
    many = _QUICK if quick else _BUSINESSES
    settings = new_city()
    _count(settings, simulated(_QUICK_DISTINCT if quick else _DISTINCT), many)
    context = get_context("spawn")
    for name, period, most in (("quarter", _QUARTERS[0], 60.0), ("year", "2026", 300.0)):
        answers: SimpleQueue[tuple[float, float, float]] = context.SimpleQueue()
        process = context.Process(target=_draft, args=(settings, period, answers))
        process.start()
        process.join()
        read, drafted, memory = answers.get()
        yield Result(f"read_{name}_{many}", read, "s", most)
        yield Result(f"read_and_draft_{name}_{many}", drafted, "s", most)
        yield Result(f"read_memory_{name}_{many}", memory, "GiB", 2.0)


def _draft(settings: Settings, period: str, answers: SimpleQueue[tuple[float, float, float]]) -> None:
    configure(settings.lines)
    began = time.perf_counter()
    with unit_of_work(Scope(Audience.WORKER)) as session:
        read = read_quarters(session, period)
    after = time.perf_counter() - began
    draft_of(period, read, {})
    drafted, memory = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    answers.put((after, drafted, memory))


def _count(settings: Settings, made: list[frozenset[Item]], many: int) -> None:
    """So many businesses in each quarter, at firms of which the first do most; they have no rows of their own."""
    rng = random.Random(300)  # noqa: S311 - synthetic
    firms = [uuid.UUID(int=place + 1) for place in range(_FIRMS)]
    weights = [1 / (place + 1) for place in range(_FIRMS)]
    counts, texts = Counter[Item](), [write_items(items) for items in made]
    with psycopg.connect(settings.admin_database_url) as line:
        line.execute("SET session_replication_role = replica")
        copy = "COPY contribution (firm_id, business_id, period, items) FROM STDIN"
        with line.cursor() as cursor, cursor.copy(copy) as rows:
            for number, firm in enumerate(rng.choices(firms, weights, k=many)):
                which = rng.randrange(len(made))
                counts.update(made[which])
                rows.write_row((firm, uuid.UUID(int=number + 1), _QUARTERS[0], texts[which]))
        with line.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO cube_cell VALUES (%s, %s, %s, %s)",
                [(_QUARTERS[0], *item, count) for item, count in counts.items()],
            )
        for quarter in _QUARTERS[1:]:
            line.execute("INSERT INTO contribution SELECT firm_id, business_id, %s, items FROM contribution "
                         "WHERE period = %s", (quarter, _QUARTERS[0]))  # fmt: skip
            line.execute("INSERT INTO cube_cell SELECT %s, block, key, count FROM cube_cell "
                         "WHERE period = %s", (quarter, _QUARTERS[0]))  # fmt: skip
