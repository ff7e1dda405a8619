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
)


def test_an_officer_reads_every_page(page, check):
    log_in(page, "officer@city.example")
    for path in PAGES:
        page.goto(f"/bureau/{path}")
        check(f"bureau-{path.replace('/', '-') or 'home'}")
    go_on(page.get_by_role("button", name="English"))
    for path in ("", "parameters", "indicators"):
        page.goto(f"/bureau/{path}")
        check(f"bureau-{path or 'home'}-en")


def test_an_officer_freezes_a_quarter_and_reads_the_report(page, check):
    log_in(page, "officer@city.example")
    page.goto("/bureau/reports")
    page.get_by_label("时期").fill(f"2025-Q{1 if page.viewport_size['width'] < 500 else 2}")
    go_on(page.get_by_role("button", name="冻结并写报告"))
    expect(page.get_by_role("heading", name="方法")).to_be_visible()
    check("bureau-report")
