import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from tenants.clock import CITY, city_day, is_standing, now
from webapp.settings import StandingClock, stand_clock

NEW_YEAR = dt.datetime(2027, 1, 1, 0, 30, tzinfo=CITY)
A_SECOND = dt.timedelta(seconds=1)


def test_in_a_test_the_clock_stands():
    assert is_standing()
    assert now() - now() < A_SECOND


def test_a_standing_clock_is_read_at_its_instant_and_never_twice_the_same(clock_at):
    clock_at(NEW_YEAR)
    first, second = now(), now()
    assert NEW_YEAR <= first < second < NEW_YEAR + A_SECOND


def test_half_an_hour_into_the_citys_year_is_that_year_though_not_in_utc(clock_at):
    clock_at(NEW_YEAR)
    assert (now().year, city_day(now())) == (2026, dt.date(2027, 1, 1))


def test_threads_that_read_at_once_all_get_an_instant_of_their_own(clock_at):
    clock_at(NEW_YEAR)
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda _: now(), range(2000)))
    assert len(set(read)) == len(read)


def test_a_clock_that_runs_is_the_machines(clock_at):
    clock_at(None)
    assert abs(now() - dt.datetime.now(dt.UTC)) < A_SECOND


def test_production_refuses_a_clock_that_stands():
    with pytest.raises(StandingClock):
        stand_clock(NEW_YEAR.isoformat(), "production")


def test_without_an_instant_production_runs():
    stand_clock("", "production")
