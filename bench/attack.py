"""All thirty cities, each with every edition, preview and correction of four quarters and their year, attacked; and
thirty more in a real installation, of which every page is read beside the files."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bench.city import open_city
from bench.results import Result
from cloud.cubes.cells import DIMENSIONS
from tests.attacked_campaigns import CityOfCampaigns, attack_together, live_with_campaigns
from tests.attacked_cities import SMALL, City, live_a_year, live_small
from tests.attacker import attack, read_file
from tests.city_on_pages import CityOnPages, named_city
from tests.compared_methods import compare
from webapp.app import create_app

NAME = "attack"
_CITIES, _FEW = 30, 1
_SHARES = (25, 50)  # how many of a hundred businesses come by a campaign


def measure(*, quick: bool) -> Iterator[Result]:
    """Numbers found out by any kind of attack, and with what campaigns tell beside (0 is right of both); numbers
    withheld, editions and previews read; numbers told, beside row and column suppression (baseline), and small ones
    that the cell key method would give to two. Of pages: numbers found out with them, numbers that no file has told (0
    is right), pages read, each for each of its times."""
    whole, began = dict(DIMENSIONS), time.perf_counter()
    DIMENSIONS.update(SMALL)
    try:
        found, together, withheld, editions = 0, 0, 0, 0
        for seed in range(_FEW if quick else _CITIES):
            for city in (live_a_year(City(seed)), live_small(City(seed))):
                found += sum(attack(city).values())
                withheld += sum(n is None for _, text, _ in city.seen for n in read_file(text).values())
                editions += len(city.seen)
            for share in _SHARES:
                together += sum(attack_together(live_with_campaigns(CityOfCampaigns(seed, share))).values())
        kept = compare(range(_FEW if quick else _CITIES))
    finally:
        DIMENSIONS.update(whole)
    yield Result("attack_found", found, "numbers", 0)
    yield Result("attack_campaigns_found", together, "numbers", 0)
    yield Result("attack_withheld", withheld, "numbers", 1000, at_least=True)
    yield Result("attack_editions", editions, "editions", 200, at_least=True)
    yield Result("told_cells", 100 * kept.ours_cells, "%", 0.6, baseline=100 * kept.plain_cells, at_least=True)
    yield Result("told_counts", 100 * kept.ours_counts, "%", 0.7, baseline=100 * kept.plain_counts, at_least=True)
    yield Result("cell_key_known", 100 * kept.key_known, "%", 100.0)
    yield from _of_pages(range(_FEW if quick else _CITIES))
    yield Result("attack_seconds", time.perf_counter() - began, "s", 300.0)


def _of_pages(seeds: Iterable[int]) -> Iterator[Result]:
    settings = replace(open_city(), door_limit="1000000/minute", rate_limit="1000000/minute")
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False)
    found, beside, read = 0, 0, 0
    with named_city():
        for seed in seeds:
            city = live_a_year(CityOnPages(seed, settings, app))
            beside, read = beside + len(city.beside), read + len(city.read)
            if city.beside:
                print(f"told by a page alone: {sorted(city.beside)}")
            else:
                found += sum(attack(city).values())
    yield Result("attack_pages_found", found, "numbers", 0)
    yield Result("attack_pages_beside", beside, "numbers", 0)
    yield Result("attack_pages_read", read, "pages", 500, at_least=True)
