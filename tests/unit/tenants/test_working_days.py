"""Clocks over Spring Festival and past the end of the known calendar; the days are those of 国办发明电〔2024〕12号
and 国办发明电〔2025〕7号."""

import datetime as dt

import pytest
from chinese_calendar.constants import holidays, workdays
from hypothesis import given
from hypothesis import strategies as st

from checkup.packs.values import Clock
from checkup.scoring.legal_deadlines import deadline, due_on
from tenants.working_days import (
    LAST_KNOWN,
    Deadline,
    Span,
    is_known,
    is_working_day,
    next_working_day,
    recounted,
    working_days_after,
    working_days_between,
)


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        ("2025-01-24", 1, "2025-01-26"),  # the Sunday before the festival is worked
        ("2025-01-26", 1, "2025-01-27"),
        ("2025-01-27", 1, "2025-02-05"),  # eight days of Spring Festival
        ("2025-01-27", 4, "2025-02-08"),  # the Saturday after it is worked
        ("2025-01-27", 5, "2025-02-10"),
        ("2026-02-13", 1, "2026-02-14"),  # Saturday, worked
        ("2026-02-14", 1, "2026-02-24"),  # nine days of Spring Festival
        ("2026-02-14", 5, "2026-02-28"),  # Saturday, worked
        ("2026-02-10", 5, "2026-02-24"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-11-25", 5, "2026-12-02"),
    ],
)
def test_working_days_skip_holidays_and_count_make_up_days(start, count, last):
    assert working_days_after(day(start), count) == Deadline(day(last), is_exact=True)


@pytest.mark.parametrize(
    ("rest", "following"),
    [("2025-01-28", "2025-02-05"), ("2026-02-15", "2026-02-24"), ("2026-10-01", "2026-10-08"),
     ("2026-11-28", "2026-11-30")],
)  # fmt: skip
def test_a_last_day_without_work_moves_to_the_next_working_day(rest, following):
    assert next_working_day(day(rest)) == Deadline(day(following), is_exact=True)


def test_a_worked_weekend_is_a_last_day_as_any_other():
    assert next_working_day(day("2025-01-26")).day == day("2025-01-26")


def test_past_the_known_calendar_weekends_alone_count_and_it_is_said():
    last_friday = LAST_KNOWN - dt.timedelta(days=(LAST_KNOWN.weekday() - 4) % 7)
    found = working_days_after(last_friday, 30)
    assert found == Deadline(last_friday + dt.timedelta(days=42), is_exact=False)


def test_the_last_known_day_is_exact_and_the_next_is_not():
    assert is_known(LAST_KNOWN)
    assert not working_days_after(LAST_KNOWN, 1).is_exact
    assert not next_working_day(LAST_KNOWN + dt.timedelta(days=1)).is_exact


def test_the_last_week_of_the_last_known_year_waits_for_the_next_notice():
    assert dt.date(max(holidays).year, 12, 24) == LAST_KNOWN
    assert not is_known(dt.date(LAST_KNOWN.year, 12, 31))
    assert is_known(dt.date(LAST_KNOWN.year - 1, 12, 31))


def test_no_notice_has_reached_further_back_than_that_week():
    moved = [day for day, name in {**holidays, **workdays}.items() if name == "New Year's Day" and day.month == 12]
    assert moved
    assert min(day.day for day in moved) > LAST_KNOWN.day


@given(start=st.dates(dt.date(2025, 11, 1), dt.date(2026, 1, 20)), count=st.integers(1, 40))
def test_a_day_that_was_counted_without_a_notice_is_counted_with_it(start, count):
    until = dt.date(2025, 12, 24)
    before = start
    while working_days_counted(start, before, until) < count or before.weekday() > 4:
        before += dt.timedelta(days=1)
    if before > until:
        assert recounted(before, since=start, known_until=until) == working_days_after(start, count).day


def working_days_counted(start, end, until):
    """As they were counted while the notices reached until that day."""
    days = (start + dt.timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return sum(is_working_day(day) if day <= until else day.weekday() < 5 for day in days)


def test_a_day_that_no_notice_concerns_stays():
    assert recounted(day("2026-06-30"), since=day("2026-06-01"), known_until=LAST_KNOWN) == day("2026-06-30")


def test_a_clock_that_ends_on_the_last_known_day_is_exact():
    assert working_days_after(LAST_KNOWN - dt.timedelta(days=1), 1).is_exact is is_working_day(LAST_KNOWN)


def test_days_before_the_first_notice_are_not_exact():
    assert not working_days_after(day("1999-01-04"), 3).is_exact


def test_the_span_over_spring_festival_counts_the_days_that_people_work():
    assert working_days_between(day("2026-02-13"), day("2026-03-01")) == Span(6, is_exact=True)
    assert working_days_between(day("2026-03-01"), day("2026-02-13")) == Span(-6, is_exact=True)


DAYS = st.dates(dt.date(2004, 1, 1), dt.date(2032, 12, 31))


@given(start=DAYS, count=st.integers(1, 60))
def test_the_last_day_is_worked_and_the_span_to_it_is_the_count(start, count):
    found = working_days_after(start, count)
    assert is_working_day(found.day)
    assert working_days_between(start, found.day) == Span(count, found.is_exact)


@given(start=DAYS, count=st.integers(0, 60))
def test_one_more_working_day_never_ends_earlier(start, count):
    assert working_days_after(start, count).day < working_days_after(start, count + 1).day or count == 0


@pytest.mark.parametrize(
    ("clock", "start", "due"),
    [
        (Clock("q", 15, "days", "natural"), "2026-02-01", "2026-02-24"),  # the 15th day lies in Spring Festival
        (Clock("q", 5, "days", "working"), "2026-02-10", "2026-02-24"),
        (Clock("q", 1, "months", "natural"), "2026-01-31", "2026-02-28"),  # a worked Saturday, the month's last day
        (Clock("q", 1, "years", "natural"), "2025-02-16", "2026-02-24"),
        (Clock("q", 10, "days", "natural"), "2026-11-10", "2026-11-20"),
        (Clock("q", 3, "years", "natural"), "2022-10-01", "2025-10-09"),  # 国庆节 and 中秋 of 2025
    ],
)
def test_a_legal_clock_ends_on_a_working_day(clock, start, due):
    assert due_on(clock, day(start)) == day(due)
    assert deadline(clock, day(start)).is_exact


def test_a_legal_clock_past_the_calendar_says_that_it_may_move():
    assert not deadline(Clock("q", 3, "years", "natural"), LAST_KNOWN).is_exact
