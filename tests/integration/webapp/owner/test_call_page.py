"""On the calm page she says when a lawyer shall telephone, sees it and calls it off; the lawyer finds it."""

import datetime as dt
import re

import pytest

from checkup.desk.roster import plan_day
from demo.city import demo_id
from tenants.clock import CITY, city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.owners import DETAILS
from tests.reading import as_read
from tests.visits import log_in

PHONE = "13812345678"


@pytest.fixture(autouse=True)
def _by_day(app, clock_at):
    """Ten in the morning, with one lawyer on call."""
    clock_at(now().astimezone(CITY).replace(hour=10, minute=0))
    with unit_of_work(Scope(Audience.FIRM, demo_id("hubin"), demo_id("hubin:1"))) as work:
        plan_day(work, firm_id=demo_id("hubin"), day=city_day(now()), people={1: demo_id("hubin:3")})


def tell_of_a_letter(client, url):
    """The address of the calm page: a labour arbitration wrote two days ago."""
    client.post(f"{url}/question/dis.letter", data={"answer": "labour"})
    day = (city_day(now()) - dt.timedelta(days=2)).isoformat()
    return client.post(f"{url}/question/dis.letter-on", data={"answer": day}).location


@pytest.fixture
def asked(app):
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location
    return client, url, tell_of_a_letter(client, url)


def hours_on(page):
    return re.findall(r'name="hour"\s+value="([^"]+)"', page)


def test_the_calm_page_offers_hours_of_the_roster_and_what_is_agreed_stands_there(asked):
    client, url, stop = asked
    hours = hours_on(client.get(stop).text)
    assert len(hours) == 6
    assert client.post(f"{url}/call", data={"hour": hours[0], "phone": PHONE}).location == f"{url}/call"
    for page in (client.get(stop).text, client.get(f"{url}/call").text):
        assert "今天11:00律师打给您" in as_read(page)
        assert PHONE not in page
    client.post(f"{url}/call/cancel")
    assert hours_on(client.get(stop).text) == hours


def test_without_a_number_nothing_is_agreed(asked):
    client, url, stop = asked
    answer = client.post(f"{url}/call", data={"hour": hours_on(client.get(stop).text)[0]})
    assert answer.status_code == 422
    assert "请填写这一项" in answer.text


def test_the_lawyer_finds_her_call_on_the_queue_and_the_number_once_it_opens(app, asked, clock_at):
    client, url, stop = asked
    client.post(f"{url}/call", data={"hour": hours_on(client.get(stop).text)[0], "phone": PHONE})
    lawyer = log_in(app, "lawyer3@hubin.example")
    assert "要打的电话" in lawyer.get("/lawyer/").text
    assert f"tel:{PHONE}" not in lawyer.get("/lawyer/calls").text
    clock_at(now().astimezone(CITY).replace(hour=10, minute=50))
    page = lawyer.get("/lawyer/calls").text
    assert f"tel:{PHONE}" in page
    call = re.search(r"/lawyer/calls/[0-9a-f-]{36}", page)[0]
    lawyer.post(call, data={"outcome": "made"})
    assert f"tel:{PHONE}" not in lawyer.get("/lawyer/calls").text


def test_at_the_reception_she_is_led_to_12348_and_to_a_firm_that_can_call(app):
    client = app.test_client()
    checkup = client.post("/start", data={"trade": "catering"}).location
    stop = tell_of_a_letter(client, checkup)
    page = client.get(stop).text
    assert 'href="tel:12348"' in page
    assert hours_on(page) == []
    assert f"{checkup}/firm?then=call" in page
    assert client.get(f"{checkup}/call").location.endswith("/firm")
    told = {"name": "王姐面馆", "form": "individual", "trade": "catering", "staff": "5-10", "district": "310113"}
    answer = client.post(f"{checkup}/firm?then=call", data={**told, "firm": "hubin"})
    assert answer.location.endswith("/call"), answer.text
    assert hours_on(client.get(answer.location).text)
