"""From a poster to a lawyer, in a real browser: its page, a result, a firm that kept a place; and desks of those who
put it there."""

import pytest

from demo.campaigns import CAMPAIGN
from tests.parks import OFFICER, PARK, make_link
from tests.screens import answer_to_the_end, go_on, log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def read_as(page, site):
    """The phone reads Chinese, the desk English; a new person each time."""
    language = "en" if page.viewport_size["width"] > 1000 else "zh-Hans"

    def hold():
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "lang", "value": language, "url": site}])

    hold()
    return hold


def test_a_poster_leads_to_a_result_and_on_to_a_firm_that_kept_a_place(page, check, read_as):
    link = make_link()
    read_as()
    page.goto(f"/c/{link.code}")
    check("campaign-landing")
    go_on(page.locator("main a.button.big"))
    go_on(page.locator("input[name=trade][value=catering]"))
    page.locator("input[name=form][value=individual]").check()
    go_on(page.locator("[name=staff]").first)
    answer_to_the_end(page)
    page.goto(page.url.replace("/result", "/firm"))
    assert page.locator("main .firm-card").first.locator("strong", has_text="试试").count() == 1
    check("campaign-firms")
    page.locator("[name=name]").fill("王姐网店")
    page.locator("[name=district]").select_option("310113")
    go_on(page.locator("button[value=fastest]"))
    assert page.url.endswith("/names")


def test_the_desks_of_who_put_it_there(page, check, read_as):
    log_in(page, OFFICER)
    page.goto("/bureau/partners")
    check("partners")
    page.goto("/bureau/campaigns/new")
    check("campaign-new")
    page.goto("/bureau/campaigns")
    go_on(page.get_by_role("link", name=CAMPAIGN).or_(page.get_by_role("link", name="E-commerce")).first)
    check("campaign-of-bureau")
    go_on(page.locator("a[href*='/links/']").first)
    check("campaign-kit")
    read_as()
    log_in(page, PARK)
    check("partner-home")
    go_on(page.locator("main .card").first)
    check("campaign-of-partner")


def test_the_desk_of_a_firm_that_makes_its_own(page, check, read_as):
    log_in(page, "lawyer1@hubin.example")
    page.goto("/firm/campaigns")
    check("firm-campaigns")
    page.goto("/firm/campaigns/new")
    check("firm-campaign-new")
    page.goto("/firm/campaigns")
    go_on(page.locator("main tbody a").first)
    check("firm-campaign")
    code = page.locator("main a[href^='/c/']").first.get_attribute("href")
    go_on(page.locator("main a[href*='/links/']").first)
    check("firm-campaign-kit")
    page.goto(code)
    check("firm-campaign-landing")


def test_a_code_that_is_none_leads_on(page, check, read_as):
    page.goto("/c/222222")
    check("campaign-unknown")
    page.goto("/c")
    check("campaign-code")
