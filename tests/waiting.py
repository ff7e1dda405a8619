"""Two steps at the same moment: the second runs in a thread of its own until it has to wait for the first."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg

from webapp.settings import Settings

_WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
Beside = Callable[[Callable[[], Any]], "Future[Any]"]


@contextmanager
def beside(settings: Settings) -> Iterator[Beside]:
    """Runs something that may have to wait, and comes back once it waits or is done."""
    with ThreadPoolExecutor(1) as pool, psycopg.connect(settings.admin_database_url, autocommit=True) as watcher:

        def start(work: Callable[[], Any]) -> "Future[Any]":
            running = pool.submit(work)
            while not running.done() and not watcher.execute(_WAITS).fetchone()[0]:
                threading.Event().wait(0.01)
            return running

        yield start
