"""The queue at a station: she takes a number on her phone, and the page says by itself when it is her turn."""

import pytest
from playwright.sync_api import expect

from tenants.clock import city_day, now
from tenants.database import unit_of_work
from tenants.stations.queue import find_queue, give_number, move_number, open_queue
from tests.helping import HELPER, scope_of
from tests.screens import go_on

pytestmark = pytest.mark.browser


@pytest.fixture
def at_station(settings):
    return scope_of(HELPER)


@pytest.fixture
def venue(at_station):
    with unit_of_work(at_station) as work:
        open_queue(work, at_station.station_id, city_day(now()))
        for _ in range(2):
            give_number(work, at_station.station_id, today=city_day(now()), now=now())
        return f"/queue/{find_queue(work, at_station.station_id).code}"


def move(scope, number, step):
    with unit_of_work(scope) as work:
        move_number(work, scope.station_id, number, step=step, today=city_day(now()), now=now())


@pytest.mark.parametrize("page", [(390, 844)], ids=["phone"], indirect=True)
def test_her_page_says_by_itself_that_it_is_her_turn(page, check, venue, at_station):
    page.clock.install()
    page.goto(venue)
    check("venue-take")
    go_on(page.get_by_role("button", name="取号"))
    expect(page.get_by_text("前面还有2位")).to_be_visible()
    check("venue-waiting")
    for number in (1, 2, 3):
        move(at_station, number, "call")
    page.clock.fast_forward(31_000)
    expect(page.get_by_text("轮到您了")).to_be_visible()
    check("venue-called")
