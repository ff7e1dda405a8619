import datetime as dt

from bureau.parameters.rules import Decided, value_on

TODAY = dt.date(2026, 11, 25)


def on(day, value):
    return Decided(value, dt.date.fromisoformat(day))


def test_a_value_holds_from_its_day_on():
    own = [on("2026-01-01", 5), on("2027-01-01", 7)]
    assert [value_on([own], dt.date(*day), 3) for day in ((2025, 12, 31), (2026, 1, 1), (2027, 1, 1))] == [3, 5, 7]


def test_a_bureau_without_a_decision_follows_the_one_above():
    assert value_on([[], [on("2026-01-01", 9)]], TODAY, 3) == 9


def test_ones_own_decision_goes_before_the_one_above():
    assert value_on([[on("2026-01-01", 4)], [on("2026-06-01", 9)]], TODAY, 3) == 4
