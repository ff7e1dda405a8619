"""A clock is set forward or back: nothing acknowledged is lost, nobody is shut out for longer, readiness says so."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import func, text, update

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login import rates, throttle
from tenants.login.models import RateCount
from tenants.login.sessions import FRESH
from tests.own_city import answer
from tests.owners import DETAILS
from tests.visits import held_id, log_in

JUMPS = (dt.timedelta(hours=2), dt.timedelta(hours=-2), dt.timedelta(days=-30), dt.timedelta(days=400))


@pytest.fixture
def visitor(app):
    return app.test_client()


def answer_of(settings, client, url):
    _, person, firm, *_ = held_id(client)
    scope = Scope(Audience.OWNER, uuid.UUID(firm), uuid.UUID(person))
    return answer(settings, scope, uuid.UUID(url.rpartition("/")[2]))


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_what_an_owner_had_answered_is_there_and_she_goes_on(visitor, settings, clock_at, jump):
    url = visitor.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    visitor.post(f"{url}/question/con.written", data={"answer": "few"})
    clock_at(now() + jump)
    assert answer_of(settings, visitor, url) == "few"
    if jump < dt.timedelta(days=30):
        answered = visitor.post(f"{url}/question/con.written", data={"answer": "most"})
        assert answered.status_code == 302
        assert answer_of(settings, visitor, url) == "most"


def test_a_door_that_was_locked_opens_in_its_time_though_the_clock_was_set_back(settings):
    key = throttle.attempt_key(settings.pepper, "password", "somebody")
    with unit_of_work(Scope(Audience.PUBLIC, token=key)) as work:
        row = throttle.get_attempt(work, key, now())
        for _ in range(throttle.MOST_WRONG):
            throttle.count_wrong(row, now())
        assert throttle.is_locked(row, now())
        assert not throttle.is_locked(row, now() - dt.timedelta(hours=2))


def test_a_code_of_a_time_to_come_opens_nothing(settings):
    key = throttle.attempt_key(settings.pepper, "phone", "13800138000")
    with unit_of_work(Scope(Audience.PUBLIC, token=key)) as work:
        row = throttle.get_attempt(work, key, now())
        code = throttle.send_code(row, settings.pepper, now())
        assert throttle.is_right_code(row, code, settings.pepper, now())
        assert not throttle.is_right_code(row, code, settings.pepper, now() - dt.timedelta(hours=2))


def test_a_window_that_a_clock_set_back_made_endless_begins_anew(settings):
    rates.count_up("door", seconds=60, amount=9)
    with unit_of_work(Scope(Audience.PUBLIC, token=rates.digest_of("door"))) as work:
        work.execute(update(RateCount).values(ends_at=func.now() + dt.timedelta(hours=2)))
    assert rates.count_up("door", seconds=60) == 1


def test_a_log_in_of_a_time_to_come_allows_no_strong_act(app, clock_at):
    operator = log_in(app, "operator@famai.example")
    clock_at(now() - 2 * FRESH)
    assert operator.post("/operator/incident", data={}).status_code != 422


def beat(when):
    with unit_of_work(Scope(Audience.WORKER)) as work:
        work.execute(text("DELETE FROM procrastinate_workers"))
        if when:
            work.execute(text(f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() {when})"))


def test_a_worker_whose_beat_is_of_a_time_to_come_is_not_called_alive(visitor):
    beat("+ interval '2 hours'")
    assert visitor.get("/readyz").json["worker"] == "no heartbeat"
    beat("- interval '5 seconds'")
    assert visitor.get("/readyz").json["worker"] == "ok"
    beat("")


def test_a_machine_whose_clock_is_not_the_databases_is_told(visitor, monkeypatch):
    assert visitor.get("/readyz").json["clock"] == "ok"
    monkeypatch.setattr("webapp.edge.readiness._MOST_APART", dt.timedelta(seconds=-1))
    answered = visitor.get("/readyz")
    assert answered.status_code == 200  # told, and answered by people
    assert answered.json["clock"].endswith("s from the database's")
