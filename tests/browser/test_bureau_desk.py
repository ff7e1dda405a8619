"""The officer's pages, at both widths and in both languages: nothing grave for axe, nothing wider than the screen."""

import pytest
from playwright.sync_api import expect

from tests.screens import go_on, log_in

pytestmark = pytest.mark.browser
PAGES = (
    "",
    "figures/overdue_by_firm",
    "parameters",
    "reports",
    "indicators",
    "trends",
    "emergency",
    "lots",
    "standards",
    "officers",
    "hours/samples",
    "hours/anomalies",
    "complaints",
    "waivers",
    "firms",
    "tickets",
)


def test_an_officer_reads_every_page(page, check):
    log_in(page, "officer@city.example")
    for path in PAGES:
        page.goto(f"/bureau/{path}")
        check(f"bureau-{path.replace('/', '-') or 'home'}")
    go_on(page.get_by_role("button", name="English"))
    for path in ("", "parameters", "indicators", "officers", "hours/samples"):
        page.goto(f"/bureau/{path}")
        check(f"bureau-{path.replace('/', '-') or 'home'}-en")


def test_a_head_and_an_operator_read_what_letting_somebody_go_will_do(page, check):
    log_in(page, "officer@city.example")
    page.goto("/bureau/officers")
    go_on(page.get_by_role("link", name="赵副科长"))
    expect(page.get_by_role("button", name="赵副科长的职务结束")).to_be_visible()
    check("bureau-officer")
    page.context.clear_cookies()
    log_in(page, "operator@famai.example")
    page.goto("/operator/people")
    check("operator-people")


def test_an_officer_reads_what_her_decisions_will_do(page, check):
    log_in(page, "officer@city.example")
    for queue, link in (("complaints", "complaint"), ("waivers", "waiver")):
        page.goto(f"/bureau/{queue}")
        go_on(page.locator(f"main a[href^='/bureau/{queue}/']").first)
        check(f"bureau-{link}")


def test_an_officer_freezes_a_quarter_and_reads_the_report(page, check):
    log_in(page, "officer@city.example")
    page.goto("/bureau/reports")
    page.get_by_label("时期").fill(f"2025-Q{1 if page.viewport_size['width'] < 500 else 2}")
    go_on(page.get_by_role("button", name="冻结并写报告"))
    expect(page.get_by_role("heading", name="方法")).to_be_visible()
    check("bureau-report")
