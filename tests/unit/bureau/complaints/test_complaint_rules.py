import datetime as dt

import pytest

from bureau.complaints.states import LIFE, RUNNING, STATES, answer_by, is_late
from checkup.owner.ratings import Given, is_bad
from tenants.clock import CITY
from tenants.errors import Conflict


def city(*parts):
    return dt.datetime(*parts, tzinfo=CITY)


def test_every_complaint_that_runs_can_be_settled_or_taken_back():
    assert {state for state, move in LIFE.moves if move == "settle"} == RUNNING
    assert {state for state, move in LIFE.moves if move == "withdraw"} == RUNNING
    assert set(LIFE.moves.values()) | {"opened"} == set(STATES)


def test_a_settled_complaint_is_not_settled_twice():
    with pytest.raises(Conflict):
        LIFE.after("settled", "settle")


def test_a_complaint_is_answered_by_the_next_working_day():
    assert answer_by(city(2026, 3, 3, 21, 40)) == dt.date(2026, 3, 4)


def test_a_complaint_of_friday_night_is_answered_on_monday():
    assert answer_by(city(2026, 3, 6, 23, 59)) == dt.date(2026, 3, 9)


def test_the_day_is_the_citys_not_utcs():
    assert answer_by(dt.datetime(2026, 3, 3, 17, 0, tzinfo=dt.UTC)) == dt.date(2026, 3, 5)


def test_spring_festival_holds_the_clock():
    assert answer_by(city(2026, 2, 13, 12, 0)) == dt.date(2026, 2, 14), "a working Saturday before the holidays"
    assert answer_by(city(2026, 2, 14, 12, 0)) == dt.date(2026, 2, 24)


def test_only_what_runs_can_be_late():
    today = dt.date(2026, 3, 5)
    assert is_late("opened", dt.date(2026, 3, 4), today)
    assert not is_late("opened", today, today)
    assert not is_late("settled", dt.date(2026, 3, 4), today)


@pytest.mark.parametrize(("answers", "bad"), [((5, 5, 2), True), ((1, 5, 5), True), ((3, 3, 3), False)])
def test_one_bad_answer_makes_a_bad_rating(answers, bad):
    assert is_bad(Given(*answers, "")) is bad
