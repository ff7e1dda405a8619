"""What an admin sees of the queue, of who leaves and of a dead end: in both widths and languages, axe silent."""

import pytest
from playwright.sync_api import expect

from checkup.desk.assignment import take_review
from demo.city import demo_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import add_member, find_no_conflict, make_case
from tests.screens import go_on, log_in

pytestmark = pytest.mark.browser
FIRM, LEAVER = demo_id("hubin"), demo_id("hubin:3")


@pytest.fixture(scope="module")
def clerk(settings):
    add_member(FIRM, "firm_admin", email="clerk@hubin.example", name="秘书")
    return "clerk@hubin.example"


def speak(page, language):
    page.locator(f"footer button[value={language}]").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_who_runs_the_firm_has_the_queue_and_no_dead_end(settings, page, check, clerk, language):
    case = make_case(settings, "in_review", seed=31)
    page.goto("/auth/login")
    speak(page, language)
    log_in(page, clerk)
    for name, path in (
        ("admin-queue", "/lawyer/"),
        ("admin-done", "/lawyer/?state=done&sort=newest"),
        ("admin-found", "/lawyer/find?q=SH26"),
        ("admin-case", f"/firm/cases/{case.checkup_id}"),
        ("admin-people", "/firm/people"),
        ("admin-leaving", f"/firm/people/{LEAVER}/end"),
        ("admin-refused", "/lawyer/hours"),
        ("admin-not-found", f"/firm/cases/{demo_id('nobody')}"),
        ("admin-plan", "/firm/plan"),
        ("admin-face", "/firm/face"),
    ):
        page.goto(path)
        expect(page.locator("nav.bar")).to_be_visible()
        check(f"{name}-{language}")


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_ways_back_of_a_lawyer_are_looked_at(settings, page, check, language):
    page.goto("/auth/forgotten")
    speak(page, language)
    page.goto("/auth/forgotten")
    check(f"forgotten-{language}")
    page.goto("/auth/forgotten/gone")
    check(f"forgotten-gone-{language}")
    case = make_case(settings, "submitted", seed=32)
    log_in(page, "lawyer3@hubin.example")
    page.goto(f"/lawyer/checkups/{case.checkup_id}/names")
    page.locator("summary[data-key=r]").click()
    check(f"names-{language}")
    signed = make_case(settings, "signed", lawyer=3, seed=33)
    page.goto(f"/lawyer/checkups/{signed.checkup_id}/messages")
    expect(page.locator("button[value=note]")).to_be_visible()
    check(f"reply-{language}")


def test_the_slower_of_two_lawyers_keeps_the_menu(settings, page, check):
    case = make_case(settings, "submitted", seed=34)
    for number in (1, 3):
        find_no_conflict(settings, case, demo_id(f"hubin:{number}"))
    log_in(page, "lawyer3@hubin.example")
    page.goto(f"/lawyer/checkups/{case.checkup_id}")
    with unit_of_work(Scope(Audience.FIRM, FIRM, demo_id("hubin:1"))) as session:
        take_review(session, checkup_id=case.checkup_id, lawyer_id=demo_id("hubin:1"), now=now())
    go_on(page.get_by_role("button", name="我来复核"))
    expect(page.get_by_role("heading", name="有位律师快了一步")).to_be_visible()
    expect(page.locator("nav.bar")).to_be_visible()
    check("slower")


def test_logging_out_leaves_no_words_about_anybody(settings, page):
    case = make_case(settings, "in_review", lawyer=3, seed=35)
    log_in(page, "lawyer3@hubin.example")
    page.goto(f"/lawyer/checkups/{case.checkup_id}")
    page.locator("#advice").fill("她欠了很多钱")
    assert "她欠了很多钱" in str(page.evaluate("Object.values(localStorage)"))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_role("button", name="退出").first.click()
    page.wait_for_url("**/auth/login")
    assert len(asked) == 1
    assert page.evaluate("Object.values(localStorage).join('')") == ""
