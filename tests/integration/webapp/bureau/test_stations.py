"""A bureau opens a station and adds a helper, who comes in by her mail, promises secrecy, and is out by a click."""

import re

import pytest

from tests.helping import HELPER, NEW, help_somebody
from tests.joining import PASSWORD, outbox
from tests.visits import log_in

STATION = {"kind": "point", "name": "顾村镇服务站", "name_en": "", "phone": "021-5555 0000"}


@pytest.fixture(scope="module")
def officer(app):
    return log_in(app, "officer@baoshan.example")


@pytest.fixture(scope="module")
def station(officer):
    answer = officer.post("/bureau/stations", data=STATION)
    assert answer.status_code == 302, answer.text
    return answer.location


@pytest.fixture(scope="module")
def helper(app, settings, officer, station):
    said = {"name": "小顾", "email": "gu@gucun.example"}
    assert officer.post(f"{station}/helpers", data=said).status_code == 302
    mail = next(one for one in outbox(settings) if one["to"] == said["email"])
    link = re.search(r"/auth/forgotten/[\w.-]+", mail["body"])[0]
    assert app.test_client().post(link, data={"password": PASSWORD}).status_code in (200, 302)
    return log_in(app, said["email"], PASSWORD)


def test_the_first_page_is_the_duty_and_nothing_opens_without_a_yes(helper):
    assert helper.get("/auth/home").location == "/helper/"
    assert helper.get("/helper/").location == "/helper/duty"
    assert helper.post("/helper/duty", data={}).status_code == 422
    assert helper.post("/helper/duty", data={"agreed": "yes"}).location == "/helper/"
    assert helper.get("/helper/begin").status_code == 200


def test_a_station_at_rest_says_so_and_helps_nobody(officer, station, helper):
    officer.post(f"{station}/suspend", data={"why": "换址"})
    answer = helper.get("/helper/begin")
    assert answer.status_code == 403
    assert "停着" in answer.text
    officer.post(f"{station}/resume", data={"why": "开了"})
    assert helper.get("/helper/begin").status_code == 200


def test_whoever_works_somewhere_is_not_added(officer, station):
    answer = officer.post(f"{station}/helpers", data={"name": "陈晓", "email": "lawyer1@hubin.example"})
    assert answer.status_code == 422


def test_another_district_has_no_door_to_it(app, station):
    assert log_in(app, "officer@city.example").get(station).status_code == 200
    assert log_in(app, "officer@youyi.example").get(station).status_code == 404


def test_whose_post_ends_is_out_at_once_and_may_come_again(officer, station, helper):
    path = re.search(rf"{station}/helpers/[\w-]+/end", officer.get(station).text)[0]
    assert officer.post(path).status_code == 302
    assert helper.get("/helper/").location.startswith("/auth/login")
    assert officer.post(f"{station}/helpers", data={"name": "小顾", "email": "gu@gucun.example"}).status_code == 302


def test_helpers_of_the_demo_city_come_in(app, settings):
    help_somebody(settings)
    assert "我在帮的人" in log_in(app, HELPER).get("/helper/").text
    assert log_in(app, NEW).get("/helper/").location == "/helper/duty"
