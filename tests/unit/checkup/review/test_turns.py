"""Whose turn it is and by when, also while a question stops the clock over Spring Festival."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkup.review.service_deadlines import CaseFacts, Pause, ServiceTimes, paused_days, review_deadline, whose_turn
from tenants.working_days import Deadline, is_working_day, working_days_between


def day(text):
    return dt.date.fromisoformat(text)


TIMES = ServiceTimes(take=3, review=5, reply=2, answer=5)
IN_REVIEW = CaseFacts("in_review", True, True, day("2026-02-06"), day("2026-02-09"))


@pytest.mark.parametrize(
    ("facts", "today", "whose", "what", "step", "due"),
    [
        (CaseFacts("answering", True, False), "2026-02-09", "owner", "answer_questions", 1, None),
        (CaseFacts("submitted", False, False, day("2026-02-06")), "2026-02-09", "nobody", "automatic_only", 2, None),
        (CaseFacts("submitted", True, False, day("2026-02-06")), "2026-02-09", "owner", "accept_letter", 2, None),
        (CaseFacts("submitted", True, True, day("2026-02-13")), "2026-02-14", "firm", "take", 2, "2026-02-25"),
        (IN_REVIEW, "2026-02-10", "firm", "review", 3, "2026-02-14"),
        (CaseFacts("signed", True, True), "2026-02-10", "owner", "mend", 4, None),
        (CaseFacts("signed", True, True, note_due=day("2026-02-11")), "2026-02-10", "firm", "reply", 4, "2026-02-11"),
        (CaseFacts("erased", False, True), "2026-02-10", "nobody", "over", 4, None),
    ],
)
def test_a_case_waits_for_one_side(facts, today, whose, what, step, due):
    turn = whose_turn(facts, TIMES, day(today))
    assert (turn.whose, turn.what, turn.step) == (whose, what, step)
    assert (turn.due and turn.due.day) == (due and day(due))


def test_a_question_hands_the_turn_to_the_owner_and_stops_the_clock():
    facts = CaseFacts(
        "in_review", True, True, day("2026-02-06"), day("2026-02-09"),
        (Pause(day("2026-02-10"), None),), day("2026-02-24"),
    )  # fmt: skip
    turn = whose_turn(facts, TIMES, day("2026-02-13"))
    assert (turn.whose, turn.is_paused, turn.due.day) == ("owner", True, day("2026-02-24"))


def test_the_working_days_of_a_question_come_on_top_of_the_review():
    answered = (Pause(day("2026-02-10"), day("2026-02-25")),)  # 11, 12, 13, 14 (made up), 24, 25
    due = review_deadline(day("2026-02-09"), answered, days=5, today=day("2026-02-26"))
    assert paused_days(answered, day("2026-02-26")) == 6
    assert due == Deadline(day("2026-03-02"), is_exact=True)


def test_questions_asked_at_the_same_time_stop_the_clock_once():
    both = (Pause(day("2026-03-02"), day("2026-03-06")), Pause(day("2026-03-03"), day("2026-03-05")))
    assert paused_days(both, day("2026-03-10")) == 4


def test_a_review_past_its_last_day_is_overdue_by_working_days():
    turn = whose_turn(IN_REVIEW, TIMES, day("2026-02-25"))
    assert turn.is_overdue
    assert turn.left.days == -2


def test_a_review_that_runs_past_the_known_calendar_says_so():
    facts = CaseFacts("in_review", True, True, day("2026-12-28"), day("2026-12-29"))
    assert not whose_turn(facts, TIMES, day("2026-12-30")).due.is_exact


DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 1))


@given(taken=DAYS, gaps=st.lists(st.integers(0, 20), min_size=4, max_size=4), days=st.integers(1, 15))
def test_the_lawyer_always_has_the_promised_days_outside_the_pauses(taken, gaps, days):
    asked = taken + dt.timedelta(days=gaps[0])
    answered = asked + dt.timedelta(days=gaps[1])
    pauses = (Pause(asked, answered),)
    due = review_deadline(taken, pauses, days=days, today=answered + dt.timedelta(days=gaps[2])).day
    own = working_days_between(taken, due).days - working_days_between(asked, answered).days
    assert own == days
    assert is_working_day(due)
