"""The worker: procrastinate tasks from `webapp/tasks/`, all safe to run twice."""

import asyncio
from collections.abc import Callable
from functools import partial

import procrastinate

from tenants.database import Audience, configure
from webapp.settings import Settings
from webapp.tasks import bureaus, cases, desk, hours, mending, money, relief, reviewing, statistics

_SUBJECTS = (bureaus, cases, desk, hours, mending, money, relief, reviewing, statistics)


def make_worker(settings: Settings) -> procrastinate.App:
    """The procrastinate app, connected as the worker's database role."""
    connector = procrastinate.PsycopgConnector(
        conninfo=settings.database_url,
        kwargs={"options": f"-c role={Audience.WORKER.role}", "application_name": "famai-worker"},
        min_size=1,
        max_size=3,
    )
    worker = procrastinate.App(connector=connector)
    retry = procrastinate.RetryStrategy(max_attempts=5, exponential_wait=3)
    for subject in _SUBJECTS:
        for name, task in subject.TASKS.items():
            worker.task(name=name, retry=retry)(partial(task, settings))
        for name, (cron, work) in subject.PERIODIC.items():
            worker.periodic(cron=cron)(worker.task(name=name)(_timed(work, settings)))
    return worker


def _timed(work: Callable[[Settings], object], settings: Settings) -> Callable[[int], None]:
    """Periodic tasks are told the minute they are for; ours look at the clock themselves."""

    def run(timestamp: int) -> None:
        work(settings)

    return run


def run_worker(settings: Settings, *, wait: bool = True) -> None:
    """Work until stopped, or with `wait=False` until the queue is empty."""
    configure(settings.database_url, pool_size=2)
    worker = make_worker(settings)

    async def work() -> None:
        async with worker.open_async():
            await worker.run_worker_async(wait=wait, concurrency=1, install_signal_handlers=wait)

    asyncio.run(work())
