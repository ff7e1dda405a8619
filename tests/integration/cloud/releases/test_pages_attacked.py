"""Whoever reads every page beside every file finds out no more; of a page that told what is counted she would."""

from collections import Counter

import pytest

from bureau.dashboard.home import Line
from cloud.disclosure.quarters import joined
from cloud.releases import measures, trends
from tests.attacked_cities import YEAR, live_a_year
from tests.attacker import attack
from tests.city_on_pages import NAMED, PAGES, CityOnPages, named_city
from webapp.views.bureau import goals, home, previews
from webapp.views.operator import releases
from webapp.views.public import statistics

QUARTER = "2026-Q4"
# Page → where it takes its numbers from.
SOURCES = {
    "public": (statistics, "list_cells"),
    "trends": (trends, "list_cells"),
    "trends of an area": (trends, "list_cells"),
    "home": (home, "count_figure"),
    "goals": (goals, "read_year"),
    "indicators": (measures, "list_cells"),
    "report": (measures, "list_cells"),
    "draft": (releases, "list_draft_cells"),
    "bureau's preview": (previews, "list_draft_cells"),
    "firm's preview": (previews, "list_draft_cells"),
}


@pytest.fixture(scope="module")
def lived(settings, app):
    """A city after its year, in which every page was read at every step."""
    with named_city():
        yield live_a_year(CityOnPages(1, settings, app))


def test_pages_beside_files_tell_nothing_more(lived):
    assert (lived.beside, lived.unread) == ({}, set())
    assert attack(lived) == Counter()
    assert {page for page, _ in lived.read} == PAGES.keys()


def counted(city, period):
    """Cell → how many are in it now."""
    quarters = city.quarters()
    return (joined(quarters.values()) if period == YEAR else quarters[period]).world.cells()


def as_counted(city, source, period):
    """What would be in the place of a source that took its numbers from the counts."""
    places = {district: counted(city, period)[("district", district),] for district in NAMED["district"]}
    return {
        "read_year": lambda *_: places,
        "count_figure": lambda *_: [Line(place, "", n, period=period) for place, n in places.items()],
    }.get(source, lambda *_: counted(city, period))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_told_what_is_counted_would_be_noticed(lived, monkeypatch, page):
    period = YEAR if page in ("goals", "indicators") else QUARTER
    place, source = SOURCES[page]
    monkeypatch.setattr(place, source, as_counted(lived, source, period))
    lived.beside = {}
    lived.look(page, period)
    assert lived.beside
