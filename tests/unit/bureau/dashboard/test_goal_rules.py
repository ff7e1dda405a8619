"""Goals of a year: what may be set, and how far one is."""

import datetime as dt

import pytest

from bureau.dashboard.goal_rules import Standing, share_of_year


@pytest.mark.parametrize(
    ("day", "share"), [((2025, 12, 31), 0), ((2026, 7, 2), 183 / 365), ((2026, 12, 31), 1), ((2027, 5, 1), 1)]
)
def test_the_share_of_the_year_that_has_passed(day, share):
    assert share_of_year(2026, dt.date(*day)) == pytest.approx(share)


def test_a_goal_is_behind_when_less_is_done_than_the_year_has_passed():
    assert Standing(100, 49.0, 0.5).is_behind
    assert not Standing(100, 50.0, 0.5).is_behind


def test_what_is_withheld_is_neither_behind_nor_a_percentage():
    standing = Standing(100, None, 0.5)
    assert (standing.percent, standing.is_behind) == (None, False)
