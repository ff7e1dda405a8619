"""How soon a signed report is there while a thousand an hour are signed and automatic ones wait, and whether the two
workers that draw them grow."""

import random
import statistics
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from threading import Event, Thread

import psycopg

from bench.city import open_city, tree_memory, working
from bench.results import NO_TARGET, Result
from demo.cases import Case, add_case, sign_case
from demo.city import demo_id
from tenants.clock import now
from webapp.settings import Settings

NAME = "signed_report"
# Workers, cases to sign, automatic reports beside them, seconds between signatures.
_FULL, _QUICK = (2, 150, 350, 3.6), (1, 1, 0, 0.5)
_LOOK, _PATIENCE = 0.25, 120.0
_WARM, _LAST = 0.25, 0.15  # shares of the papers after which a worker is warm, and of those that tell how it ends
_FIRM, _LAWYER = demo_id("hubin"), demo_id("hubin:1")


def measure(*, quick: bool) -> Iterator[Result]:
    """Seconds from the signature to the paper; memory of the workers at the end as a share of what they had warm."""
    workers, signed, beside, every = _QUICK if quick else _FULL
    settings, rng = open_city(), random.Random(11)
    cases = [_add(settings, rng, "in_review") for _ in range(signed)]
    for _ in range(beside):
        _add(settings, rng, "submitted")
    with ExitStack() as stack:
        pids = [stack.enter_context(working(settings)) for _ in range(workers)]
        watch = stack.enter_context(_Watch(settings, pids))
        asked = _sign_all(settings, cases, every)
        watch.wait_for(set(asked))
        if not quick:
            watch.wait_for_papers(2 * signed + beside)
    waits = [watch.seen[case] - at for case, at in asked.items()]
    p95 = statistics.quantiles(waits, n=20)[18] if len(waits) > 1 else max(waits)
    yield Result(f"{NAME}_p95", p95, "s", 10.0)
    yield Result(f"{NAME}_median", statistics.median(waits), "s", NO_TARGET)
    yield Result(f"{NAME}_papers", watch.papers, "", NO_TARGET)
    warm, last = watch.memory_after(_WARM), watch.memory_after(1 - _LAST)
    yield Result(f"{NAME}_memory", last / 1024**2, "MiB", 1.1, warm / 1024**2)


def _add(settings: Settings, rng: random.Random, state: str) -> Case:
    """Submitted a moment ago, so that its automatic report waits for a worker."""
    return add_case(settings, rng, firm_id=_FIRM, state=state, lawyer_id=_LAWYER, at=now())


def _sign_all(settings: Settings, cases: list[Case], every: float) -> Mapping[uuid.UUID, float]:
    """One after the other; returns when each was signed."""
    began, signed = time.monotonic(), dict[uuid.UUID, float]()
    for place, case in enumerate(cases):
        time.sleep(max(0.0, began + place * every - time.monotonic()))
        sign_case(settings, firm_id=case.firm_id, checkup_id=case.checkup_id, lawyer_id=_LAWYER, at=now())
        signed[case.checkup_id] = time.monotonic()
    return signed


class _Watch:
    """Looks every moment which papers are there, and how large the workers are."""

    def __init__(self, settings: Settings, pids: list[int]) -> None:
        self.seen, self.papers = dict[uuid.UUID, float](), 0
        self._url, self._pids = settings.admin_database_url, pids
        self._sizes, self._over, self._thread = list[tuple[int, int]](), Event(), Thread(target=self._look)

    def __enter__(self) -> "_Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        with psycopg.connect(self._url, autocommit=True) as line:
            while not self._over.wait(_LOOK):
                found = line.execute("SELECT checkup_id, kind FROM document").fetchall()
                at, self.papers = time.monotonic(), len(found)
                for checkup_id, kind in found:
                    if kind == "signed":
                        self.seen.setdefault(checkup_id, at)
                self._sizes.append((self.papers, sum(map(tree_memory, self._pids))))

    def wait_for(self, signed: set[uuid.UUID]) -> None:
        """Raises: TimeoutError."""
        until = time.monotonic() + _PATIENCE
        while not signed <= self.seen.keys():
            if time.monotonic() > until:
                raise TimeoutError(f"{len(signed - self.seen.keys())} signed reports are not there")
            time.sleep(_LOOK)

    def wait_for_papers(self, many: int) -> None:
        """Until as many are there, or no more come."""
        before, until = -1, time.monotonic() + _PATIENCE
        while self.papers < many and time.monotonic() < until:
            if self.papers != before:
                before, until = self.papers, time.monotonic() + _PATIENCE
            time.sleep(_LOOK)

    def memory_after(self, share: float) -> float:
        """The median size of the workers from this share of the papers on, over the next tenth of them."""
        first, behind = share * self.papers, (share + 0.1) * self.papers
        sizes = [size for papers, size in self._sizes if first <= papers <= behind]
        return statistics.median(sizes or [self._sizes[-1][1]])
