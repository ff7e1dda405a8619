"""A caller is found by what she reads out; who says it wrong gets nothing, and nobody is promised what there is not."""

import datetime as dt
import re

import pytest

from checkup.calls.booking import find_booked
from checkup.cases.checkups import get_checkup_row
from checkup.desk.roster import plan_day
from checkup.owner.resume_codes import issue_resume_code
from demo.city import demo_id
from demo.mending import PHONE
from tenants import audit
from tenants.clock import CITY, city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import make_case, owner_scope
from tests.helping import SEAT
from tests.owners import codes, wrong
from tests.visits import log_in

CALLER, OWNER = "13800001111", {"answered": "yes"}


def plan(person_id):
    """Who is on call on the days whose hours are offered."""
    with unit_of_work(Scope(Audience.FIRM, demo_id("hubin"), demo_id("hubin:1"))) as work:
        for ahead in range(3):
            day = city_day(now()) + dt.timedelta(days=ahead)
            plan_day(work, firm_id=demo_id("hubin"), day=day, people={1: person_id} if person_id else {})


@pytest.fixture(autouse=True)
def _by_day(app, clock_at):
    """Ten in the morning, with one lawyer on call."""
    clock_at(now().astimezone(CITY).replace(hour=10, minute=0))
    plan(demo_id("hubin:3"))


@pytest.fixture(scope="module")
def seat(app):
    return log_in(app, SEAT)


@pytest.fixture
def case(settings):
    return make_case(settings, "in_review", seed=310)


@pytest.fixture
def told(settings, case):
    """Number and code, as she reads them out."""
    with unit_of_work(owner_scope(case)) as work:
        number = get_checkup_row(work, case.checkup_id).case_number
        of_case = {"firm_id": case.firm_id, "checkup_id": case.checkup_id, "person_id": case.owner_id}
        code = issue_resume_code(work, **of_case, phone=CALLER, pepper=settings.pepper, now=now())
    return {"number": number, "code": code, **OWNER}


@pytest.fixture
def call(seat, told):
    answer = seat.post("/helper/hotline/number", data=told)
    assert answer.status_code == 302, answer.text
    return answer.location


def log_of(case):
    with unit_of_work(owner_scope(case)) as work:
        entries = audit.list_entries(work, firm_id=case.firm_id, owner_id=case.owner_id)
        return [(one.act, one.why) for one in entries if one.act.startswith(("help.", "call."))][::-1]


def test_number_and_code_open_where_it_stands_and_no_answer(seat, call, told):
    page = seat.get(call).text
    assert told["number"] in page
    assert "等律师" in page
    assert seat.get(call.replace("/call", "/next")).status_code == 409


def test_the_call_stands_in_the_log_that_its_owner_reads(seat, case, call):
    assert seat.post(f"{call}/note", data={"topic": "lawyer"}).status_code == 302
    assert log_of(case) == [("help.called", ""), ("help.call", "lawyer")]


def test_an_hour_later_it_is_shut(seat, call, clock_at):
    clock_at(now() + dt.timedelta(minutes=61))
    assert seat.get(call).status_code == 404


@pytest.mark.parametrize("said", [{"code": "AAAA-AAAA"}, {"answered": "no"}, {"number": "SH26-ZZZZZZ"}])
def test_a_stranger_or_a_child_gets_nothing_and_is_counted(seat, told, said):
    for _ in range(5):
        answer = seat.post("/helper/hotline/number", data={**told, **said})
        assert answer.status_code == 422
        assert told["number"] not in re.sub(r'value="[^"]*"', "", answer.text)
    tried = {**told, "number": said.get("number", told["number"])}
    assert seat.post("/helper/hotline/number", data=tried).status_code == 429


def test_no_name_finds_anybody(seat):
    answer = seat.post("/helper/hotline/number", data={"number": "王姐面馆", "code": "AAAA-AAAA", **OWNER})
    assert answer.status_code == 422


def test_by_phone_the_caller_reads_six_digits_and_chooses(seat, settings):
    assert seat.post("/helper/hotline/phone", data={"phone": PHONE, **OWNER}).status_code == 422
    page = seat.post("/helper/hotline/phone", data={"phone": PHONE, "agreed": "yes", **OWNER})
    code = codes(settings, PHONE)[-1]
    assert code not in page.text
    with seat.session_transaction() as cookie:
        assert PHONE not in repr(dict(cookie)), "whoever sits at this desk next reads it"
    assert seat.post("/helper/hotline/code", data={"phone": PHONE, "code": wrong(code)}).status_code == 422
    listed = seat.get(seat.post("/helper/hotline/code", data={"phone": PHONE, "code": code}).location).text
    path = re.search(r"/helper/hotline/cases/[\w-]+", listed)[0]
    assert seat.post(path).location.endswith("/call")
    assert seat.post(path).status_code == 404  # another one is another call


def test_an_hour_is_agreed_only_where_a_lawyer_has_one(seat, case, call):
    hour = re.search(r'name="hour"\s+value="([^"]+)"', seat.get(call).text)[1]
    assert seat.post(f"{call}/back", data={"hour": "2026-11-24T03:00:00+08:00", "phone": CALLER}).status_code == 422
    assert seat.post(f"{call}/back", data={"hour": hour, "phone": CALLER}).location.endswith("done=booked")
    with unit_of_work(owner_scope(case)) as work:
        assert find_booked(work, case.checkup_id).starts_at.isoformat()
    assert CALLER not in seat.get(call).text


def test_without_anybody_on_call_nothing_is_promised(seat, case, call):
    plan(None)
    page = seat.get(call).text
    assert 'name="hour"' not in page
    assert "现在没有律师值班" in page
    assert seat.post(f"{call}/transfer").location.endswith("done=nobody")
    assert "help.transferred" not in [act for act, _why in log_of(case)]


def test_put_through_to_the_lawyer_on_call(seat, case, call):
    assert "何安" in seat.get(call).text
    assert seat.post(f"{call}/transfer").location.endswith("done=transferred")
    assert ("help.transferred", "何安") in log_of(case)
