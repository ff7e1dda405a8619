import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import text

from tenants.clock import CITY
from tenants.database import Audience, Scope, unit_of_work
from tenants.working_days import LAST_KNOWN
from webapp.app import create_app


def worker_does(statement, **values):
    with unit_of_work(Scope(Audience.WORKER)) as session:
        session.execute(text(statement), values)


@pytest.fixture
def visitor(app):
    return app.test_client()


def test_a_process_that_answers_is_alive(visitor):
    assert visitor.get("/healthz").text == "ok"


def test_without_a_worker_the_web_is_ready_and_says_that_no_worker_is_heard(visitor):
    worker_does("DELETE FROM procrastinate_workers")
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json["worker"]) == (200, "no heartbeat")


def test_a_worker_that_fell_silent_is_named_with_its_seconds(visitor):
    worker_does("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '90 seconds')")
    assert visitor.get("/readyz").json["worker"].startswith("silent for ")
    worker_does("DELETE FROM procrastinate_workers")


def test_a_database_that_is_behind_the_code_takes_no_visitors(visitor, monkeypatch):
    monkeypatch.setattr("webapp.migrating.head_revision", lambda: "9999")
    answer = visitor.get("/readyz")
    assert answer.status_code == 503
    assert "9999" in answer.json["migrations"]


def test_days_that_reach_past_the_notices_of_holidays_are_told_to_the_operator(visitor, clock_at):
    clock_at(dt.datetime.combine(LAST_KNOWN, dt.time(12), CITY) - dt.timedelta(days=60))
    assert visitor.get("/readyz").json["holidays"] == "ok"
    clock_at(dt.datetime.combine(LAST_KNOWN, dt.time(12), CITY) - dt.timedelta(days=29))
    answer = visitor.get("/readyz")
    assert answer.status_code == 200
    assert f"known until {LAST_KNOWN}" in answer.json["holidays"]


def test_production_without_a_way_out_for_mail_says_so(settings):
    made = create_app(replace(settings, environment="production"))
    points = made.test_client().get("/readyz").json
    assert points["mail"].startswith("no channel")
    assert points["sms"].startswith("no channel")


def test_numbers_are_for_whoever_holds_the_token(settings):
    visitor = create_app(replace(settings, metrics_token="t" * 40)).test_client()
    assert visitor.get("/metrics").status_code == 404
    assert visitor.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    shown = visitor.get("/metrics", headers={"Authorization": f"Bearer {'t' * 40}"}).text
    assert "famai_requests_total" in shown
    assert "famai_jobs" in shown


def test_without_a_token_there_are_no_numbers(visitor):
    assert visitor.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_every_answer_bears_the_id_of_its_request(visitor):
    assert visitor.get("/healthz", headers={"X-Request-Id": "abcdef0123"}).headers["X-Request-Id"] == "abcdef0123"
    forged = visitor.get("/healthz", headers={"X-Request-Id": "a b\tc<script>"}).headers["X-Request-Id"]
    assert len(forged) == 32


def door_app(settings, limit):
    made = create_app(replace(settings, door_limit=limit))
    made.config.update(WTF_CSRF_ENABLED=False)
    return made


def test_two_web_processes_count_one_visitor_at_a_door_together(settings):
    one, other = (door_app(settings, "3/hour").test_client() for _ in range(2))
    knocks = [site.post("/resume", data={"code": "x", "phone": "1"}).status_code for site in (one, other) * 2]
    assert knocks == [422, 422, 422, 429]


def test_whoever_is_too_fast_is_told_when_and_keeps_what_was_typed(settings):
    visitor = door_app(settings, "0/hour").test_client()
    answer = visitor.post("/resume", data={"code": "AB<12", "phone": "13800000000", "password": "secret"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert 'value="AB&lt;12"' in answer.text
    assert "secret" not in answer.text
