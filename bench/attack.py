"""All thirty cities, each with every edition of two quarters and their year, attacked with all of it at once."""

from collections.abc import Iterator

from bench.results import Result
from cloud.cubes.cells import DIMENSIONS
from cloud.disclosure.suppression import protected_width
from tests.attacked_cities import SMALL, Attacker, City, live_a_year

NAME = "attack"
_CITIES, _FEW = 30, 1


def measure(*, quick: bool) -> Iterator[Result]:
    """Hidden cells that were recovered or narrowed below the width (0 is right), cells attacked, drafts refused."""
    whole = dict(DIMENSIONS)
    DIMENSIONS.update(SMALL)
    try:
        recovered, attacked, refused, releases = 0, 0, 0, 0
        for seed in range(_FEW if quick else _CITIES):
            city = live_a_year(City(seed))
            wanted = [
                (n, cell) for n, (_, cells, _) in enumerate(city.told) for cell, one in cells.items() if one.is_primary
            ]
            recovered += len(Attacker(city.told).narrowed(wanted, protected_width(10)))
            attacked, refused, releases = attacked + len(wanted), refused + city.refused, releases + len(city.told)
    finally:
        DIMENSIONS.update(whole)
    yield Result("attack_recovered", recovered, "cells", 0)
    yield Result("attack_attacked", attacked, "cells", 1000, at_least=True)
    yield Result("attack_releases", releases, "releases", 100, at_least=True)
    yield Result("attack_refused", refused, "drafts", 60)
