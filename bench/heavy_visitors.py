"""Owners answer while forty others send their bodies a byte at a time and twenty send a firm's application with five
pictures each that are as heavy as pictures may be."""

import io
import random
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Event

import requests
from PIL import Image

from bench.answer_step import make_walkers
from bench.city import open_city, runs, serving
from bench.cpu import settle
from bench.load import SECONDS, measure_steps
from bench.results import Result
from tests.joining import FORM
from webapp.app import create_app

NAME = "heavy_visitors"
_PORT = 8046
_OWNERS, _PICTURES = 4, 5
_SLOW, _HEAVY = 40, 20
_QUICK_SLOW, _QUICK_HEAVY = 4, 1
_SIDE, _QUICK_SIDE = 3000, 300
_SETTLED, _WARM = 2.0, 4.0  # seconds until the first is in the middle of its work
_HEAD = (
    b"POST /auth/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 5000\r\n\r\n"
)


def measure(*, quick: bool) -> Iterator[Result]:
    """The slowest hundredth of answers at most three times what it is while nobody else is there."""
    settings, seconds = open_city(), 0.5 if quick else SECONDS
    app = create_app(settings)
    for turn in runs(quick=quick):
        warming, alone, beside = (
            make_walkers(app, settings, _OWNERS, seed=100 * turn + 10 * place, quick=quick) for place in range(3)
        )
        with serving(settings, port=_PORT, worker=False) as pid:
            measure_steps(_PORT, warming, seconds if quick else _WARM)  # until every web worker is there
            settle(pid)
            idle = measure_steps(_PORT, alone, seconds)
            with _visitors(*((_QUICK_SLOW, _QUICK_HEAVY, _QUICK_SIDE) if quick else (_SLOW, _HEAVY, _SIDE))):
                loaded = measure_steps(_PORT, beside, seconds)
        yield Result(f"{NAME}_p99", loaded.p99_ms, "ms", 3.0, idle.p99_ms)
        yield Result(f"{NAME}_steps", loaded.steps_per_second, "steps/s", 0.3, idle.steps_per_second, at_least=True)


@contextmanager
def _visitors(slow: int, heavy: int, side: int) -> Iterator[None]:
    """All of them at once, in a process of their own, until this ends."""
    context = get_context("spawn")
    ready, over = context.Event(), context.Event()
    process = context.Process(target=_visit, args=(slow, heavy, side, ready, over), daemon=True)
    process.start()
    ready.wait()
    time.sleep(_SETTLED)
    try:
        yield
    finally:
        over.set()
        process.kill()
        process.join()


def _visit(slow: int, heavy: int, side: int, ready: Event, over: Event) -> None:
    picture = _picture(side)
    for _ in range(slow):
        threading.Thread(target=_drip, args=(over,), daemon=True).start()
    for _ in range(heavy):
        threading.Thread(target=_apply, args=(picture, over), daemon=True).start()
    ready.set()
    over.wait()


def _picture(side: int) -> bytes:
    """Noise, which no encoder makes small."""
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(1).randbytes(3 * side * side)).save(out, "WEBP", quality=40)
    return out.getvalue()


def _drip(over: Event) -> None:
    """A body that comes a byte every two seconds; given up, it begins anew."""
    while not over.is_set():
        with socket.create_connection(("127.0.0.1", _PORT)) as line:
            line.sendall(_HEAD)
            try:
                while not over.wait(2.0):
                    line.sendall(b"e")
            except OSError:
                continue


def _apply(picture: bytes, over: Event) -> None:
    """An application after the other."""
    site, papers = f"http://127.0.0.1:{_PORT}/join", [("papers", (f"{n}.webp", picture)) for n in range(_PICTURES)]
    with requests.Session() as line:
        line.trust_env = False
        token = re.search(r'name="csrf_token" value="([^"]+)"', line.get(site).text)
        while token and not over.is_set():
            line.post(site, data={**FORM, "csrf_token": token[1]}, files=papers)
