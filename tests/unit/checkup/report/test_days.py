"""By when: one rule for result, paper and the list of what to do; and all the days at a glance."""

import datetime as dt
from dataclasses import dataclass

import pytest

from checkup.report.days import spans, strip, suggest_due

SIGNED = dt.date(2026, 3, 2)


@dataclass(frozen=True)
class Thing:
    place: int
    planned_on: dt.date | None = None
    due: dt.date | None = None
    is_past: bool = False
    is_due_known: bool = True

    @property
    def title(self):
        return f"第{self.place}件事"


def after(days):
    return SIGNED + dt.timedelta(days=days)


@pytest.mark.parametrize(("order", "days"), [(0, 7), (2, 7), (3, 30), (7, 30), (8, 90)])
def test_a_fix_gets_a_week_a_month_or_three_by_its_place(order, days):
    assert suggest_due(order, None, SIGNED) == (SIGNED + dt.timedelta(days=days), "plan")


def test_a_legal_limit_that_ends_earlier_goes_first():
    assert suggest_due(0, SIGNED + dt.timedelta(days=3), SIGNED) == (SIGNED + dt.timedelta(days=3), "law")
    assert suggest_due(0, SIGNED + dt.timedelta(days=30), SIGNED)[1] == "plan"


def test_a_legal_limit_that_has_passed_is_not_moved_and_what_we_suggest_is_no_legal_day():
    assert suggest_due(4, SIGNED - dt.timedelta(days=40), SIGNED) == (SIGNED + dt.timedelta(days=30), "plan")


def test_what_is_to_be_done_by_one_day_stands_together():
    (one,) = strip([Thing(1, after(7)), Thing(2, after(7))])
    assert (one.on, one.is_law, one.places, one.titles) == (after(7), False, (1, 2), ("第1件事", "第2件事"))


def test_days_come_the_nearest_first_and_the_laws_before_ours():
    days = strip([Thing(1, after(7), due=after(30)), Thing(2, after(7)), Thing(3, due=after(7))])
    assert [(day.on, day.is_law) for day in days] == [(after(7), True), (after(7), False), (after(30), True)]


def test_a_day_of_the_law_that_has_passed_is_in_no_calendar():
    assert [day.is_law for day in strip([Thing(1, after(7), due=after(-3), is_past=True)])] == [False]


def test_a_day_that_a_notice_of_holidays_may_move_is_marked_and_our_own_is_not():
    days = strip([Thing(1, after(7), due=after(30), is_due_known=False)])
    assert [(day.is_law, day.is_known) for day in days] == [(False, True), (True, False)]


@pytest.mark.parametrize(("places", "said"), [((4,), "4"), ((4, 5, 6), "4–6"), ((1, 4, 5, 9), "1, 4–5, 9")])
def test_numbers_that_follow_each_other_are_said_from_the_first_to_the_last(places, said):
    assert spans(places) == said
