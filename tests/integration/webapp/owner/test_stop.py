"""An answer that shows what cannot wait opens a calm page at once: what, by when, whom to call; then she goes on."""

import datetime as dt

import pytest

from tenants.clock import city_day, now
from tests.owners import DETAILS
from tests.reading import as_read

AS_SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def asked(app):
    """(client, URL of the checkup) of an owner who has said that a labour arbitration wrote to her."""
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location
    client.post(f"{url}/question/dis.letter", data={"answer": "labour"})
    return client, url


def tell_day(asked, days_ago, **more):
    client, url = asked
    day = (city_day(now()) - dt.timedelta(days=days_ago)).isoformat()
    return client.post(f"{url}/question/dis.letter-on", data={"answer": day, **more.pop("data", {})}, **more)


def test_the_day_of_a_letter_that_must_be_answered_stops(asked):
    assert tell_day(asked, 2).location.endswith("/stop/dis.labour-reply")


def test_what_may_be_a_crime_stops_though_nothing_presses(app, asked):
    client, url = asked
    client.post(f"{url}/question/dis.letter", data={"answer": "none"})
    client.post(f"{url}/question/tax.income", data={"answer": "never"})
    page = as_read(client.get(f"{url}/stop/tax.off-books").text)
    for expected in ("这件事先问律师，再动手", "打12348，免费问律师", "可能算犯罪", "先做这一步"):
        assert expected in page
    assert "这件事不能等" not in page


def test_it_stops_a_script_too(asked):
    onward = tell_day(asked, 2, data={"steps": "yes"}, headers=AS_SCRIPT).json["onward"]
    assert onward.endswith("/stop/dis.labour-reply")


def test_it_says_the_last_day_the_first_step_and_whom_to_call(asked):
    client, _ = asked
    page = client.get(tell_day(asked, 2).location).text
    for expected in ("最晚2026年12月2日", 'href="tel:12348"', 'href="tel:021', "先做这一步"):
        assert expected in page


def test_a_day_that_is_past_is_said_to_be_past(asked):
    client, _ = asked
    assert "已经过了：先问律师还能怎么办" in as_read(client.get(tell_day(asked, 60).location).text)


def test_she_goes_on_to_the_next_question(asked):
    client, url = asked
    tell_day(asked, 2)
    assert "/question/" in client.get(client.get(f"{url}/stop/dis.labour-reply").headers.get("Location", url)).location


def test_what_no_longer_holds_stops_nobody(asked):
    client, url = asked
    tell_day(asked, 2)
    client.post(f"{url}/question/dis.letter", data={"answer": "none"})
    assert client.get(f"{url}/stop/dis.labour-reply").location == url


def test_there_is_no_stop_for_what_the_pack_does_not_know(asked):
    client, url = asked
    assert client.get(f"{url}/stop/no.such-risk").status_code == 302


def test_the_last_answer_of_five_minutes_stops_too_and_leads_to_the_result(app):
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location
    location = client.get(url).location
    while not location.endswith("dis.letter"):
        location = client.post(location, data={"answer": "unsure"}).location
    location = client.post(location, data={"answer": "labour"}).location
    day = (city_day(now()) - dt.timedelta(days=2)).isoformat()
    stop = client.post(location, data={"answer": day, "finish": "yes"}).location
    assert stop.endswith("/stop/dis.labour-reply")
    assert "看结果" in client.get(stop).text
    assert client.get(url).location == f"{url}/result"
