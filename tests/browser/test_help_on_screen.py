"""From a finding to help, in a real browser: the owner's way, the body's answers, her lawyer's view, the end."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_case, make_waiver
from tests.referring import CHIEF, follow, refer
from tests.screens import go_on, hold_case, log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def read_as(page, site):
    """Sets what her browser reads anew: Chinese on the phone, English on the desk."""
    language = "en" if page.viewport_size["width"] > 1000 else "zh-Hans"

    def set_language():
        page.context.add_cookies([{"name": "lang", "value": language, "url": site}])

    set_language()
    return set_language


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=7)


@pytest.fixture
def be_her(app, site, page, case, read_as):
    """The browser is the owner's from now on."""

    def hold():
        hold_case(page, app, site, case)
        read_as()

    return hold


def press(page, name):
    go_on(page.locator(name))


def answer_as_the_body(page, step, words="", outcome=""):
    page.locator("[name=words]").fill(words)
    if outcome:
        page.locator("[name=outcome]").select_option(outcome)
    press(page, f"button[name=step][value={step}]")


def test_a_debt_that_was_found_goes_to_a_mediator_and_is_rated(settings, page, check, case, be_her):
    make_waiver(settings, case, "granted")
    be_her()
    page.goto(f"/checkup/{case.checkup_id}/ways/debt")
    press(page, "main .card .button")
    check("help-choose")
    # What it costs without her certificate is struck out.
    go_on(page.locator("main .card", has=page.locator("s")).locator("a.button"))
    page.locator("[name=words]").fill("他们欠我四万块货款，想一个月内要回来。")
    page.locator("[name=person]").fill("王姐")
    page.locator("[name=phone]").fill("13800138000")
    check("help-packet")
    press(page, "main form .button.big")
    check("help-draft")
    expect(page.get_by_text("13800138000")).to_be_visible()
    press(page, "main form .button.big")
    check("help-sent")
    hers = page.url
    log_in(page, CHIEF)
    check("body-referrals")
    theirs = f"/provider/referrals/{hers.rsplit('/', 1)[1]}"
    page.goto(theirs)
    check("body-referral")
    for step, words in (("accept", ""), ("begin", ""), ("ask", "有没有对账单？")):
        answer_as_the_body(page, step, words)
    be_her()
    page.goto(hers)
    check("help-asked")
    page.locator("[name=words]").fill("有，三月份对过一次。")
    press(page, "main .card form .button")
    log_in(page, CHIEF)
    page.goto(theirs)
    answer_as_the_body(page, "close", "谈好了，分两次付清。", "done")
    check("body-closed")
    page.goto("/provider/numbers")
    check("body-numbers")
    log_in(page, "lawyer1@hubin.example")
    page.goto(f"/lawyer/checkups/{case.checkup_id}/referrals")
    check("lawyer-referrals")
    be_her()
    page.goto(hers)
    check("help-closed")
    press(page, "main .button.big")
    check("help-rating")
    page.locator("[name=helped][value='2']").check()
    page.locator("[name=kind][value='4']").check()
    press(page, "main form .button.big")
    check("help-rated")
    press(page, "main .notice .button")
    check("help-complaint")
    page.goto(f"/checkup/{case.checkup_id}/help")
    check("help-list")


def test_a_body_without_accounts_answers_by_its_link(settings, page, check, case, read_as):
    refer(settings, case, body="友谊路")
    link = follow(settings, case)[-1]
    page.goto(link)
    check("link-cover")
    press(page, "main .button.big")
    check("link-referral")
    answer_as_the_body(page, "accept", "星期三上午来")
    check("link-done")
    page.goto(link)
    check("link-gone")
