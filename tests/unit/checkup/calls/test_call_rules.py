"""An hour exists only where somebody on call is free; the number opens late, and no call waits for ever."""

import datetime as dt
import uuid

import pytest

from checkup.calls.call_rules import Duty, free_hours, next_step
from tenants.clock import CITY

ANNA, BAO, CHEN = (uuid.UUID(int=number) for number in (1, 2, 3))
TODAY = dt.date(2026, 11, 24)


def at(hour, minute=0, day=TODAY):
    return dt.datetime.combine(day, dt.time(hour, minute), CITY)


NOW = at(14, 20)


def duty(person, place=1, **told):
    return Duty(told.pop("day", TODAY), place, person, str(person.int), **told)


def hours(*roster, taken=(), now=NOW):
    return [one.starts_at.astimezone(CITY).hour for one in free_hours(roster, set(taken), now=now)]


def test_without_anybody_on_call_there_is_no_hour():
    assert hours() == []


def test_an_hour_begins_no_sooner_than_in_half_an_hour_and_the_evening_is_left_alone():
    assert hours(duty(ANNA)) == [15, 16, 17, 18, 19]
    assert hours(duty(ANNA), now=at(14, 40)) == [16, 17, 18, 19]


def test_nobody_is_called_before_nine():
    assert hours(duty(ANNA), now=at(3))[0] == 9


def test_a_lawyer_calls_within_her_own_hours():
    assert hours(duty(ANNA, from_hour=16, to_hour=18)) == [16, 17]


def test_an_hour_that_one_has_given_away_is_free_with_the_second():
    roster = (duty(ANNA), duty(BAO, place=2))
    first = free_hours(roster, {(at(15), 1)}, now=at(14, 20))[0]
    assert (first.starts_at, first.person_id) == (at(15), BAO)


def test_an_hour_that_all_have_given_away_is_gone():
    assert hours(duty(ANNA), taken=[(at(15), 1)]) == [16, 17, 18, 19]


def test_the_next_day_follows_and_six_are_enough():
    tomorrow = duty(BAO, day=TODAY + dt.timedelta(days=1))
    assert hours(duty(ANNA), tomorrow, now=at(17, 20)) == [18, 19, 9, 10, 11, 12]


STEP = {"starts_at": at(15), "late_since": None, "responsible": ANNA, "callable_people": (ANNA, BAO)}


@pytest.mark.parametrize(
    ("change", "now", "expected"),
    [
        ({}, at(15, 29), None),
        ({}, at(15, 30), "pass_on"),
        ({"late_since": at(15, 30)}, at(16, 30), None),
        ({}, at(17), "lapse"),
        ({"responsible": CHEN}, at(9), "pass_on"),
        ({"callable_people": ()}, at(9), "lapse"),
    ],
    ids=["in time", "late", "already passed on", "over", "she has left", "nobody is left"],
)
def test_what_the_clock_asks_for(change, now, expected):
    assert next_step(**(STEP | change), now=now) == expected
