"""The officer's pages, at both widths and in both languages: nothing grave for axe, nothing wider than the screen."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from billing.books.money import Money
from bureau.oversight.purchases import Offer, open_lot, take_deliveries
from demo.city import PASSWORD, city_officers, demo_id
from demo.steering import fill_steering
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import unit_of_work
from tests.factories import make_case, make_waiver, officer_scope
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


def speak(page, language):
    page.goto("/auth/login")
    page.locator(f"footer button[value={language}]").click()
    page.wait_for_load_state()


@pytest.fixture(scope="module")
def steered(settings):
    """What waits for an officer, what she is aiming at, and a lot of which a part is delivered."""
    fill_steering()
    first, today = city_officers().first, city_day(now())
    with unit_of_work(officer_scope()) as session:
        offer = Offer("春季一批", Money(19_950), 500, today - dt.timedelta(days=60), today + dt.timedelta(days=30))
        by = Actor(first.id, first.name)
        lot = open_lot(session, bureau_id=demo_id("bureau"), firm_id=demo_id("jiangwan"), offer=offer, by=by, now=now())
        take_deliveries(session, lot_id=lot.id)
    case = make_case(settings, "signed", seed=81)
    return lot.id, make_waiver(settings, case, "appealed")


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_an_officer_sees_what_waits_and_no_dead_end_is_without_the_menu(page, check, steered, language):
    lot_id, waiver_id = steered
    speak(page, language)
    log_in(page, "officer@city.example")
    expect(page.locator("nav.bar .count").first).to_be_visible()
    check(f"officer-home-{language}")
    for name, path in (
        ("goals", "/bureau/goals"),
        ("settlement", f"/bureau/lots/{lot_id}/settle"),
        ("own-appeal", f"/bureau/waivers/{waiver_id}"),
        ("relief-sums", "/bureau/relief-sums"),
        ("refused", "/firm/people"),
        ("not-found", f"/bureau/complaints/{demo_id('nobody')}"),
        ("no-such-page", "/bureau/nothing/here"),
    ):
        page.goto(path)
        expect(page.locator("nav.bar")).to_be_visible()
        check(f"officer-{name}-{language}")


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_an_officer_whose_session_is_lost_while_she_writes_finds_the_way_back(page, check, language):
    speak(page, language)
    log_in(page, "officer@city.example")
    page.goto("/bureau/emergency")
    page.locator("[name=reason]").fill("台风")
    session = [one for one in page.context.cookies() if one["name"] == "session"]
    page.context.clear_cookies(name="session")
    assert session
    go_on(page.locator("main form button.button").last)
    check(f"officer-lost-{language}")
    go_on(page.locator("main a.button"))
    page.locator("[name=email]").fill("officer@city.example")
    page.locator("[name=password]").fill(PASSWORD)
    go_on(page.locator("main form button").first)
    assert page.url.endswith("/bureau/emergency")
    expect(page.locator("[name=reason]")).to_have_value("台风")
    page.reload()
    expect(page.locator("[name=reason]")).to_have_value("")


def test_words_that_were_accepted_do_not_come_back(page):
    log_in(page, "officer@city.example")
    page.goto("/bureau/goals")
    page.locator("[name=value]").fill("77")
    go_on(page.get_by_role("button", name="定下"))
    expect(page.locator("[name=value]")).to_have_value("77")
    page.goto("/bureau/goals")
    expect(page.locator("[name=value]")).to_have_value("")
