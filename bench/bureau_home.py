"""The bureau's first page over a year of a city: 50,000 checkups, 60 firms, 600 lawyers."""

import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import requests

from bench.city import open_city, runs, serving
from bench.results import Result
from demo.city import PASSWORD
from demo.year import simulate_year
from tenants.clock import now
from webapp.tasks.bureaus import count_homes

NAME = "bureau_home"
_PORT, _OFFICERS = 8047, 4
_CHECKUPS, _FIRMS, _LAWYERS, _VIEWS = 50_000, 60, 10, 100
_QUICK = (200, 16, 2, 5)
_SITE = f"http://127.0.0.1:{_PORT}"


def measure(*, quick: bool) -> Iterator[Result]:
    """Seconds to write the year and for one count of all bureaus; then p95 in milliseconds of four officers who open
    the page again and again."""
    checkups, firms, lawyers, views = _QUICK if quick else (_CHECKUPS, _FIRMS, _LAWYERS, _VIEWS)
    settings, began = open_city(), time.perf_counter()
    simulate_year(settings, checkups=checkups, seed=1, firms=firms, lawyers=lawyers, until=now())
    yield Result("bureau_fill", time.perf_counter() - began, "s", 60.0)
    for _ in runs(quick=quick):
        began = time.perf_counter()
        count_homes(settings)
        yield Result("bureau_count", time.perf_counter() - began, "s", 60.0)
    with serving(settings, port=_PORT, worker=False), ThreadPoolExecutor(_OFFICERS) as pool:
        cookies = _log_in()
        for _ in runs(quick=quick):
            times = [t for each in pool.map(_open_again, [cookies] * _OFFICERS, [views] * _OFFICERS) for t in each]
            yield Result(NAME, 1000 * statistics.quantiles(times, n=20)[18], "ms", 100.0)


def _log_in() -> dict[str, str]:
    """The cookies of an officer; once, as the door counts attempts."""
    with requests.Session() as session:
        token = re.search(r'name="csrf_token" value="([^"]+)"', session.get(f"{_SITE}/auth/login").text)
        typed = {"csrf_token": token[1] if token else "", "email": "officer@city.example", "password": PASSWORD}
        session.post(f"{_SITE}/auth/login", data=typed)
        return {name: value or "" for name, value in session.cookies.items()}


def _open_again(cookies: dict[str, str], views: int) -> list[float]:
    times = []
    with requests.Session() as session:
        session.cookies.update(cookies)
        for _ in range(views):
            began = time.perf_counter()
            answer = session.get(f"{_SITE}/bureau/", allow_redirects=False)
            times.append(time.perf_counter() - began)
            if answer.status_code != 200:
                raise RuntimeError(f"/bureau/: {answer.status_code}")
    return times
