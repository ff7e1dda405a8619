"""All thirty cities, each with every edition, preview and correction of four quarters and their year, attacked."""

import time
from collections.abc import Iterator

from bench.results import Result
from cloud.cubes.cells import DIMENSIONS
from tests.attacked_cities import SMALL, City, live_a_year, live_small
from tests.attacker import attack, read_file

NAME = "attack"
_CITIES, _FEW = 30, 1


def measure(*, quick: bool) -> Iterator[Result]:
    """Numbers found out by any kind of attack (0 is right), numbers withheld, editions and previews read."""
    whole, began = dict(DIMENSIONS), time.perf_counter()
    DIMENSIONS.update(SMALL)
    try:
        found, withheld, editions = 0, 0, 0
        for seed in range(_FEW if quick else _CITIES):
            for city in (live_a_year(City(seed)), live_small(City(seed))):
                found += sum(attack(city).values())
                withheld += sum(n is None for _, text, _ in city.seen for n in read_file(text).values())
                editions += len(city.seen)
    finally:
        DIMENSIONS.update(whole)
    yield Result("attack_found", found, "numbers", 0)
    yield Result("attack_withheld", withheld, "numbers", 1000, at_least=True)
    yield Result("attack_editions", editions, "editions", 200, at_least=True)
    yield Result("attack_seconds", time.perf_counter() - began, "s", 300.0)
