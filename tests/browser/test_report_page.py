"""The whole report on a screen: folded by area, each fold within reach of a finger, numbers behind one of their own."""

import pytest
from playwright.sync_api import expect

from checkup.cases.models import Checkup
from tenants.database import unit_of_work
from tests.factories import make_case, worker_scope
from tests.screens import go_on, hold_case
from webapp.app import create_app

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(settings):
    return create_app(settings)


@pytest.fixture(scope="module")
def case(settings):
    return make_case(settings, "signed", seed=68)


@pytest.fixture
def report(page, app, site, case):
    hold_case(page, app, site, case)
    page.goto(f"/checkup/{case.checkup_id}/result")
    page.get_by_text("看完整结果").click()
    return page.locator(".report")


def test_areas_open_and_show_their_findings_with_the_law_one_tap_away(report, check):
    area = report.locator("details.area").first
    area.locator("summary").first.click()
    expect(area.get_by_text("先做什么").first).to_be_visible()
    area.get_by_text("法律依据").first.click()
    expect(area.locator(".law").first).to_be_visible()
    check("whole-result")


def test_points_and_the_pack_are_seen_only_by_whoever_unfolds_them(report, check):
    expect(report.get_by_text("/ 100")).to_be_hidden()
    expect(report.get_by_text("cn-shanghai-msme")).to_be_hidden()
    report.get_by_text("分数和范围").click()
    report.get_by_text("技术信息").click()
    expect(report.get_by_text("/ 100").first).to_be_visible()
    expect(report.get_by_text("cn-shanghai-msme")).to_be_visible()
    check("whole-result-numbers")


def test_the_report_holds_its_width_in_english(page, report, check):
    go_on(page.get_by_role("button", name="English"))
    page.get_by_text("See the whole result").click()
    expect(page.locator(".report").get_by_role("heading", name="Whom to call")).to_be_visible()
    check("whole-result-en")


def test_what_a_bank_sees_and_the_page_that_checks_a_number_hold_their_width(page, report, check, case):
    page.goto(f"/checkup/{case.checkup_id}/share/bank")
    expect(page.get_by_text("给银行看的一份")).to_be_visible()
    check("shared-with-a-bank")
    with unit_of_work(worker_scope(case)) as session:
        number = session.get_one(Checkup, (case.firm_id, case.checkup_id)).verify_number
    page.goto(f"/verify/{number}")
    expect(page.get_by_text("这份报告是真的。")).to_be_visible()
    check("verification")
