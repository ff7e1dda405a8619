"""A city at rest says so, says when to come again, and keeps what was typed."""

from dataclasses import replace

import pytest

from tests.owners import DETAILS
from tests.reading import Browser
from webapp.app import create_app


@pytest.fixture
def visitor(settings, request):
    made = create_app(replace(settings, mode=request.param))
    made.config.update(WTF_CSRF_ENABLED=False)
    made.test_client_class = Browser
    return made.test_client()


@pytest.mark.parametrize("visitor", ["read-only"], indirect=True)
def test_a_city_that_is_read_only_shows_its_pages(visitor):
    assert visitor.get("/f/hubin/start").status_code == 200


@pytest.mark.parametrize("visitor", ["read-only", "closed"], indirect=True)
def test_what_is_sent_to_a_city_at_rest_is_kept_for_later(visitor):
    answer = visitor.post("/f/hubin/start", data=DETAILS)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "系统正在维护" in answer.text
    assert DETAILS["name"] in answer.text


@pytest.mark.parametrize("visitor", ["closed"], indirect=True)
def test_a_closed_city_shows_no_page_and_lives(visitor):
    assert visitor.get("/").status_code == 503
    assert visitor.get("/healthz").status_code == 200


@pytest.mark.parametrize("visitor", ["open"], indirect=True)
def test_an_open_city_takes_what_is_sent(visitor):
    assert visitor.post("/f/hubin/start", data=DETAILS).status_code == 302
