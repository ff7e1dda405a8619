"""Owners who answer without a pause, each on one kept-alive connection, from a process of their own."""

import pickle
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

OWNERS, SECONDS = 16, 10.0


class Start(NamedTuple):
    """A walk's first page, and the cookie with which she is there."""

    path: str
    cookie: str


@dataclass(frozen=True)
class Walker:
    """One owner: where each of her walks begins, and the body to post to a page (by its last part)."""

    starts: tuple[Start, ...]
    bodies: dict[str, bytes]


@dataclass(frozen=True)
class Load:
    steps_per_second: float
    p99_ms: float
    steps: int
    page_bytes: int


class Timed(NamedTuple):
    """One step: seconds since the first, seconds that it took, bytes of its page."""

    at: float
    took: float
    size: int


def measure_steps(port: int, walkers: list[Walker], seconds: float) -> Load:
    """A step is POST, redirect, GET of the next page. Raises: RuntimeError on any refusal."""
    steps = _elsewhere(port, walkers, seconds)
    times, sizes = [one.took for one in steps], [one.size for one in steps]
    p99 = statistics.quantiles(times, n=100)[98] if len(times) > 1 else max(times)
    return Load(len(times) / seconds, 1000 * p99, len(times), round(statistics.mean(sizes)))


def pace_steps(port: int, walkers: list[Walker], seconds: float, rate: float) -> list[Timed]:
    """So many steps a second by all owners together, however long each takes: one that begins late has taken longer.

    Raises: RuntimeError on any refusal.
    """
    return _elsewhere(port, walkers, seconds, pause=len(walkers) / rate)


def _elsewhere(port: int, walkers: list[Walker], seconds: float, pause: float = 0.0) -> list[Timed]:
    """In a process that loads this module alone, and so costs what is measured next to nothing."""
    asked = pickle.dumps((port, [(one.starts, one.bodies) for one in walkers], seconds, pause))
    done = subprocess.run([sys.executable, "-m", "bench.load"], input=asked, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise RuntimeError("the load did not run to its end")
    steps, faults = pickle.loads(done.stdout)  # noqa: S301 - of our own process
    if faults:
        raise RuntimeError(faults[0])
    return [Timed(*one) for one in steps]


def _run(port: int, walkers: list[Walker], seconds: float, pause: float) -> tuple[list[Timed], list[str]]:
    """The steps, and why a walk ended before its time."""
    began, steps, faults = time.perf_counter(), list[Timed](), list[str]()
    threads = [
        threading.Thread(
            target=_walk, args=(port, one, _Turns(began + place * pause / len(walkers), began + seconds, pause), began,
                                steps.append, faults)
        )
        for place, one in enumerate(walkers)
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return steps, faults


@dataclass
class _Turns:
    """When an owner begins her next step: at once, or `pause` seconds after the one before began."""

    first: float
    until: float
    pause: float

    def __iter__(self) -> Iterator[float]:
        due = self.first
        while (at := due if self.pause else time.perf_counter()) < self.until:
            time.sleep(max(0.0, at - time.perf_counter()))
            yield at
            due += self.pause


def _walk(
    port: int, walker: Walker, turns: _Turns, first: float, note: Callable[[Timed], None], faults: list[str]
) -> None:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        starts = iter(walker.starts)
        path, cookie = next(starts)
        for began in turns:
            status, head, _ = _ask(line, b"POST", path, cookie, walker.bodies[last_part(path)])
            target = _location(head)
            if status != 302 or target is None:
                faults.append(f"POST {path}: {status}")
                return
            status, _, size = _ask(line, b"GET", target, cookie)
            if status != 200:
                faults.append(f"GET {target}: {status}")
                return
            note(Timed(began - first, time.perf_counter() - began, size))
            if "/stop/" in target:  # the calm stop of an answer that cannot wait; its way on is the next question
                _, head, _ = _ask(line, b"GET", target.split("/stop/")[0], cookie)
                target = _location(head) or target
            if last_part(target) in walker.bodies:
                path = target
                continue
            path, cookie = next(starts, Start("", ""))
            if not path:
                faults.append("its walks ran out")
                return


def last_part(path: str) -> str:
    return path.rpartition("/")[2]


def _ask(line: socket.socket, verb: bytes, path: str, cookie: str, body: bytes = b"") -> tuple[int, bytes, int]:
    """Status, head, and the bytes behind it."""
    head = b"%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n" % (verb, path.encode(), cookie.encode())
    if body:
        head += b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n" % len(body)
    line.sendall(head + b"\r\n" + body)
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(line)
    answer, rest = received.split(b"\r\n\r\n", 1)
    length = next((int(h.split(b":")[1]) for h in answer.split(b"\r\n") if h.lower().startswith(b"content-length")), 0)
    while len(rest) < length:
        rest += _more(line)
    return int(answer.split(b" ", 2)[1]), answer, len(rest)


def _more(line: socket.socket) -> bytes:
    chunk = line.recv(65536)
    if not chunk:
        raise ConnectionError("the server closed the line")
    return chunk


def _location(head: bytes) -> str | None:
    found = next((h for h in head.split(b"\r\n") if h.lower().startswith(b"location:")), None)
    return None if found is None else found.split(b":", 1)[1].strip().decode()


def _main() -> None:
    port, told, seconds, pause = pickle.load(sys.stdin.buffer)  # noqa: S301 - of our own process
    walkers = [Walker(tuple(Start(*start) for start in starts), bodies) for starts, bodies in told]
    steps, faults = _run(port, walkers, seconds, pause)
    pickle.dump(([tuple(one) for one in steps], faults), sys.stdout.buffer)


if __name__ == "__main__":
    _main()
