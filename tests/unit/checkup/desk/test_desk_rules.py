"""Whose turn, who fits, who is called next: the rules of the desk, without a database."""

import datetime as dt
import uuid

import pytest

from checkup.conflicts import states as conflict_states
from checkup.desk import green_rules
from checkup.desk.filters import Filters, parse_filters
from checkup.desk.inactivity_rules import NOTHING, REASSIGN, WARN, what_now
from checkup.desk.matching import Room, Wish, rank
from checkup.desk.queue_order import Times, clock_of, sort_key
from checkup.review.states import FREE, HELD, LIFE, WORKING
from checkup.scoring.triage import outline_of
from checkup.scoring.values import Finding
from tenants.clock import CITY
from tenants.errors import Conflict

DAY = dt.date(2026, 11, 25)  # a Wednesday
ANNA, BO, CHEN = (uuid.UUID(int=number) for number in (1, 2, 3))


def room(person, **given):
    base = {"name": str(person.int), "a_month": 2, "taken": 0, "domains": frozenset(), "languages": frozenset({"zh"})}
    return Room(person, **{**base, **given})


def test_whoever_knows_the_heaviest_area_comes_first_and_the_reasons_say_so():
    wish = Wish(("emp", "pre"), "zh", is_urgent=False)
    rooms = [
        room(ANNA),
        room(BO, domains=frozenset({"pre"})),
        room(CHEN, domains=frozenset({"emp"}), from_hour=19, to_hour=22),
    ]
    ranked = rank(rooms, wish, local=dt.datetime(2026, 11, 25, 9, tzinfo=CITY))
    assert [match.person_id for match in ranked] == [CHEN, BO, ANNA]
    assert ranked[0].reasons == ("left:2/2", "domain:emp", "language:zh", "hours:19-22")
    assert ranked[2].reasons == ("left:2/2", "any_domain", "language:zh")


@pytest.mark.parametrize(
    "given",
    [
        {"taken": 2},
        {"a_month": 0},
        {"away_until": DAY},
        {"languages": frozenset({"en"})},
        {"domains": frozenset({"tax"})},
    ],
)
def test_nobody_is_asked_who_has_no_room_or_cannot(given):
    wish = Wish(("emp",), "zh", is_urgent=False)
    assert rank([room(ANNA, **given)], wish, local=dt.datetime(2026, 11, 25, 9, tzinfo=CITY)) == []


def test_whoever_gave_the_case_back_is_not_asked_again():
    wish = Wish((), "zh", is_urgent=False)
    assert rank([room(ANNA)], wish, local=dt.datetime(2026, 11, 25, 9, tzinfo=CITY), but={ANNA}) == []


def test_an_urgent_case_prefers_whoever_is_there_now():
    wish = Wish((), "zh", is_urgent=True)
    rooms = [room(ANNA, a_month=9), room(BO, from_hour=19, to_hour=23)]
    evening = rank(
        [rooms[1], room(ANNA, from_hour=8, to_hour=17)], wish, local=dt.datetime(2026, 11, 25, 20, tzinfo=CITY)
    )
    assert evening[0].person_id == BO


@pytest.mark.parametrize(
    ("touched", "warned", "today", "what"),
    [
        (DAY, None, DAY + dt.timedelta(days=2), NOTHING),  # Friday: two working days
        (DAY, None, DAY + dt.timedelta(days=4), NOTHING),  # Sunday: still two
        (DAY, None, DAY + dt.timedelta(days=5), WARN),  # Monday: three
        (DAY, DAY, DAY + dt.timedelta(days=1), NOTHING),
        (DAY, DAY, DAY + dt.timedelta(days=2), REASSIGN),
        (dt.date(2026, 2, 13), None, dt.date(2026, 2, 23), NOTHING),  # Spring Festival lies between
    ],
)
def test_three_silent_working_days_warn_and_two_more_reassign(touched, warned, today, what):
    assert what_now(touched, warned, today) == what


def test_a_call_rings_for_two_hours_of_the_day():
    at = lambda day, hour, minute=0: dt.datetime(2026, 11, day, hour, minute, tzinfo=CITY)  # noqa: E731 - a short hand
    assert green_rules.answer_by(at(25, 9)) == at(25, 11)
    assert green_rules.answer_by(at(25, 3)) == at(25, 10)
    assert green_rules.answer_by(at(25, 21)) == at(26, 9)
    assert green_rules.answer_by(at(25, 23)) == at(26, 10)


def test_the_next_in_order_is_called_and_the_first_again_after_the_last():
    order = [ANNA, BO, CHEN]
    assert green_rules.next_to_ring(order, None) == ANNA
    assert green_rules.next_to_ring(order, ANNA) == BO
    assert green_rules.next_to_ring(order, CHEN) == ANNA
    assert green_rules.next_to_ring([], ANNA) is None


def clock(**given):
    base = {"submitted_on": DAY, "taken_on": None, "is_asked": False, "legal_on": None, "green_on": None}
    return clock_of(**{**base, **given}, times=Times(take=3, review=5), today=DAY)


def test_the_nearest_day_presses_most():
    assert (clock().day, clock().why) == (dt.date(2026, 11, 30), "take")
    assert clock(legal_on=DAY + dt.timedelta(days=1)).why == "legal"
    assert clock(taken_on=DAY).why == "review"
    assert clock(taken_on=DAY, is_asked=True).is_paused


def place(**given):
    base = {"is_done": False, "legal_on": None, "urgent_count": 0, "clock": clock()}
    return sort_key(**{**base, **given}, submitted_at=dt.datetime(2026, 11, 25, tzinfo=dt.UTC), today=DAY)


def test_urgent_cases_jump_the_queue():
    assert place(urgent_count=1) < place() < place(is_done=True, urgent_count=1)


def test_a_legal_day_that_still_runs_goes_before_what_is_urgent_and_the_nearest_first():
    near, far = (place(legal_on=DAY + dt.timedelta(days=days)) for days in (0, 200))
    assert near < far < place(urgent_count=1)


def test_a_legal_day_that_is_past_makes_nothing_come_first():
    past = DAY - dt.timedelta(days=1)
    assert place(urgent_count=1) < place(legal_on=past, clock=clock(legal_on=past))


def test_a_question_to_the_owner_does_not_stop_a_legal_day():
    asked = clock(taken_on=DAY, is_asked=True)
    assert place(legal_on=DAY, clock=asked) < place(urgent_count=1) < place(urgent_count=1, clock=asked)


def test_filters_travel_in_the_address():
    filters = parse_filters({"state": "mine", "domain": "emp", "urgent": "1", "mode": "sideways", "page": "9"})
    assert filters == Filters(state="mine", domain="emp", urgent="yes")
    assert filters.query() == "state=mine&domain=emp&urgent=yes"
    assert Filters().query() == ""


@pytest.mark.parametrize("state", WORKING)
def test_a_review_in_hand_can_be_given_back_reassigned_and_signed(state):
    assert {LIFE.after(state, step) for step in ("return", "reassign")} <= set(FREE)
    assert LIFE.after(state, "sign") == "signed"


def test_nothing_is_accepted_unchecked():
    assert {was for (was, step), _ in LIFE.moves.items() if step == "accept"} == {"conflict_checked"}
    assert all((state, "accept") not in LIFE.moves for state in ("offered", *FREE, *HELD[1:]))


def test_a_recusal_is_taken_back_by_a_partner_alone():
    with pytest.raises(Conflict):
        conflict_states.ALONE.after("recuse", "clear")
    conflict_states.BY_PARTNER.after("recuse", "clear")


def finding(domain, *, priority=1.0, due=None, urgent=False, state="found"):
    return Finding(f"{domain}.x", domain, 3, 1.0, 1.0, 1.0, state, priority, "red", 1.0, urgent, due)


def test_the_outline_tells_counts_areas_and_the_nearest_day_to_come():
    past, near, far = DAY - dt.timedelta(days=9), DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=30)
    found = [finding("emp", priority=2.0, due=far), finding("pre", priority=5.0, due=past), finding("pre", due=near)]
    outline = outline_of([*found, finding("tax", state="unknown", urgent=True)], DAY)
    assert (outline.finding_count, outline.urgent_count, outline.next_due) == (3, 1, near)
    assert outline.domains == ("pre", "emp")
    assert outline_of([finding("emp", due=past)], DAY).next_due == past
