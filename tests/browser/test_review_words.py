"""At the keyboard of a review: writing is not deciding, and no word that stands on the screen is lost."""

import pytest
from playwright.sync_api import expect

from tests.screens import at_a_desk, log_in
from tests.signing_desk import make_desk

pytestmark = [pytest.mark.browser, at_a_desk]
MOST_KEYS = 30


@pytest.fixture
def desk(settings, page):
    made = make_desk(settings, red=False, least=12)
    log_in(page, "lawyer1@hubin.example")
    page.goto(f"/lawyer/checkups/{made.case.checkup_id}")
    return made


def finding(page, risk):
    return page.locator(f"[id='finding-{risk}']")


def decided(desk, risk):
    return next(said for said in desk.content().findings if said.risk == risk)


def test_enter_in_a_reason_that_nobody_began_saves_words_alone(page, desk):
    risk = desk.risks()[0]
    finding(page, risk).locator("[name=reason]").click()
    expect(finding(page, risk).locator(".about")).to_contain_text("只存文字")
    page.keyboard.type("电话核实过，属实")
    page.keyboard.press("Enter")
    expect(finding(page, risk)).to_contain_text("文字已存，还没决定")
    assert (decided(desk, risk).action, decided(desk, risk).words.reason) == (None, "电话核实过，属实")


def test_a_dismissal_that_was_cancelled_does_not_come_back(page, desk):
    risk = desk.risks()[0]
    page.keyboard.press("u")
    page.keyboard.press("d")
    expect(finding(page, risk).locator(".about")).to_contain_text("排除这一条")
    page.keyboard.type("不太像")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.keyboard.type("先补签合同。")
    page.keyboard.press("Control+Enter")
    expect(finding(page, risk)).to_contain_text("文字已存，还没决定")
    assert (decided(desk, risk).action, decided(desk, risk).words.plain) == (None, "先补签合同。")


def test_twelve_findings_are_signed_with_few_keys_and_every_word_of_the_screen(page, desk):
    pressed, written = 0, {}

    def press(*keys):
        nonlocal pressed
        for key in keys:
            page.keyboard.press(key)
            pressed += 1

    risks, yellow = desk.risks(), desk.risks("yellow")
    for risk in (yellow[0], yellow[-1], risks[0]):
        finding(page, risk).locator("details.words").evaluate("one => one.open = true")
        finding(page, risk).locator("[name=plain]").fill(f"写给{risk}的话")
        written[risk] = f"写给{risk}的话"
    page.locator("#advice").fill("先看红的。")
    finding(page, risks[0]).focus()
    press("y")
    page.wait_for_url("**#signing")
    press("u")
    for left in range(sum(said.action is None for said in desk.content().findings if said.risk in risks) - 1, -1, -1):
        press("c")
        page.locator(f"#summary[data-undecided='{left}']").wait_for()
    finding(page, risks[-1]).locator("[name=text]").evaluate("one => one.closest('details').open = true")
    finding(page, risks[-1]).locator("[name=text]").fill("签前最后写的")
    page.locator("#signing").focus()
    press("s", "Enter")
    expect(page.get_by_text("已签发的各版")).to_be_visible()
    content = desk.content()
    words = {said.risk: said.words for said in content.findings}
    assert {risk: words[risk].plain for risk in written} == written
    assert (words[risks[-1]].text, content.advice) == ("签前最后写的", "先看红的。")
    assert pressed <= MOST_KEYS


def test_a_question_that_is_not_sent_stops_the_signature(page, desk):
    desk.decide_all()
    page.reload()
    risk = desk.risks()[2]
    finding(page, risk).locator(".ask").evaluate("one => one.open = true")
    finding(page, risk).locator("[name=question]").fill("押金退了吗？")
    page.locator("[data-sign]").click()
    expect(page.locator("[data-unfinished]")).to_be_visible()
    assert desk.steps() == []
