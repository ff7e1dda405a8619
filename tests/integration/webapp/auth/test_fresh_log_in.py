import datetime as dt
import re
import uuid

import pytest

from demo.city import PASSWORD
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.models import LoginSession
from tenants.login.sessions import FRESH, token_digest
from tests.owners import DETAILS
from tests.visits import held_id, log_in


@pytest.fixture
def lawyer(app):
    return log_in(app, "lawyer1@hubin.example")


def make_old(client):
    _, person, token = held_id(client)
    digest = token_digest(token)
    with unit_of_work(Scope(Audience.AUTH, person_id=uuid.UUID(person))) as work:
        work.get_one(LoginSession, digest).began_at = now() - FRESH - dt.timedelta(seconds=1)


def test_a_strong_act_soon_after_the_log_in_is_done(lawyer):
    assert lawyer.post("/lawyer/emergency", data={"case_number": "SH00-AAAAAA", "why": "x"}).status_code == 404


def test_a_strong_act_long_after_the_log_in_asks_for_another_one_and_comes_back(lawyer):
    make_old(lawyer)
    answer = lawyer.post("/lawyer/emergency", data={}, headers={"Referer": "http://localhost/lawyer/emergency"})
    assert answer.location == "/auth/login?next=/lawyer/emergency&again=1"
    assert "请再登录一次" in lawyer.get(answer.location).text


def test_a_session_is_ended_after_a_fresh_log_in(app, lawyer):
    other = log_in(app, "lawyer1@hubin.example")
    session_id = re.findall(r"/auth/account/sessions/([\w-]{36})/end", lawyer.get("/auth/account").text)[0]
    make_old(lawyer)
    assert lawyer.post(f"/auth/account/sessions/{session_id}/end").location.endswith("again=1")
    assert other.get("/auth/account").status_code == 200
    assert lawyer.post("/auth/login", data={"email": "lawyer1@hubin.example", "password": PASSWORD}).status_code == 302
    lawyer.post(f"/auth/account/sessions/{session_id}/end")
    assert other.get("/auth/account").location.startswith("/auth/login")


def test_everything_else_stays_open(lawyer):
    make_old(lawyer)
    assert lawyer.get("/lawyer/emergency").status_code == 200
    assert lawyer.get("/auth/account").status_code == 200


def test_another_factor_is_not_set_up_from_an_old_session(lawyer):
    make_old(lawyer)
    assert lawyer.get("/auth/second/set-up").location == "/auth/login?next=/auth/second/set-up&again=1"


def test_logging_in_again_ends_the_session_of_before(app, lawyer):
    token = held_id(lawyer)[2]
    lawyer.post("/auth/login", data={"email": "lawyer1@hubin.example", "password": PASSWORD})
    assert held_id(lawyer)[2] != token
    with unit_of_work(Scope(Audience.PUBLIC, token=token_digest(token))) as work:
        assert work.get_one(LoginSession, token_digest(token)).ended_at is not None


def test_one_browser_is_one_person_at_a_time(app, lawyer):
    assert held_id(lawyer)[0] == "staff"
    lawyer.post("/f/hubin/start", data=DETAILS)
    assert held_id(lawyer)[0] == "owner"
    assert lawyer.get("/lawyer/").location == "/auth/login?next=/lawyer/"
