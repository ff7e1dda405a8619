"""The worker's life: a worker for each queue over one connection, until a signal; a lost database is waited for."""

import asyncio
import logging
import signal
import sys

import procrastinate
import psycopg

from tenants.database import configure
from tenants.jobs import QUEUES
from webapp.jobs import make_worker
from webapp.settings import Settings

_PAUSES = (1, 2, 4, 8, 15, 30)  # seconds; the last one repeats
_PATIENCE = 40  # pauses in a row, about twenty minutes; then the service manager shall know
_STEADY = 60.0  # seconds of work after which a loss counts as the first again
_log = logging.getLogger("famai.worker")


class WorkerStopped(RuntimeError):
    """A worker ended that nobody had asked to."""


def run_worker(settings: Settings, *, wait: bool = True) -> None:
    """Work until SIGTERM or SIGINT, or with `wait=False` until the queues are empty.

    A database that restarts is waited for. Raises: SystemExit(1) when it does not come back.
    """
    configure(settings.worker_lines, pool_size=len(QUEUES) + 1, prepares=not settings.has_pooler)
    if wait:
        asyncio.run(_work_through_losses(settings))
    else:
        asyncio.run(_empty(make_worker(settings)))


async def _empty(worker: procrastinate.App) -> None:
    async with worker.open_async():
        await worker.run_worker_async(wait=False, concurrency=1, install_signal_handlers=False)


async def _work_through_losses(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    losses = 0
    while not stop.is_set():
        began = loop.time()
        try:
            await _work(make_worker(settings), stop)
        except (OSError, psycopg.Error, procrastinate.exceptions.ProcrastinateException, WorkerStopped) as error:
            losses = 1 if loop.time() - began > _STEADY else losses + 1
            if losses > _PATIENCE:
                _log.error("the database does not come back: %s", error)
                sys.exit(1)
            pause = _PAUSES[min(losses, len(_PAUSES)) - 1]
            _log.warning("worker lost its database, next try in %s s: %s", pause, error)
            await _pause(stop, pause)


async def _work(worker: procrastinate.App, stop: asyncio.Event) -> None:
    """Raises: WorkerStopped, or what ended a queue's worker, unless `stop` was set."""
    async with worker.open_async():
        queues = [
            asyncio.create_task(worker.run_worker_async(queues=[queue], name=queue, install_signal_handlers=False))
            for queue in QUEUES
        ]
        asked = asyncio.create_task(stop.wait())
        await asyncio.wait([*queues, asked], return_when=asyncio.FIRST_COMPLETED)
        for task in (*queues, asked):
            task.cancel()
        ended = await asyncio.gather(*queues, return_exceptions=True)
    if not stop.is_set():
        faults = [end for end in ended if isinstance(end, Exception)]
        raise faults[0] if faults else WorkerStopped("a worker ended by itself")


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
