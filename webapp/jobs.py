"""The worker's tasks from `webapp/tasks/`, each in a queue of its weight, all safe to run twice."""

import logging
from collections.abc import Callable, Iterable
from functools import partial

import procrastinate
from procrastinate.jobs import Job, Status

from tenants.database import Audience, conninfo
from tenants.jobs import CLOCKS, DEFAULT, QUEUE_OF, QUEUES
from webapp.settings import Settings
from webapp.tasks import (
    accounts,
    backups,
    bureaus,
    campaigns,
    cases,
    desk,
    gatherings,
    holidays,
    hours,
    keeping,
    mending,
    money,
    packs,
    photos,
    referrals,
    relief,
    reviewing,
    statistics,
)

_SUBJECTS = (
    *(accounts, backups, bureaus, cases, desk, holidays, hours, keeping, mending, money, packs, relief, reviewing),
    *(campaigns, gatherings, photos, referrals, statistics),
)
MOST_ATTEMPTS = 5
_KEPT_HOURS, _FAILED_KEPT_HOURS = 72, 30 * 24
_log = logging.getLogger("famai.jobs")


def queue_of(task: str, *, is_periodic: bool = False) -> str:
    """Where a task waits."""
    return QUEUE_OF.get(task, CLOCKS if is_periodic else DEFAULT)


def make_worker(settings: Settings) -> procrastinate.App:
    """The procrastinate app, connected as the worker's database role, past any pooler: it listens."""
    connector = procrastinate.PsycopgConnector(
        conninfo=conninfo(settings.worker_lines.privileged),
        kwargs={"options": f"-c role={Audience.WORKER.role}", "application_name": "famai-worker"},
        min_size=1,
        max_size=2 * len(QUEUES) + 2,
    )
    worker = procrastinate.App(connector=connector)
    retry = procrastinate.RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=3)
    for subject in _SUBJECTS:
        for name, task in subject.TASKS.items():
            worker.task(name=name, queue=queue_of(name), retry=retry)(partial(task, settings))
        for name, (cron, work) in subject.PERIODIC.items():
            task = worker.task(name=name, queue=queue_of(name, is_periodic=True))(_timed(work, settings))
            worker.periodic(cron=cron)(task)
    _keep_tidy(worker)
    return worker


def _timed(work: Callable[[Settings], object], settings: Settings) -> Callable[[int], None]:
    """Periodic tasks are told the minute they are for; ours look at the clock themselves."""

    def run(timestamp: int) -> None:
        work(settings)

    return run


def _keep_tidy(worker: procrastinate.App) -> None:
    """Jobs of a worker that died are taken up again; what is long done is removed."""

    @worker.periodic(cron="* * * * *")
    @worker.task(name="retry_stalled", queue=CLOCKS)
    async def retry_stalled(timestamp: int) -> None:
        await take_up(worker, await worker.job_manager.get_stalled_jobs())

    @worker.periodic(cron="25 18 * * *")
    @worker.task(name="forget_jobs", queue=CLOCKS)
    async def forget_jobs(timestamp: int) -> None:
        await worker.job_manager.delete_old_jobs(nb_hours=_KEPT_HOURS, include_cancelled=True, include_aborted=True)
        await worker.job_manager.delete_old_jobs(nb_hours=_FAILED_KEPT_HOURS, include_failed=True)


async def take_up(worker: procrastinate.App, jobs: Iterable[Job]) -> None:
    """Queue again what a dead worker left; a job that has killed its worker too often is parked as failed."""
    for job in jobs:
        if job.id is None:
            continue
        if job.attempts + 1 >= MOST_ATTEMPTS:
            _log.error("job %s (%s) parked after %s attempts", job.id, job.task_name, job.attempts + 1)
            await worker.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        else:
            _log.warning("job %s (%s) taken up again: its worker is gone", job.id, job.task_name)
            await worker.job_manager.retry_job(job)
