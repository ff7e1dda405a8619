"""How many businesses came in a year, each counted once: told only where it tells of nobody."""

from collections import Counter

import pytest

from cloud.cubes.cells import FIRST
from cloud.disclosure.editions import State
from cloud.disclosure.looks import Look
from cloud.disclosure.quarters import make_quarter
from cloud.releases.draft import DISTINCT, Refused, draft_of, tell_distinct


def quarter(businesses, new):
    return make_quarter({"base": Counter({("310113", "F", "micro"): businesses}), FIRST: Counter({("",): new})})


def told(*, total, new, before=None, again_of=()):
    return tell_distinct(new, total, before, 10, again_of).cells[DISTINCT]


def as_told(number, *, seen):
    return State({DISTINCT: number}, seen=Look({DISTINCT: seen}))


def test_a_year_tells_each_business_once_beside_the_quarters_added_up():
    read = {"2026-Q1": quarter(900, 900), "2026-Q2": quarter(900, 600)}
    year = draft_of("2026", read, {})
    assert year.cells[()] == 1800
    assert year.cells[DISTINCT] == 1500
    assert DISTINCT not in draft_of("2026-Q1", read, {}).cells


@pytest.mark.parametrize(("new", "shown"), [(1800, 1800), (1799, None), (1791, None), (1790, 1790), (9, None)])
def test_fewer_than_ten_that_came_again_are_not_told_of(new, shown):
    assert told(total=1800, new=new) == shown


def test_without_the_total_it_is_not_told():
    assert told(total=None, new=900) is None


@pytest.mark.parametrize(
    ("before", "seen", "shown"), [(895, 895, 895), (None, 800, None), (880, 880, 900), (880, 881, 880)]
)
def test_a_number_that_few_have_changed_since_it_was_told_or_looked_at_stays_as_it_was(before, seen, shown):
    assert told(total=900, new=900, before=as_told(before, seen=seen)) == shown


def test_a_number_that_was_told_is_not_withheld_later_when_a_few_have_come_again():
    assert told(total=903, new=900, before=as_told(850, seen=850)) == 850


@pytest.mark.parametrize(("own", "shown"), [(0, 800), (16, None), (15, 800), (20, 800)])
def test_a_firm_that_takes_away_its_own_is_not_left_with_a_few_that_came_again(own, shown):
    assert told(total=820, new=800, again_of=[own]) == shown


def test_a_year_of_fewer_than_ten_is_refused():
    with pytest.raises(Refused):
        draft_of("2026", {"2026-Q1": quarter(5, 5), "2026-Q2": quarter(4, 4)}, {})
