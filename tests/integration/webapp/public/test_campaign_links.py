"""A poster's code leads into its campaign, or says why not and leads on without it; the case remembers its link."""

import datetime as dt
import re

import pytest

from demo.city import demo_id
from tenants.campaigns import links
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.owners import answer_all
from tests.parks import change_campaign, make_link

SHOP = {"form": "individual", "staff": "5-10"}
TOLD = {"name": "王姐网店", "district": "310113"}
BUREAU = Scope(Audience.BUREAU, bureau_id=demo_id("bureau:310113"))


@pytest.fixture
def begin(app):
    """Somebody new who taps the green button of a code: her browser, and the answer to her first form."""

    def tap(link):
        client = app.test_client()
        client.get(f"/start?c={link.code}")
        return client, client.post(f"/start?c={link.code}", data={"trade": "catering"})

    return tap


def finish(client, url):
    """As far as her first result."""
    client.post(client.get(url).location, data=SHOP)
    answer_all(client, url)
    client.post(f"{url}/submit")


@pytest.fixture
def counted(admin_rows):
    """What was counted of a link: step → how many."""

    def count(link):
        rows = admin_rows("SELECT step, sum(count) FROM campaign_step WHERE link_id = :id GROUP BY 1", id=link.id)
        return {step: int(count) for step, count in rows}

    return count


def id_of(url):
    return re.search(r"[0-9a-f-]{36}", url)[0]


def test_a_landing_says_who_runs_it_and_has_one_button(app):
    link = make_link()
    answer = app.test_client().get(f"/c/{link.code}")
    assert answer.status_code == 200
    assert "友谊路电商园" in answer.text
    assert "宝山区司法局" in answer.text
    assert re.findall(r'class="button big" href="([^"]+)"', answer.text) == [f"/start?c={link.code}"]


def test_a_code_as_it_was_heard_is_understood(app):
    link = make_link()
    heard = f"{link.code[:3].lower()} {link.code[3:].lower()}"
    assert app.test_client().get("/c", query_string={"code": heard}).location == f"/c/{link.code}"


def test_a_checkup_remembers_its_link_and_asks_its_domain_first(begin, admin_rows):
    link = make_link()
    _client, answer = begin(link)
    row = admin_rows("SELECT link_id, focus FROM checkup WHERE id = :id", id=id_of(answer.location))[0]
    assert tuple(row) == (link.id, "adv")


def leads_on(app, path, status, words):
    answer = app.test_client().get(path)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert re.findall(r'class="button big" href="([^"]+)"', answer.text) == ["/start"]


def test_an_unknown_code_leads_on_without_a_campaign(app):
    leads_on(app, "/c/222222", 404, "没有这个码")


def test_a_campaign_that_is_over_leads_on_without_it(app, begin):
    link = make_link()
    change_campaign(
        link, begins_on=city_day(now()) - dt.timedelta(days=9), ends_on=city_day(now()) - dt.timedelta(days=1)
    )
    leads_on(app, f"/c/{link.code}", 410, "已经结束")
    assert begin(link)[1].location == f"/c/{link.code}"


def test_a_campaign_to_come_says_from_when(app):
    link = make_link()
    change_campaign(link, begins_on=city_day(now()) + dt.timedelta(days=2))
    leads_on(app, f"/c/{link.code}", 409, "11月26日")


def test_a_code_that_was_stopped_leads_on_without_it(app):
    link = make_link()
    with unit_of_work(BUREAU) as session:
        links.stop_link(session, campaign_id=link.campaign_id, link_id=link.id, now=now())
    leads_on(app, f"/c/{link.code}", 410, "已经结束")


def test_a_draft_is_nobodys_to_see(app):
    link = make_link()
    change_campaign(link, state="drafted")
    leads_on(app, f"/c/{link.code}", 404, "没有这个码")


def test_a_code_that_works_once_works_once(app, begin, admin_rows):
    link = make_link(cap=1)
    assert "/checkup/" in begin(link)[1].location
    assert begin(link)[1].location == f"/c/{link.code}"
    leads_on(app, f"/c/{link.code}", 410, "名额用完")
    assert admin_rows("SELECT used FROM campaign_link_use WHERE link_id = :id", id=link.id)[0][0] == 1


def test_two_taps_take_one_place(app, admin_rows):
    link = make_link(cap=5)
    client = app.test_client()
    once = re.search(r'name="once"[^>]*value="([^"]+)"', client.get(f"/start?c={link.code}").text)[1]
    said = {"trade": "catering", "once": once}
    urls = {client.post(f"/start?c={link.code}", data=said).location for _ in range(2)}
    assert len(urls) == 1
    assert admin_rows("SELECT used FROM campaign_link_use WHERE link_id = :id", id=link.id)[0][0] == 1


def test_firms_of_the_campaign_stand_first_until_their_quota_is_full(app, begin, counted):
    link = make_link(quota=1)
    first, second = begin(link), begin(link)
    for client, answer in (first, second):
        finish(client, answer.location)
    client, url = first[0], first[1].location
    page = client.get(f"{url}/firm").text
    assert page.index('value="hubin"') < page.index('value="jiangwan"')
    assert "“试试”有名额" in page
    chosen = client.post(f"{url}/firm", data={**TOLD, "firm": "fastest"})
    assert chosen.status_code == 302
    assert counted(link) == {"started": 2, "finished": 2, "lawyer": 1}
    page = second[0].get(f"{second[1].location}/firm").text
    assert "有名额" not in page


def test_a_budget_that_is_spent_is_a_code_that_is_full(app, begin):
    link = make_link(budget=1)
    client, answer = begin(link)
    finish(client, answer.location)
    client.post(f"{answer.location}/firm", data={**TOLD, "firm": "hubin"})
    leads_on(app, f"/c/{link.code}", 410, "名额用完")


def test_an_erased_checkup_names_no_link_and_stays_counted(begin, counted, admin_rows):
    link = make_link()
    client, answer = begin(link)
    assert client.post(f"{answer.location}/mine/erase").status_code in (200, 302)
    assert admin_rows("SELECT link_id FROM checkup WHERE id = :id", id=id_of(answer.location))[0][0] is None
    assert counted(link) == {"started": 1}
