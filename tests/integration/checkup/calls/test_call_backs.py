"""A lawyer on call telephones at an hour of the roster: the number opens then, to her alone, and is gone afterwards."""

import datetime as dt

import pytest
from sqlalchemy import delete, select, text

from checkup.calls.booking import book_call, cancel_call, find_booked, list_free_hours
from checkup.calls.calling import follow_call_back, list_to_make, settle_call
from checkup.calls.models import CallBack
from checkup.cases.checkups import get_checkup_row
from checkup.desk.roster import leave_roster, plan_day
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import CITY, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tenants.models import Message
from tests.erased import erase_in_full, finish, left_of
from tests.factories import find_no_conflict, make_case, owner_scope, worker_scope

HUBIN = demo_id("hubin")
ADMIN, SECOND, FIRST = (demo_id(f"hubin:{number}") for number in (1, 2, 3))
TODAY, PHONE = dt.date(2026, 12, 8), "13812345678"
OWNER = Actor(None, "店主本人")


def at(hour, minute=0):
    return dt.datetime.combine(TODAY, dt.time(hour, minute), CITY)


def staff_scope(person_id):
    return Scope(Audience.FIRM, HUBIN, person_id)


def plan(people, day=TODAY):
    with unit_of_work(staff_scope(ADMIN)) as work:
        plan_day(work, firm_id=HUBIN, day=day, people=people)


@pytest.fixture(autouse=True)
def _on_call(settings, clock_at):
    """Two lawyers today, nobody in the days that follow; it is ten past two."""
    clock_at(at(14, 10))
    plan({1: FIRST, 2: SECOND})
    for ahead in (1, 2):
        plan({}, TODAY + dt.timedelta(days=ahead))
    yield
    with unit_of_work(Scope(Audience.WORKER, HUBIN)) as work:
        work.execute(delete(CallBack).where(CallBack.firm_id == HUBIN))


@pytest.fixture
def case(settings):
    return make_case(settings, "submitted", seed=7)


def free(case):
    with unit_of_work(owner_scope(case)) as work:
        row = get_checkup_row(work, case.checkup_id)
    return list_free_hours(row, now=now())


def book(settings, case, hour=None):
    hour = hour or free(case)[0]
    with unit_of_work(owner_scope(case)) as work:
        return book_call(
            work, checkup_id=case.checkup_id, hour=hour, phone=PHONE, by=OWNER, keys=settings.keyring(), now=now()
        ).id


def to_make(settings, person_id):
    with unit_of_work(staff_scope(person_id)) as work:
        made = list_to_make(work, firm_id=HUBIN, person_id=person_id, keys=settings.keyring(), now=now())
        return [(one.row.id, one.phone) for one in made]


def settle(call_id, person_id, outcome="made"):
    with unit_of_work(staff_scope(person_id)) as work:
        settle_call(work, call_id=call_id, person_id=person_id, outcome=outcome, by=Actor(person_id, "律师"), now=now())


def follow(case, call_id):
    with unit_of_work(worker_scope(case)) as work:
        follow_call_back(work, call_id=call_id, link="", now=now())
        return work.scalars(select(CallBack).where(CallBack.id == call_id)).one()


def told(case):
    with unit_of_work(worker_scope(case)) as work:
        query = select(Message.template).where(Message.firm_id == case.firm_id).order_by(Message.queued_at, Message.id)
        return work.scalars(query).all()


def test_an_hour_is_taken_once_and_then_by_the_second_in_the_roster(settings, case):
    first = free(case)[0]
    book(settings, case, first)
    other = make_case(settings, "submitted", seed=8)
    assert (free(other)[0].starts_at, free(other)[0].person_id) == (first.starts_at, SECOND)
    with pytest.raises(Invalid):
        book(settings, other, first)


def test_who_agrees_another_hour_gives_the_first_back(settings, case):
    hours = free(case)
    book(settings, case, hours[0])
    book(settings, case, hours[1])
    assert hours[0] in free(case)


def test_nobody_reads_the_number_before_it_opens_not_even_by_hand(settings, case, clock_at, admin_rows):
    call_id = book(settings, case)
    assert to_make(settings, FIRST) == [(call_id, "")]
    sealed = admin_rows("SELECT sealed_phone FROM call_back WHERE id = :id", id=call_id)[0][0]
    assert PHONE.encode() not in bytes(sealed)
    find_no_conflict(settings, case, FIRST)
    with unit_of_work(staff_scope(FIRST)) as work:
        query = text("SELECT count(*) FROM part_key WHERE part_id = :id")
        assert work.scalar(query, {"id": call_id}) == 0
    clock_at(at(14, 45))
    assert to_make(settings, FIRST) == [(call_id, PHONE)]
    assert to_make(settings, SECOND) == []


@pytest.mark.parametrize("outcome", ["made", "missed"])
def test_after_the_call_number_and_key_are_gone(settings, case, clock_at, admin_rows, outcome):
    call_id = book(settings, case)
    clock_at(at(15, 5))
    settle(call_id, FIRST, outcome)
    assert to_make(settings, FIRST) == []
    assert admin_rows("SELECT state, sealed_phone FROM call_back WHERE id = :id", id=call_id)[0] == (outcome, None)
    assert admin_rows("SELECT count(*) FROM part_key WHERE part_id = :id", id=call_id)[0][0] == 0
    assert told(case).count("call_missed") == (outcome == "missed")


def test_a_call_is_settled_by_whoever_makes_it_and_not_before_its_hour(settings, case, clock_at):
    call_id = book(settings, case)
    with pytest.raises(Conflict):
        settle(call_id, FIRST)
    clock_at(at(15))
    with pytest.raises(NotFound):
        settle(call_id, SECOND)


def test_who_wants_no_call_any_more_calls_it_off(settings, case, admin_rows):
    call_id = book(settings, case)
    with unit_of_work(owner_scope(case)) as work:
        cancel_call(work, checkup_id=case.checkup_id, by=OWNER, now=now())
        assert find_booked(work, case.checkup_id) is None
    assert to_make(settings, FIRST) == []
    assert admin_rows("SELECT count(*) FROM part_key WHERE part_id = :id", id=call_id)[0][0] == 0


def test_what_nobody_called_in_time_goes_to_the_next_and_in_the_end_is_our_fault(settings, case, clock_at):
    call_id = book(settings, case)
    clock_at(at(15, 31))
    late = follow(case, call_id)
    assert late.responsible_id == SECOND
    assert late.late_since >= at(15, 31)
    assert to_make(settings, SECOND) == [(call_id, PHONE)]
    clock_at(at(17))
    assert follow(case, call_id).state == "lapsed"
    assert "call_lapsed" in told(case)


def test_who_is_on_call_no_more_calls_nobody(settings, case):
    call_id = book(settings, case)
    with unit_of_work(staff_scope(ADMIN)) as work:
        leave_roster(work, firm_id=HUBIN, person_id=FIRST, today=TODAY)
    assert FIRST not in {one.person_id for one in free(case)}
    assert follow(case, call_id).responsible_id == SECOND


def test_with_the_case_the_call_is_gone(settings, case, admin_rows):
    book(settings, case)
    erase_in_full(case)
    finish(settings, case)
    assert left_of(settings, case, admin_rows) == []
    assert to_make(settings, FIRST) == []
