"""The queue at a station: a number by phone or by hand, called once, and gone with the day."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import ProgrammingError

from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tenants.stations import queue_rules as rules
from tenants.stations.models import VenueNumber, VenueQueue
from tenants.stations.queue import find_queue, give_number, move_number, open_queue
from tests.helping import HELPER, NEW, SEAT, log_in_colleague, scope_of
from tests.visits import log_in
from webapp.tasks.keeping import forget

QUEUE = "/helper/queue"


@pytest.fixture(scope="module")
def officer(app):
    return log_in(app, "officer@baoshan.example")


@pytest.fixture(scope="module")
def helper(app):
    return log_in(app, HELPER)


@pytest.fixture(scope="module")
def colleague(app):
    return log_in_colleague(app)


@pytest.fixture
def at_station(settings):
    return scope_of(HELPER)


@pytest.fixture
def venue(at_station):
    """The address of an open queue in which nobody has a number yet."""
    with unit_of_work(Scope(Audience.WORKER)) as work:
        work.execute(delete(VenueNumber))
    return opened(at_station)


def opened(scope):
    with unit_of_work(scope) as work:
        open_queue(work, scope.station_id, city_day(now()))
        return f"/queue/{find_queue(work, scope.station_id).code}"


def given(scope, times=1):
    with unit_of_work(scope) as work:
        return [give_number(work, scope.station_id, today=city_day(now()), now=now()).number for _ in range(times)]


def moved(scope, number, *steps):
    with unit_of_work(scope) as work:
        for step in steps:
            move_number(work, scope.station_id, number, step=step, today=city_day(now()), now=now())


def taken(app, venue):
    """A phone that has a number, and its page."""
    phone = app.test_client()
    phone.get(venue)
    assert phone.post(venue).location == venue
    return phone, phone.get(venue).text


def states():
    with unit_of_work(Scope(Audience.WORKER)) as work:
        return {one.number: one.state for one in work.scalars(select(VenueNumber))}


def number_on(page):
    return re.search(r"A\d{3}", page)[0]


def test_an_owner_takes_a_number_and_sees_who_is_before_her(app, venue, at_station):
    given(at_station, 2)
    page = taken(app, venue)[1]
    assert number_on(page) == "A003"
    assert "前面还有2位" in page
    assert "还说不准" in page


def test_the_wait_is_told_by_the_pace_of_today(app, venue, at_station, clock_at):
    begins = now()
    for number, minutes in zip(given(at_station, 3), (0, 10, 20), strict=True):
        clock_at(begins + dt.timedelta(minutes=minutes))
        moved(at_station, number, "call")
        clock_at(begins + dt.timedelta(minutes=minutes + 9))
        moved(at_station, number, "done")
    given(at_station)
    page = taken(app, venue)[1]
    assert "前面还有1位" in page
    assert "大约再等20分钟" in page


def test_a_browser_that_asks_twice_has_one_number(app, venue):
    phone, page = taken(app, venue)
    assert phone.post(venue).location == venue
    assert number_on(phone.get(venue).text) == number_on(page)
    assert len(states()) == 1


def test_two_taps_at_once_take_one_number(app, venue):
    phone = app.test_client()
    phone.get(venue)
    cookies = {"Cookie": f"venue={phone.get_cookie('venue').value}"}
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: app.test_client(use_cookies=False).post(venue, headers=cookies), range(2)))
    assert len(states()) == 1


def test_two_phones_at_once_have_two_numbers(app, venue):
    with ThreadPoolExecutor(4) as all_of_them:
        answers = list(all_of_them.map(lambda _: app.test_client().post(venue).status_code, range(4)))
    assert answers == [302] * 4
    assert sorted(states()) == [1, 2, 3, 4]


def test_a_browser_takes_so_many_numbers_a_day(app, venue, at_station):
    phone = app.test_client()
    for number in range(1, rules.MOST_BY_BROWSER + 1):
        assert phone.post(venue).status_code == 302
        moved(at_station, number, "call", "done")
    refused = phone.post(venue)
    assert refused.status_code == 429
    assert "给您一个号" in refused.text
    assert len(states()) == rules.MOST_BY_BROWSER


def test_a_queue_that_phones_have_filled_still_takes_whom_the_helper_gives_one(app, venue, at_station, monkeypatch):
    monkeypatch.setattr(rules, "MOST_BY_PHONE", 1)
    taken(app, venue)
    refused = app.test_client().post(venue)
    assert refused.status_code == 409
    assert "直接跟服务专员说" in refused.text
    assert given(at_station) == [2]


def test_a_helper_gives_a_number_that_is_said_aloud(helper, venue):
    assert "A001" in helper.post(f"{QUEUE}/give").text
    assert states() == {1: "waiting"}


def test_a_helper_is_told_once_the_day_is_full(helper, venue, at_station, monkeypatch):
    monkeypatch.setattr(rules, "MOST_A_DAY", 1)
    given(at_station)
    refused = helper.post(f"{QUEUE}/give")
    assert refused.status_code == 409
    assert "发完了" in refused.text


def test_a_number_is_called_and_done_and_her_page_says_so(app, helper, venue):
    phone = taken(app, venue)[0]
    assert helper.post(f"{QUEUE}/1/call").location == QUEUE
    assert "轮到您了" in phone.get(venue).text
    helper.post(f"{QUEUE}/1/done")
    page = phone.get(venue).text
    assert "办好了" in page
    assert "再取一个号" in page


def test_who_did_not_come_keeps_her_number_and_is_called_again(app, helper, venue):
    phone = taken(app, venue)[0]
    helper.post(f"{QUEUE}/1/call")
    helper.post(f"{QUEUE}/1/absent")
    assert "没见到人" in phone.get(venue).text
    phone.post(venue)
    assert states() == {1: "absent"}
    helper.post(f"{QUEUE}/1/call")
    assert states() == {1: "called"}


def test_two_helpers_at_once_do_not_call_one_number(helper, colleague, venue, at_station):
    given(at_station, 2)
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda one: one.post(f"{QUEUE}/1/call"), (helper, colleague)))
    assert sorted(one.status_code for one in answers) == [302, 409]
    slower = next(one for one in answers if one.status_code == 409).text
    assert "刚有同事办了这一步" in slower
    assert "/helper/queue/2/call" in slower
    assert states() == {1: "called", 2: "waiting"}


@pytest.mark.parametrize("step", ["done", "absent"])
def test_a_number_that_nobody_called_is_not_over(helper, venue, at_station, step):
    given(at_station)
    assert helper.post(f"{QUEUE}/1/{step}").status_code == 409
    assert states() == {1: "waiting"}


@pytest.mark.parametrize("path", ["2/call", "0/call", "1/drop", "99999999999/call", "x/call"])
def test_a_number_or_a_step_that_is_none_is_not_found(helper, venue, at_station, path):
    given(at_station)
    assert helper.post(f"{QUEUE}/{path}").status_code == 404
    assert states() == {1: "waiting"}


def test_a_helper_calls_nobody_at_another_station(app, venue, at_station):
    given(at_station)
    seat = log_in(app, SEAT)
    assert seat.post(f"{QUEUE}/1/call").status_code == 404
    assert "A001" not in seat.get(QUEUE).text
    assert states() == {1: "waiting"}


def test_the_database_shows_a_helper_no_other_queue(venue, at_station):
    given(at_station)
    with unit_of_work(scope_of(SEAT)) as work:
        assert find_queue(work, at_station.station_id) is None
        assert work.scalars(select(VenueNumber.number)).all() == []


def test_a_phone_reads_no_queue_but_the_one_whose_code_it_has(venue, at_station):
    given(at_station)
    with unit_of_work(Scope(Audience.PUBLIC, token="222222")) as work:  # noqa: S106 - no password
        assert work.scalars(select(VenueQueue.code)).all() == []
        assert work.scalars(select(VenueNumber.number)).all() == []


@pytest.mark.parametrize(
    ("audience", "statement"),
    [
        (Audience.PUBLIC, "UPDATE venue_number SET state = 'done'"),
        (Audience.PUBLIC, "UPDATE venue_queue SET open_on = NULL"),
        (Audience.HELPER, "SELECT holder FROM venue_number"),
        (Audience.HELPER, "DELETE FROM venue_number"),
        (Audience.BUREAU, "SELECT * FROM venue_number"),
        (Audience.OWNER, "SELECT * FROM venue_number"),
    ],
)
def test_nobody_has_more_of_a_queue_than_she_needs(settings, audience, statement):
    with pytest.raises(ProgrammingError), unit_of_work(Scope(audience)) as work:
        work.execute(text(statement))


def test_the_database_gives_no_number_in_a_queue_that_is_closed(helper, venue):
    helper.post(f"{QUEUE}/close")
    scope = Scope(Audience.PUBLIC, token=venue.removeprefix("/queue/"))
    with pytest.raises(ProgrammingError), unit_of_work(scope) as work:
        station_id = work.scalars(select(VenueQueue.station_id)).one()
        work.add(VenueNumber(station_id=station_id, day=city_day(now()), number=1, holder="x", taken_at=now()))


@pytest.mark.parametrize("code", ["222222", "nothing", "9" * 3000, "%E5%87%8C"])
def test_an_unknown_code_leads_nowhere(app, code):
    stranger = app.test_client()
    assert {stranger.get(f"/queue/{code}").status_code, stranger.post(f"/queue/{code}").status_code} == {404}


@pytest.mark.parametrize("token", ["", "x" * 3000, '"\\377\\000"', "%00", "\xe5\x87\x8c"])
def test_a_cookie_that_is_none_of_ours_holds_a_number_like_any_other(app, venue, token):
    browser = app.test_client(use_cookies=False)
    answers = [browser.open(venue, method=one, headers={"Cookie": f"venue={token}"}) for one in ("GET", "POST")]
    assert [one.status_code for one in answers] == [200, 302]
    assert states() == {1: "waiting"}


def test_a_code_is_typed_as_it_comes(app, venue):
    assert app.test_client().get(venue.lower()).status_code == 200


def test_a_queue_that_was_closed_gives_no_number_and_calls_those_who_have_one(app, helper, venue):
    phone = taken(app, venue)[0]
    helper.post(f"{QUEUE}/close")
    late = app.test_client()
    assert [late.get(venue).status_code, late.post(venue).status_code] == [409, 409]
    assert "现在不发号" in late.get(venue).text
    assert helper.post(f"{QUEUE}/give").status_code == 409
    assert phone.get(venue).status_code == 200
    assert helper.post(f"{QUEUE}/1/call").location == QUEUE


def test_a_station_that_is_suspended_gives_and_calls_no_number(app, officer, helper, venue, at_station):
    phone = taken(app, venue)[0]
    station = f"/bureau/stations/{at_station.station_id}"
    officer.post(f"{station}/suspend", data={"why": "换人"})
    try:
        answers = [phone.get(venue), app.test_client().get(venue), app.test_client().post(venue)]
        assert [one.status_code for one in answers] == [403] * 3
        assert all("这里现在不办了" in one.text for one in answers)
        assert helper.post(f"{QUEUE}/1/call").status_code == 403
        with pytest.raises(Conflict):
            given(at_station)
    finally:
        officer.post(f"{station}/resume", data={"why": "好了"})
    assert "A001" in phone.get(venue).text


def test_a_queue_ends_with_the_citys_day(app, helper, venue, clock_at):
    phone = taken(app, venue)[0]
    midnight = dt.timedelta(hours=12)
    clock_at(now() + midnight - dt.timedelta(minutes=1))
    assert "A001" in phone.get(venue).text
    clock_at(now() + dt.timedelta(minutes=2))
    gone = phone.get(venue)
    assert gone.status_code == 409
    assert "A001" not in gone.text
    with unit_of_work(scope_of(HELPER)) as work:
        assert work.scalars(select(VenueNumber.number)).all() == []


def test_a_number_of_yesterday_is_not_called_today(app, helper, venue, at_station, clock_at):
    given(at_station)
    clock_at(now() + dt.timedelta(days=1))
    tomorrow = log_in(app, HELPER)
    assert tomorrow.post(f"{QUEUE}/1/call").status_code == 404
    opened(at_station)
    assert given(at_station) == [1]


def test_numbers_are_forgotten_the_night_after(app, settings, venue, at_station, clock_at):
    given(at_station)
    forget(settings)
    assert states() == {1: "waiting"}
    clock_at(now() + dt.timedelta(days=1))
    forget(settings)
    assert states() == {}


def test_a_row_says_nothing_of_whom_the_number_is(app, venue):
    phone = taken(app, venue)[0]
    with unit_of_work(Scope(Audience.WORKER)) as work:
        row = work.execute(text("SELECT * FROM venue_number")).mappings().one()
    assert set(row) == {"station_id", "day", "number", "holder", "state", "taken_at", "called_at", "ended_at"}
    assert phone.get_cookie("venue").value not in row["holder"]


def test_a_helper_opens_the_queue_and_prints_its_square(app, officer, helper, at_station):
    with unit_of_work(at_station) as work:
        held = find_queue(work, at_station.station_id)
    helper.post(f"{QUEUE}/open")
    page = helper.get(QUEUE).text
    assert "data:image/svg+xml" in page
    for size, language in (("a4", "zh-Hans"), ("a6", "en")):
        paper = helper.get(f"{QUEUE}/paper/{size}/{language}.pdf")
        assert paper.mimetype == "application/pdf"
        assert paper.data.startswith(b"%PDF")
    assert helper.get(f"{QUEUE}/paper/a0/en.pdf").status_code == 404
    assert helper.get(f"{QUEUE}/paper/a4/xx.pdf").status_code == 404
    with unit_of_work(at_station) as work:
        now_held = find_queue(work, at_station.station_id)
        assert held is None or held.code == now_held.code


def test_a_station_that_never_opened_a_queue_has_nothing_to_print(app):
    seat = log_in(app, SEAT)
    assert seat.get(f"{QUEUE}/paper/a4/en.pdf").status_code == 404
    assert seat.post(f"{QUEUE}/close").location == QUEUE


def test_a_helper_who_is_removed_calls_nobody_any_more_and_the_others_go_on(app, officer, helper, venue, at_station):
    leaving = log_in(app, NEW)
    leaving.post("/helper/duty", data={"agreed": "yes"})
    given(at_station, 2)
    assert leaving.post(f"{QUEUE}/1/call").location == QUEUE
    gone = scope_of(NEW).person_id
    officer.post(f"/bureau/stations/{at_station.station_id}/helpers/{gone}/end")
    assert leaving.post(f"{QUEUE}/2/call").location.startswith("/auth/login")
    assert states() == {1: "called", 2: "waiting"}
    assert helper.post(f"{QUEUE}/1/done").location == QUEUE
    assert helper.post(f"{QUEUE}/2/call").location == QUEUE
