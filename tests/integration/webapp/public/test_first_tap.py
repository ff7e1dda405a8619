"""The landing page: one button that begins, and the checkup of whoever holds this phone."""

from dataclasses import replace

from tenants.firms.directory import list_fastest
from tenants.models import Firm
from tests.owners import DETAILS
from webapp.app import create_app
from webapp.settings import Imprint

FIRMS = [
    Firm(slug="slow", district="310113", waiting_days=5, languages="zh-Hans"),
    Firm(slug="fast", district="310113", waiting_days=2, languages="zh-Hans"),
    Firm(slug="silent", district="310113", waiting_days=None, languages="zh-Hans"),
    Firm(slug="far", district="310104", waiting_days=0, languages="zh-Hans en"),
]


def _fastest(firms, **asked):
    return [one.firm.slug for one in list_fastest(firms, **asked)]


def test_the_shortest_wait_of_the_district_is_chosen():
    assert _fastest(FIRMS, district="310113") == ["fast"]


def test_without_a_firm_in_the_district_the_whole_city_is_looked_at():
    assert _fastest(FIRMS, district="310151") == ["far"]


def test_her_language_goes_before_her_district():
    found = list_fastest(FIRMS, district="310113", language="en")
    assert [(one.firm.slug, one.is_near, one.speaks) for one in found] == [("far", False, True)]


def test_a_language_that_nobody_speaks_leaves_the_district():
    assert _fastest(FIRMS, district="310113", language="zh-Hant") == ["fast"]


def test_a_firm_that_does_not_say_how_long_comes_last():
    assert _fastest(FIRMS[2:3]) == ["silent"]


def test_equals_are_drawn_and_counted():
    equals = [Firm(slug=str(number), district="", waiting_days=1, languages="zh-Hans") for number in range(6)]
    drawn = [list_fastest(equals) for _ in range(60)]
    assert len({one[0].firm.slug for one in drawn}) > 1
    assert {one.equals for found in drawn for one in found} == {6}


def test_one_button_leads_to_the_first_question(app):
    page = app.test_client().get("/").text
    assert page.count('class="button big"') == 1
    assert 'class="button big" href="/start"' in page
    assert "您主要做什么生意？" in app.test_client().get("/start").text


def test_a_phone_that_knows_her_goes_on_where_she_was(app):
    client = app.test_client()
    client.post("/f/hubin/start", data=DETAILS)
    page = client.get("/").text
    assert "接着做：䶮㛃面馆" in page
    assert "开始，约5分钟" not in page


def test_every_page_names_somebody_to_call(app):
    assert 'href="tel:12348"' in app.test_client().get("/privacy").text


def test_who_runs_the_site_stands_at_the_foot(settings):
    named = replace(settings, imprint=Imprint("上海市司法局", "021-12345678", "沪ICP备00000000号"))
    page = create_app(named).test_client().get("/").text
    assert all(said in page for said in ("主办：上海市司法局", "021-12345678", "沪ICP备00000000号"))
