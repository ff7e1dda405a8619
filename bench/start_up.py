"""(d) Seconds until the web answers once the database is up, and the memory of web and worker."""

import time
from collections.abc import Iterator

from bench.city import open_city, runs, serving, tree_memory
from bench.cpu import settle
from bench.results import Result

NAME = "start_up"
_PORT = 8047
_MEBIBYTE = 1024 * 1024


def measure(*, quick: bool) -> Iterator[Result]:
    """Two web workers and the job worker, to the first good answer; their memory together once they are quiet."""
    settings = open_city()
    for _ in runs(quick=quick):
        began = time.perf_counter()
        with serving(settings, port=_PORT, worker=True) as pid:
            yield Result(NAME, time.perf_counter() - began, "s", 5.0)
            settle(pid)
            yield Result("memory", tree_memory(pid) / _MEBIBYTE, "MiB", 350.0)
