"""Two questions on the result page: kept without a name, once per browser."""

import datetime as dt

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import ProgrammingError

from bureau.reports.survey import count_answers
from bureau.reports.survey_models import SurveyAnswer
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import make_case, officer_scope, owner_scope
from tests.walking import new_checkup


def counted():
    today = city_day(now())
    with unit_of_work(Scope(Audience.WORKER)) as session:
        found = count_answers(session, first=today, after=today + dt.timedelta(days=1))
    return sum(many for (_, *said), many in found.items() if said == ["first", "here"])


def test_an_answer_counts_once_per_browser(app):
    client, checkup_id = new_checkup(app, "hubin")
    before = counted()
    given = {"known": "no", "first": "here"}
    assert client.post(f"/checkup/{checkup_id}/rating/survey", data=given).status_code == 302
    assert client.post(f"/checkup/{checkup_id}/rating/survey", data=given).status_code == 409
    assert counted() == before + 1


def test_an_unknown_answer_is_refused(app):
    client, checkup_id = new_checkup(app, "hubin")
    assert client.post(f"/checkup/{checkup_id}/rating/survey", data={"first": "the tax office"}).status_code == 422


def test_an_answer_names_nobody():
    names = {column.key for column in inspect(SurveyAnswer).columns}
    assert names == {"firm_id", "id", "question", "answer", "day"}


@pytest.mark.parametrize("scope_of", [lambda case: owner_scope(case), lambda _: officer_scope()])
def test_neither_the_owner_nor_an_officer_can_read_an_answer(settings, scope_of):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        unit_of_work(scope_of(make_case(settings))) as session,
    ):
        session.execute(text("SELECT answer FROM survey_answer")).all()
