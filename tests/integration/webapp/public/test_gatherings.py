"""Events as whoever comes sees them: calendar, seat, door, and on to a checkup."""

import datetime as dt
import re

import pytest
from icalendar import Calendar

from bureau.gatherings import making
from bureau.gatherings.door_rules import code_at
from tenants.clock import CITY, now
from tenants.database import unit_of_work
from tests.gatherings import BUREAU, BY, PLAN, TOMORROW, make
from tests.parks import make_link, partner_scope
from webapp.gatherings.door import door_key


@pytest.fixture
def phone(app):
    return app.test_client()


def at(hour, minute=0):
    return dt.datetime.combine(TOMORROW, dt.time(hour, minute), CITY)


def code_of(app, row, moment=None):
    with app.app_context():
        return code_at(door_key(), row.id, moment or now())


def door(app, row, moment=None):
    return f"/events/{row.number}/door/{code_of(app, row, moment)}"


def move(row, **changed):
    with unit_of_work(BUREAU) as session:
        plan = making.Plan(**{name: getattr(PLAN, name) for name in PLAN.__dataclass_fields__} | changed)
        making.change_plan(session, making.get_to_change(session, row.id), plan, by=BY, now=now())


def cancel(row):
    with unit_of_work(BUREAU) as session:
        making.cancel(session, making.get_to_change(session, row.id), why="台风来了", by=BY, now=now())


def test_from_the_calendar_to_a_seat_and_in_by_the_code_at_the_door(app, phone, clock_at):
    link = make_link()
    row = make(name="租约夜校", partner_id=partner_scope().partner_id, campaign_id=link.campaign_id)
    assert "租约夜校" in phone.get("/events").text
    assert "租约夜校" not in phone.get("/events?district=310110").text
    answer = phone.post(f"/events/{row.number}")
    seat = answer.location
    assert "位子留好了" in phone.get(seat).text
    clock_at(at(13, 50))
    assert "我到了" in phone.get(door(app, row)).text
    answer = phone.post(door(app, row))
    page = phone.get(answer.location).text
    assert "签到好了" in page
    assert f"c={row.link_code}" in page
    again = phone.get(phone.post(door(app, row)).location).text
    assert "签到过了" in again
    assert phone.get(f"/start?c={row.link_code}").status_code == 200


def test_signing_up_twice_is_one_seat(phone, admin_rows):
    row = make()
    first, second = (phone.post(f"/events/{row.number}").location for _ in range(2))
    assert first == second
    assert "您报过名了" in phone.get(f"/events/{row.number}").text
    assert admin_rows("SELECT count(*) FROM gathering_seat WHERE gathering_id = :id", id=row.id) == [(1,)]


def test_when_it_is_full_one_waits_in_line_and_may_leave_it(app, phone):
    row = make(seats=1)
    app.test_client().post(f"/events/{row.number}")
    assert "位子满了" in phone.get(f"/events/{row.number}").text
    seat = phone.post(f"/events/{row.number}").location
    assert "在排队" in phone.get(seat).text
    for _ in range(2):  # twice changes nothing
        assert phone.post(f"{seat}/leave").status_code == 302
    assert "位子让出来了" in phone.get(seat).text
    assert phone.post(f"/events/{row.number}").location != seat


def test_a_wrong_number_is_refused_and_keeps_nothing(phone, admin_rows):
    row = make()
    answer = phone.post(f"/events/{row.number}", data={"phone": "12345"})
    assert answer.status_code == 422
    assert "手机号不对" in answer.text
    assert admin_rows("SELECT count(*) FROM gathering_seat WHERE gathering_id = :id", id=row.id) == [(0,)]


@pytest.mark.parametrize("what", ["cancelled", "over"])
def test_what_is_off_or_over_says_so_and_takes_no_seat(phone, clock_at, what):
    row = make()
    seat = phone.post(f"/events/{row.number}").location
    if what == "cancelled":
        cancel(row)
    else:
        clock_at(at(16, 45))
    said = {"cancelled": "取消了，不用来", "over": "已经办完了"}[what]
    for answer in (phone.get(f"/events/{row.number}"), phone.post(f"/events/{row.number}")):
        assert answer.status_code in (302, 410)
    assert said in phone.get(f"/events/{row.number}").text
    assert said in phone.get(seat).text
    assert row.number not in phone.get("/events").text


def test_a_move_stands_on_the_seat_and_in_the_calendar(phone):
    row = make()
    seat = phone.post(f"/events/{row.number}").location
    before = read_calendar(phone, row)
    move(row, times="15:00-17:00", place="友谊路9号")
    page = phone.get(seat).text
    assert "时间或地点改过" in page
    assert "15:00–17:00" in page
    after = read_calendar(phone, row)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart") == at(15)
    assert after["location"] == "友谊路9号"
    cancel(row)
    assert read_calendar(phone, row)["status"] == "CANCELLED"
    assert "台风来了" in phone.get(f"/events/{row.number}").text


def read_calendar(phone, row):
    [event] = Calendar.from_ical(phone.get(f"/events/{row.number}.ics").data).walk("VEVENT")
    return event


def test_all_that_is_to_come_is_one_calendar(phone):
    row = make()
    events = Calendar.from_ical(phone.get("/events/calendar.ics").data).walk("VEVENT")
    assert f"{row.number}@famai" in {str(one["uid"]) for one in events}


# The door.


def test_whoever_has_no_seat_comes_in_by_the_code_too(app, phone, clock_at):
    row = make(seats=1)
    clock_at(at(14, 5))
    assert "签到好了" in phone.get(phone.post(door(app, row)).location).text


def test_an_old_or_forwarded_code_is_refused_with_the_way_on(app, phone, clock_at, admin_rows):
    row = make()
    old = door(app, row, at(13, 30))
    clock_at(at(14))
    for answer in (phone.get(old), phone.post(old)):
        assert answer.status_code == 410
        assert "这个码过期了" in answer.text
        assert f"/events/{row.number}/door" in answer.text
    assert admin_rows("SELECT count(*) FROM gathering_seat WHERE gathering_id = :id", id=row.id) == [(0,)]


def test_the_code_of_another_event_says_whose_it_is(app, phone, clock_at):
    row, other = make(name="这一场"), make(name="那一场")
    clock_at(at(14))
    path = f"/events/{row.number}/door/{code_of(app, other)}"
    for answer in (phone.get(path), phone.post(path)):
        assert answer.status_code == 409
        assert "那一场" in answer.text
    assert re.search(rf"/events/{other.number}/door/\w{{6}}", phone.get(path).text)


@pytest.mark.parametrize(("moment", "status", "said"), [((12, 30), 409, "还没到"), ((16, 45), 410, "散场")])
def test_the_door_is_shut_before_and_after(app, phone, clock_at, moment, status, said):
    row = make()
    clock_at(at(*moment))
    answer = phone.post(door(app, row))
    assert answer.status_code == status
    assert said in answer.text


def test_a_typed_code_is_read_as_people_write_it(app, phone, clock_at):
    row = make()
    clock_at(at(14))
    code = code_of(app, row)
    answer = phone.get(f"/events/{row.number}/door?code={code[:3].lower()}+{code[3:].lower()}")
    assert answer.location.endswith(code)


@pytest.mark.parametrize("path", ["/events/HD26-NOWHERE", "/events/HD26-NOWHERE.ics", "/events/HD26-NOWHERE/door"])
def test_a_number_that_is_none_is_not_found(phone, path):
    assert phone.get(path).status_code == 404


def test_anothers_seat_is_not_found(phone):
    row, other = make(), make()
    seat = phone.post(f"/events/{row.number}").location
    assert phone.get(seat.replace(row.number, other.number)).status_code == 404
    assert phone.get(f"/events/{row.number}/seats/222222222222").status_code == 404
    assert phone.post(f"/events/{row.number}/seats/222222222222/leave").status_code == 404
