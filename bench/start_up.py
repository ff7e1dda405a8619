"""(d) Seconds until the web answers once the database is up and filled, and the memory of web and worker."""

import time
from collections.abc import Iterator

from bench.city import fill_city, serving, tree_memory
from bench.results import Result

NAME = "start_up"
_PORT = 8047
_MEBIBYTE = 1024 * 1024


def measure() -> Iterator[Result]:
    """Two web workers and the job worker, to the first good answer; then their memory together."""
    settings = fill_city()
    began = time.perf_counter()
    with serving(settings, port=_PORT, worker=True) as pid:
        yield Result(NAME, time.perf_counter() - began, "s", 5.0)
        yield Result("memory", tree_memory(pid) / _MEBIBYTE, "MiB", 350.0)
