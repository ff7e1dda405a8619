"""The landing page: one button that begins, and the checkup of whoever holds this phone."""

from dataclasses import replace

from tenants.firms.directory import shortest_wait
from tenants.models import Firm
from tests.owners import DETAILS
from webapp.app import create_app
from webapp.settings import Imprint

FIRMS = [
    Firm(slug="slow", district="310113", waiting_days=5),
    Firm(slug="fast", district="310113", waiting_days=2),
    Firm(slug="silent", district="310113", waiting_days=None),
    Firm(slug="far", district="310104", waiting_days=0),
]


def test_the_shortest_wait_of_the_district_is_chosen():
    assert [firm.slug for firm in shortest_wait(FIRMS, district="310113")] == ["fast"]


def test_without_a_firm_in_the_district_the_whole_city_is_looked_at():
    assert [firm.slug for firm in shortest_wait(FIRMS, district="310151")] == ["far"]


def test_a_firm_that_does_not_say_how_long_comes_last():
    assert [firm.slug for firm in shortest_wait(FIRMS[2:3])] == ["silent"]


def test_equals_are_drawn():
    equals = [Firm(slug=str(number), district="", waiting_days=1) for number in range(6)]
    assert len({shortest_wait(equals)[0].slug for _ in range(60)}) > 1


def test_the_button_leads_to_the_first_page_of_a_checkup_that_says_why_this_firm(app):
    page = app.test_client().get("/start", follow_redirects=True)
    assert "给您选了这家" in page.text
    assert "先说说您的生意" in page.text


def test_the_chosen_district_travels_with_the_button(app):
    page = app.test_client().get("/?district=310113").text
    assert 'href="/start?district=310113' in page


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
