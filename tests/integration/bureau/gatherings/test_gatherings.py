"""Seats in their order, hours once, phones forgotten; what cannot be is refused."""

import datetime as dt
import threading
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from bureau.gatherings import making, reading, seats
from bureau.gatherings.models import Seat
from bureau.hours.entries import submit
from bureau.hours.models import HourEntry
from bureau.hours.moves import Lawyer
from bureau.hours.time_spans import parse_spans
from demo.city import demo_id
from tenants.clock import CITY, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid
from tests.factories import add_member
from tests.gatherings import AT_FIRM, BUREAU, BY, FIRM, PLAN, TODAY, TOMORROW, arrive, make, sit, speak, states
from tests.hours import clinic, firm_says
from tests.parks import make_link, partner_scope
from webapp.tasks.gatherings import TASKS, remind_seats, tell_gatherings
from webapp.tasks.keeping import forget

WORKER = Scope(Audience.WORKER)


def at(hour, minute=0, day=TOMORROW):
    return dt.datetime.combine(day, dt.time(hour, minute), CITY)


@pytest.fixture(autouse=True)
def _in_the_city(settings):
    pass


def follow(settings, row):
    """What the worker does after the last move."""
    with unit_of_work(BUREAU) as session:
        event = reading.list_events(session, row.id)[-1]
    TASKS["follow_gathering"](settings, event_id=str(event.id))


def fill(settings, row):
    TASKS["fill_seats"](settings, gathering_id=str(row.id))


def close(settings, row, *came, times="14:00-16:00"):
    with unit_of_work(BUREAU) as session:
        making.close(session, making.get_to_change(session, row.id), times=times, came=came, by=BY, now=now())
    follow(settings, row)


def new_lawyer():
    """Of 沪滨, without any hours yet."""
    return Lawyer(FIRM, add_member(FIRM, "lawyer", name="新律师"), "新律师")


def hours_of(lawyer):
    with unit_of_work(Scope(Audience.FIRM, FIRM, lawyer.id)) as session:
        return session.scalars(select(HourEntry).where(HourEntry.lawyer_id == lawyer.id)).all()


def letters(settings, phone):
    return [file for file in settings.outbox_dir.glob("*.json") if phone in file.read_text(encoding="utf-8")]


def work_texts(settings, row, template, about=""):
    """As the worker sends what was asked for."""
    with unit_of_work(WORKER) as session:
        found = [seat.id for seat in seats.list_to_tell(session, row.id, settings.master_key)]
    for one in found:
        TASKS["tell_seat"](settings, seat_id=str(one), template=template, about=about)


# What cannot be.


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"day": TODAY, "times": "09:00-10:00"}, ("day", "not_to_come")),
        ({"day": TODAY - dt.timedelta(days=1)}, ("day", "not_to_come")),
        ({"day": TODAY + dt.timedelta(days=400)}, ("day", "not_within")),
        ({"times": "16:00-14:00"}, ("times", "not_times")),
        ({"times": "下午"}, ("times", "not_times")),
        ({"times": "09:00-10:00、14:00-15:00"}, ("times", "not_times")),
        ({"times": "23:00-01:00"}, ("times", "past_midnight")),
        ({"seats": 0}, ("seats", "not_between")),
        ({"seats": 10_001}, ("seats", "not_between")),
        ({"kind": "party"}, ("kind", "unknown_option")),
        ({"district": "999999"}, ("district", "unknown_option")),
        ({"languages": ("xx",)}, ("languages", "unknown_option")),
    ],
)
def test_a_gathering_that_cannot_be_is_refused(changed, fault):
    with pytest.raises(Invalid) as refused:
        make(**changed)
    assert [(one.field, one.code) for one in refused.value.faults] == [fault]


def test_times_are_of_the_citys_clock():
    assert make().begins_at == dt.datetime.combine(TOMORROW, dt.time(6), dt.UTC)


def test_ten_thousand_seats_are_a_gathering():
    row = make(seats=10_000)
    sit(row)
    assert states(row) == ["held"]


def test_a_lawyer_of_another_firm_does_not_speak_for_ours():
    row = make()
    with pytest.raises(Invalid):
        speak(row, demo_id("jiangwan:1"))


def test_a_firm_that_was_not_asked_sends_nobody():
    row = make()
    with pytest.raises(ProgrammingError, match="row-level security"), unit_of_work(AT_FIRM) as session:
        making.set_speakers(session, row, firm_id=FIRM, wanted={demo_id("hubin:1")})


def test_a_campaign_is_gone_on_with_by_a_link_of_its_own():
    link, park = make_link(), partner_scope().partner_id
    row = make(partner_id=park, campaign_id=link.campaign_id)
    assert len(row.link_code) == 6
    assert row.link_code != link.code
    with pytest.raises(Invalid) as refused:
        make(campaign_id=link.campaign_id)
    assert refused.value.faults[0].field == "partner"


# Seats.


def test_who_comes_too_late_waits_and_moves_up_in_order(settings):
    row = make()
    first, *_ = [sit(row) for _ in range(4)]
    assert states(row) == ["held", "held", "waiting", "waiting"]
    with unit_of_work(Scope(Audience.PUBLIC, token=first)) as session:
        seats.leave(session, seats.find_seat(session, row.id, lock=True))
    late = sit(row)  # before the worker has come: nobody is passed
    fill(settings, row)
    fill(settings, row)
    assert states(row) == ["left", "held", "held", "waiting", "waiting"]
    assert late


def test_two_who_want_the_last_seat_get_one(settings):
    row, gate, failed = make(seats=1), threading.Barrier(2), []

    def want():
        gate.wait()
        try:
            sit(row)
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)

    both = [threading.Thread(target=want) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert failed == []
    assert sorted(states(row)) == ["held", "waiting"]


def test_more_seats_are_the_lines_and_fewer_take_nobodys(settings):
    row = make(seats=1)
    for _ in range(3):
        sit(row)
    change(row, seats=2)
    follow(settings, row)
    assert states(row) == ["held", "held", "waiting"]
    change(row, seats=1)
    follow(settings, row)
    assert states(row) == ["held", "held", "waiting"]


def change(row, **changed):
    with unit_of_work(BUREAU) as session:
        plan = replace(PLAN, **{"seats": row.seats} | changed)
        making.change_plan(session, making.get_to_change(session, row.id), plan, by=BY, now=now())


def test_no_seat_at_what_is_over_or_called_off(clock_at):
    row, off = make(), make()
    with unit_of_work(BUREAU) as session:
        making.cancel(session, making.get_to_change(session, off.id), why="台风", by=BY, now=now())
    with pytest.raises(Conflict, match="cancelled"):
        sit(off)
    clock_at(at(16))
    with pytest.raises(Conflict, match="over"):
        sit(row)


def test_no_host_reads_whose_seat_it_is(settings):
    row = make()
    sit(row, phone="13900001111", master=settings.master_key)
    for scope in (BUREAU, AT_FIRM, partner_scope()):
        with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(scope) as session:
            session.scalars(select(Seat)).all()
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        assert session.scalars(select(Seat)).all() == []


def test_a_bureau_changes_no_gathering_of_a_firm():
    with unit_of_work(AT_FIRM) as session:
        host = making.Host(demo_id("bureau:310113"), by_firm=FIRM)
        row = making.make_gathering(session, PLAN, host, by=BY, now=now())
    with unit_of_work(BUREAU) as session:
        assert reading.get_gathering(session, row.id).name == PLAN.name
        changed = session.execute(text("UPDATE gathering SET name = 'x' WHERE id = :id"), {"id": row.id})
        assert changed.rowcount == 0
    with unit_of_work(Scope(Audience.FIRM, demo_id("jiangwan"), demo_id("jiangwan:1"))) as session:
        assert row.id not in {one.id for one in reading.list_of_host(session)}


# What is told, and forgotten.


def test_a_move_and_a_cancellation_are_told_once_to_each_number(settings):
    row = make(seats=9)
    for _ in range(2):
        sit(row, phone="13900002222", master=settings.master_key)
    sit(row)
    change(row, place="友谊路9号")
    work_texts(settings, row, "gathering_moved", "1")
    work_texts(settings, row, "gathering_moved", "1")  # a worker that died and came again
    assert len(letters(settings, "13900002222")) == 1
    with unit_of_work(BUREAU) as session:
        making.cancel(session, making.get_to_change(session, row.id), why="台风", by=BY, now=now())
    work_texts(settings, row, "gathering_off")
    found = [file.read_text(encoding="utf-8") for file in letters(settings, "13900002222")]
    assert len(found) == 2
    assert any("友谊路9号" in one for one in found)


def test_other_words_alone_move_nobody():
    row = make()
    change(row, about="带上合同")
    with unit_of_work(BUREAU) as session:
        assert reading.get_gathering(session, row.id).moved_at is None
        assert [one.became for one in reading.list_events(session, row.id)] == ["announced", "announced"]


def test_who_wished_it_is_reminded_the_day_before(settings, admin_rows):
    row = make(seats=1)
    sit(row, phone="13900003333", master=settings.master_key)
    sit(row, phone="13900003334", master=settings.master_key)  # who waits is told of a seat, not of the day
    assert remind_seats(settings) >= 1
    assert admin_rows(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'tell_seat' AND args->>'template' = :soon "
        "AND args->>'seat_id' IN (SELECT id::text FROM gathering_seat WHERE gathering_id = :id)",
        soon="gathering_soon", id=row.id,
    ) == [(1,)]  # fmt: skip
    work_texts(settings, row, "gathering_soon")
    [letter] = letters(settings, "13900003333")
    assert "/seats/" in letter.read_text(encoding="utf-8")


def test_phones_go_the_day_after_and_seats_after_a_week(settings, clock_at):
    row = make()
    sit(row, phone="13900004444", master=settings.master_key)
    clock_at(at(17, day=TOMORROW + dt.timedelta(days=1)))
    forget(settings)
    with unit_of_work(WORKER) as session:
        assert [one.sealed_phone for one in session.scalars(select(Seat).where(Seat.gathering_id == row.id))] == [None]
    clock_at(at(17, day=TOMORROW + dt.timedelta(days=7)))
    tell_gatherings(settings)
    forget(settings)
    assert states(row) == []
    with unit_of_work(BUREAU) as session:
        held = reading.get_gathering(session, row.id)
        assert (held.state, held.held_from) == ("held", None)


def test_nine_who_came_are_not_told_and_a_crowd_is(settings, clock_at):
    few, many = make(seats=90), make(seats=90)
    clock_at(at(14, 1))
    for row, count in ((few, 9), (many, 24)):
        for _ in range(count):
            arrive(row)
    tell_gatherings(settings)
    with unit_of_work(BUREAU) as session:
        assert reading.read_told(session, few.id) == {}
        told = reading.read_told(session, many.id)
    assert 10 <= told["came"] <= 24
    clock_at(at(16, 5))
    close(settings, many)
    tell_gatherings(settings)
    for _ in range(30):
        arrive(many)
    tell_gatherings(settings)
    with unit_of_work(BUREAU) as session:
        frozen = reading.read_told(session, many.id)
    assert frozen["came"] <= 24


# Hours.


def test_who_spoke_is_suggested_hours_with_their_proof(settings, clock_at):
    lawyer, absent = new_lawyer(), new_lawyer()
    row = make()
    speak(row, lawyer.id, absent.id)
    clock_at(at(14, 1))
    arrive(row)
    clock_at(at(16, 10))
    close(settings, row, lawyer.id, times="14:05-16:05")
    follow(settings, row)  # twice is once
    [entry] = hours_of(lawyer)
    assert (entry.state, entry.minutes, entry.category) == ("suggested", 120, "lecture")
    assert (entry.place, entry.reference) == (PLAN.place, row.number)
    assert entry.witness
    assert hours_of(absent) == []
    with unit_of_work(Scope(Audience.FIRM, FIRM, lawyer.id)) as session:
        submit(session, lawyer=lawyer, entry_id=entry.id, now=now())
    assert firm_says(entry.id) == "confirmed"
    assert hours_of(lawyer)[0].credited_minutes == 120


def test_no_minute_that_stands_elsewhere_is_suggested_or_counted_again(settings, clock_at):
    lawyer, row = new_lawyer(), make()
    speak(row, lawyer.id)
    other = clinic("15:00-17:00", lawyer=lawyer, day=TOMORROW)
    clock_at(at(14, 1))
    arrive(row)
    clock_at(at(17))
    close(settings, row, lawyer.id)
    [suggested] = [one for one in hours_of(lawyer) if one.source == "gathering"]
    assert suggested.spans == parse_spans("14:00-15:00", TOMORROW)
    with unit_of_work(Scope(Audience.FIRM, FIRM, lawyer.id)) as session:
        submit(session, lawyer=lawyer, entry_id=suggested.id, now=now())
    firm_says(suggested.id)
    firm_says(other)
    assert sum(one.credited_minutes for one in hours_of(lawyer)) == 180


def test_where_nobody_signed_in_no_hours_are_suggested(settings, clock_at):
    lawyer, row = new_lawyer(), make()
    speak(row, lawyer.id)
    clock_at(at(16, 1))
    close(settings, row, lawyer.id)
    assert hours_of(lawyer) == []


@pytest.mark.parametrize(("hour", "times", "refused"), [(13, "14:00-16:00", Conflict), (15, "14:00-16:00", Invalid)])
def test_how_it_was_is_said_once_it_was(clock_at, hour, times, refused):
    row = make()
    clock_at(at(hour))
    with pytest.raises(refused), unit_of_work(BUREAU) as session:
        making.close(session, making.get_to_change(session, row.id), times=times, came=(), by=BY, now=now())


@pytest.mark.parametrize("step", ["change", "cancel", "close", "speakers"])
def test_nothing_moves_what_is_over(clock_at, step):
    row = make()
    clock_at(at(16, 1))
    with unit_of_work(BUREAU) as session:
        making.close(session, making.get_to_change(session, row.id), times="14:00-16:00", came=(), by=BY, now=now())
    with pytest.raises(Conflict), unit_of_work(BUREAU) as session:
        held = making.get_to_change(session, row.id)
        match step:
            case "change":
                making.change_plan(session, held, PLAN, by=BY, now=now())
            case "cancel":
                making.cancel(session, held, why="晚了", by=BY, now=now())
            case "close":
                making.close(session, held, times="14:00-16:00", came=(), by=BY, now=now())
            case _:
                making.set_firms(session, held, {FIRM})
