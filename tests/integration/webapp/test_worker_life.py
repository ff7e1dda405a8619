"""The worker as a process of its own: what it survives, what it takes up again, what it parks."""

import asyncio
import inspect
import os
import re
import signal
import subprocess
import sys
from functools import partial

import psycopg
import pytest
from sqlalchemy import select

from checkup.cases.models import Document
from tenants import jobs
from tenants.database import unit_of_work
from tenants.jobs import QUEUES
from tests.factories import make_case, worker_scope
from tests.patience import PATIENCE, until
from tests.places import ROOT
from webapp.jobs import MOST_ATTEMPTS, make_worker, queue_of, take_up

JOB = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
    "VALUES ('default', 'count_business', jsonb_build_object('firm_id', gen_random_uuid(), 'business_id', "
    "gen_random_uuid())) RETURNING id"
)


@pytest.fixture
def database(settings):
    with psycopg.connect(settings.admin_database_url, autocommit=True) as connection:
        connection.execute(  # lines of a worker that was killed do their last statement to its end
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            "WHERE application_name LIKE 'famai%' AND datname = current_database()"
        )
        connection.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
        yield connection


@pytest.fixture
def start_worker(settings):
    """Start a worker; all of them are gone after the test."""
    env = os.environ | settings.same_city()
    started = []

    def start():
        started.append(subprocess.Popen([sys.executable, "-m", "webapp.cli", "worker"], cwd=ROOT, env=env))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def worker(start_worker):
    return start_worker()


def lines_of_the_worker(database):
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'famai-worker' AND datname = current_database()"
    )
    return database.execute(query).fetchone()[0]


def state_of(database, job):
    return database.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job]).fetchone()[0]


def is_done(database, job):
    return state_of(database, job) in ("succeeded", "failed")


def test_a_worker_whose_database_restarts_goes_on_by_itself(database, worker):
    until(lambda: lines_of_the_worker(database) >= len(QUEUES))
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name LIKE 'famai%' AND datname = current_database() AND pid <> pg_backend_pid()"
    )
    job = database.execute(JOB).fetchone()[0]
    until(lambda: is_done(database, job))
    assert worker.poll() is None


def test_a_worker_that_is_asked_to_end_ends_with_0(database, worker):
    until(lambda: lines_of_the_worker(database) >= len(QUEUES))
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=PATIENCE) == 0


def stalled(database, attempts):
    """A job that a worker was doing which is gone."""
    job = database.execute(JOB).fetchone()[0]
    gone = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
    worker = database.execute(gone).fetchone()[0]
    database.execute(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
        [worker, attempts, job],
    )
    return job


def take_up_stalled(settings):
    app = make_worker(settings)

    async def work():
        async with app.open_async():
            await take_up(app, await app.job_manager.get_stalled_jobs())

    asyncio.run(work())


def test_a_job_of_a_dead_worker_is_queued_again(settings, database):
    job = stalled(database, attempts=0)
    take_up_stalled(settings)
    assert state_of(database, job) == "todo"


def test_a_render_whose_worker_was_killed_is_done_by_the_next_one(settings, database, start_worker):
    case, first = make_case(settings, "signed", seed=61), start_worker()
    render = {"firm_id": case.firm_id, "checkup_id": case.checkup_id, "kind": "signed"}
    with psycopg.connect(settings.admin_database_url) as holds:  # the render waits for this row
        holds.execute("SELECT 1 FROM checkup WHERE id = %s FOR UPDATE", [case.checkup_id])
        with unit_of_work(worker_scope(case)) as work:
            jobs.defer(work, "render_report", **render)
        job = until(lambda: doing(database, "render_report"))
        first.kill()
        first.wait()
    assert state_of(database, job) == "doing"
    database.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    take_up_stalled(settings)
    start_worker()
    until(lambda: state_of(database, job) == "succeeded")
    with unit_of_work(worker_scope(case)) as work:
        paths = work.scalars(select(Document.path).where(Document.checkup_id == case.checkup_id)).all()
    assert paths != []
    assert all((settings.data_dir / "files" / path).stat().st_size > 1000 for path in paths)


def doing(database, task):
    query = "SELECT id FROM procrastinate_jobs WHERE task_name = %s AND status = 'doing'"
    row = database.execute(query, [task]).fetchone()
    return row and row[0]


def test_a_job_that_kills_its_worker_each_time_is_parked_as_failed(settings, database):
    job = stalled(database, attempts=MOST_ATTEMPTS - 1)
    take_up_stalled(settings)
    assert state_of(database, job) == "failed"


@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("render_report", "renders"),
        ("push_due", "outside"),
        ("fill_draft", "drafts"),
        ("measure_pack_release", "drafts"),
        ("simulate_policy", "drafts"),
        ("write_report", "drafts"),
        ("count_business", "default"),
    ],
)
def test_what_is_slow_waits_in_a_queue_of_its_own(task, queue):
    assert queue_of(task) == queue


def test_whatever_calls_out_of_the_house_waits_with_its_like(settings):
    """A payment service or a post office that hangs holds up no call to a lawyer, no count and no paper."""
    tasks = {name: task for name, task in make_worker(settings).tasks.items() if isinstance(task.func, partial)}
    calling = re.compile(r"\b(?:_gateway|deliver|push_due|write_to_person|write_to_address)\(")
    out = {name for name, task in tasks.items() if calling.search(inspect.getsource(task.func.func))}
    assert {"issue_invoice", "mail_appeal", "deliver_message", "send_reset"} <= out
    assert {name: tasks[name].queue for name in out} == dict.fromkeys(out, "outside")


def test_a_worker_lets_the_web_go_first(worker):
    behind = min(os.getpriority(os.PRIO_PROCESS, 0) + 5, 19)
    until(lambda: os.getpriority(os.PRIO_PROCESS, worker.pid) == behind)


def test_what_the_clock_asks_for_stands_in_nobodys_way():
    assert queue_of("watch_hours", is_periodic=True) == "clocks"


def test_every_task_waits_in_a_queue_that_a_worker_reads(settings):
    assert {task.queue for task in make_worker(settings).tasks.values() if task.queue != "builtin"} <= set(QUEUES)
