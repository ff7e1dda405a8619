"""How the numbers of a station's queue move, and how long one waits."""

import datetime as dt

import pytest

from tenants.errors import Conflict
from tenants.stations import queue_rules as rules
from tenants.stations.queue_rules import Served, minutes_to_wait

NINE = dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC)


def at_desk(begins, minutes, *, is_done=True):
    """Somebody who sat down so many minutes after nine."""
    called_at = NINE + dt.timedelta(minutes=begins)
    return Served(called_at, None if minutes is None else called_at + dt.timedelta(minutes=minutes), is_done)


def one_after_the_other(*minutes):
    begins = [sum(minutes[:place]) + place for place in range(len(minutes))]
    return [at_desk(begin, long) for begin, long in zip(begins, minutes, strict=True)]


def test_nothing_is_said_of_the_wait_before_three_were_served():
    assert minutes_to_wait(4, []) is None
    assert minutes_to_wait(4, one_after_the_other(10, 10)) is None
    assert minutes_to_wait(4, one_after_the_other(10, 10, 10)) == 50


def test_one_who_stayed_long_does_not_make_the_others_wait_longer():
    assert minutes_to_wait(1, one_after_the_other(10, 10, 120, 10, 10)) == 20


def test_the_pace_is_that_of_the_last_five():
    assert minutes_to_wait(0, one_after_the_other(60, 60, 60, 60, 10, 10, 10, 10, 10)) == 10


def test_two_desks_halve_the_wait():
    two = [at_desk(begins, 20) for begins in (0, 1, 21, 22, 42, 43)]
    assert minutes_to_wait(3, two) == 40


def test_whoever_did_not_come_tells_nothing_of_the_pace():
    served = one_after_the_other(10, 10)
    assert minutes_to_wait(0, [*served, at_desk(30, 1, is_done=False)]) is None


def test_the_wait_is_rounded_up_to_five_minutes_and_never_none():
    assert minutes_to_wait(0, one_after_the_other(7, 7, 7)) == 10
    assert minutes_to_wait(0, [at_desk(0, 0), at_desk(1, 0), at_desk(2, 0)]) == 5


@pytest.mark.parametrize(
    ("is_open", "by_phone", "given", "why"),
    [
        (True, True, 0, ""),
        (False, True, 0, rules.CLOSED),
        (True, True, rules.MOST_BY_PHONE, rules.FULL),
        (True, False, rules.MOST_BY_PHONE, ""),
        (True, False, rules.MOST_A_DAY, rules.FULL),
    ],
)
def test_phones_leave_room_for_those_without_one(is_open, by_phone, given, why):
    assert rules.refused(is_open=is_open, by_phone=by_phone, given=given) == why


@pytest.mark.parametrize(
    ("state", "step"),
    [("called", "call"), ("done", "call"), ("waiting", "done"), ("waiting", "absent"), ("done", "absent")],
)
def test_a_number_moves_by_the_table_alone(state, step):
    with pytest.raises(Conflict):
        rules.LIFE.after(state, step)


def test_who_came_after_all_is_called_again():
    assert rules.LIFE.after("absent", "call") == "called"


@pytest.mark.parametrize(("number", "said"), [(1, "A001"), (42, "A042"), (300, "A300")])
def test_a_number_is_short(number, said):
    assert rules.spoken(number) == said
