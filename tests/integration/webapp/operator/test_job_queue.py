"""The job queue on the operator's desk: what waits and what was given up, by name; what it is about stays shut."""

import uuid

import pytest
from sqlalchemy import text

from tenants import jobs
from tenants.database import Audience, Scope, unit_of_work
from tests.visits import log_in

SECRET = uuid.UUID("01980000-0000-7000-8000-00000000beef")
PARK = text("UPDATE procrastinate_jobs SET status = 'failed', attempts = 5 WHERE task_name = 'poisoned' RETURNING id")
STATE = text("SELECT status::text, attempts FROM procrastinate_jobs WHERE id = :id")


@pytest.fixture
def operator(app):
    return log_in(app, "operator@famai.example")


@pytest.fixture
def parked(settings):
    """The id of a job that was given up after its tries."""
    with unit_of_work(Scope(Audience.WORKER)) as work:
        jobs.defer(work, "poisoned", checkup_id=SECRET)
        work.execute(text("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'poisoned'"))
        number = work.scalars(PARK).one()
    yield number
    with unit_of_work(Scope(Audience.WORKER)) as work:
        work.execute(text("DELETE FROM procrastinate_jobs WHERE task_name = 'poisoned'"))


def test_a_job_that_was_given_up_is_shown_by_name_and_tries(operator, parked):
    page = operator.get("/operator/board").text
    assert "放弃了的活" in page
    assert f"/operator/board/jobs/{parked}/again" in page


def test_what_a_job_is_about_is_not_shown(operator, parked):
    assert str(SECRET) not in operator.get("/operator/board").text


def test_a_job_that_was_given_up_is_tried_anew_when_asked(operator, parked):
    operator.post(f"/operator/board/jobs/{parked}/again")
    with unit_of_work(Scope(Audience.WORKER)) as work:
        assert work.execute(STATE, {"id": parked}).one() == ("todo", 0)


def test_a_job_that_was_not_given_up_cannot_be_tried_anew(operator, parked):
    operator.post(f"/operator/board/jobs/{parked}/again")
    assert operator.post(f"/operator/board/jobs/{parked}/again").status_code == 404


def test_every_queue_is_counted_also_an_empty_one(settings, parked):
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        counted = {one.queue: one.parked for one in jobs.list_queues(work)}
    assert counted.keys() == set(jobs.QUEUES)
    assert counted["default"] == 1


@pytest.mark.parametrize("audience", [Audience.BUREAU, Audience.FIRM, Audience.OWNER, Audience.PUBLIC])
@pytest.mark.parametrize("call", ["famai_queues()", "famai_parked_jobs(5)", "famai_take_up(1)"])
def test_nobody_else_may_ask_the_queue(settings, audience, call):
    ids = {"firm_id": uuid.uuid4(), "person_id": uuid.uuid4(), "bureau_id": uuid.uuid4()}
    with pytest.raises(Exception, match="permission denied"), unit_of_work(Scope(audience, **ids)) as work:
        work.execute(text(f"SELECT {call}"))


def test_the_operator_cannot_read_what_jobs_are_about(settings):
    with pytest.raises(Exception, match="permission denied"), unit_of_work(Scope(Audience.OPERATOR)) as work:
        work.execute(text("SELECT args FROM procrastinate_jobs"))
