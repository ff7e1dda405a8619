"""Ten thousand posts, and reading between them, that nobody means, over every address, and every address that is read
with every odd value: none is a fault of ours."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from flask import Flask

from bench.city import copy_city, new_city
from bench.results import Result
from demo.city import fill
from tests.fuzzing import ODD, Fuzzed, fuzz, read_everything
from webapp.app import create_app
from webapp.settings import Settings

NAME = "fuzz"
# What is sent ends people and firms: each round has the filled city as it was. Three of four requests are posts.
_ROUNDS, _MANY, _FEW = 6, 2_250, 60


def measure(*, quick: bool) -> Iterator[Result]:
    """Answers of 500 and above (0 is right), posts that were sent, how many of a hundred the city did; the same of
    reading with odd values."""
    filled, faults, posts, answers = new_city(), 0, 0, Counter[int]()
    list(fill(filled, seed=7))
    read = read_everything(*_opened(filled), odd=ODD[:1] if quick else ODD, most=_FEW if quick else None)
    yield Result("fuzz_read_faults", len(_said(read)), "answers", 0)
    yield Result("fuzz_read", read.answers.total(), "requests", 200, at_least=True)
    for seed in range(1 if quick else _ROUNDS):
        found = fuzz(*_opened(filled), many=_FEW if quick else _MANY, seed=seed)
        faults, posts, answers = faults + len(_said(found)), posts + found.posts, answers + found.answers
    done = sum(count for status, count in answers.items() if status < 400)
    yield Result("fuzz_faults", faults, "answers", 0)
    yield Result("fuzz_posts", posts, "posts", 10_000, at_least=True)
    yield Result("fuzz_done", 100 * done / answers.total(), "%", 10.0, at_least=True)


def _opened(filled: Settings) -> tuple[Flask, Settings]:
    settings = replace(copy_city(filled), door_limit="1000000/minute", rate_limit="1000000/minute")
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False)
    return app, settings


def _said(found: Fuzzed) -> list[str]:
    for fault in found.faults:
        print(fault)
    return found.faults
