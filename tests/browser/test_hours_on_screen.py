"""Hours as people meet them: the page that keeps time, the owner's one tap, the bureau's pages."""

import pytest
from playwright.sync_api import expect

from tenants.clock import city_day, now
from tests.factories import make_case
from tests.screens import go_on, hold_case, log_in

pytestmark = pytest.mark.browser
FIRMS = {390: "hubin", 1280: "jiangwan"}  # a lawyer each, so that the two runs do not share a minute


def test_from_a_page_in_use_to_the_owners_tap(page, app, site, settings, check):
    firm = FIRMS[page.viewport_size["width"]]
    case = make_case(settings, "in_review", firm=firm, lawyer=3, seed=61, at=now())
    log_in(page, f"lawyer3@{firm}.example")
    page.clock.install()
    page.goto(f"/lawyer/checkups/{case.checkup_id}")
    expect(page.locator("[data-beat]")).to_have_text("工时记录中")
    page.clock.fast_forward(6_000)
    expect(page.locator("[data-beat]")).to_contain_text("今天记了")
    page.goto("/lawyer/hours/trace")
    check("hours-trace")
    page.goto("/lawyer/hours")
    go_on(page.locator("text=现在按活动算一遍"))
    page.locator("article.entry", has_text=str(city_day(now()).year)).first.get_by_text("时间不对，更正").click()
    check("hours-desk")
    while page.locator("text=照这个报").count():
        go_on(page.locator("text=照这个报").first)
    hold_case(page, app, site, case)
    page.goto(f"/checkup/{case.checkup_id}/hours")
    expect(page.locator("main")).to_contain_text("律师为您的体检用了")
    check("hours-owner")
    page.click("button[value=yes]")
    expect(page.locator("main")).to_contain_text("已确认")


def test_a_page_that_nobody_touches_keeps_no_time(page, settings):
    firm = FIRMS[page.viewport_size["width"]]
    case = make_case(settings, "in_review", firm=firm, lawyer=2, seed=62, at=now())
    log_in(page, f"lawyer2@{firm}.example")
    beats = []
    page.on("request", lambda request: beats.append(request.url) if request.url.endswith("/beat") else None)
    page.clock.install()
    page.goto(f"/lawyer/checkups/{case.checkup_id}")
    page.clock.fast_forward(6_000)
    expect(page.locator("[data-beat]")).to_contain_text("今天记了")
    kept = len(beats)
    page.clock.run_for(20 * 60_000)
    assert len(beats) - kept <= 2


def test_the_bureaus_pages_can_be_read_by_everybody(page, check):
    log_in(page, "officer@city.example")
    for path in ("", "/samples", "/anomalies", "/categories", "/shortlist"):
        page.goto(f"/bureau/hours{path}")
        check(f"bureau-hours{path.replace('/', '-')}")


def test_the_firms_and_the_public_pages_can_be_read_by_everybody(page, check):
    log_in(page, "lawyer1@hubin.example")
    for path, name in (
        ("/firm/hours", "firm-hours"),
        ("/lawyer/record", "record"),
        ("/lawyer/hours/clinic", "clinic"),
        ("/lawyer/assessments", "assessments"),
        ("/quality-draws", "draws"),
    ):
        page.goto(path)
        check(name)
