"""The line is cut in mid-answer, in a real Chromium: the answer waits on the phone, sealed, outlives a reload and a
closed tab, and goes by itself; meanwhile the page is ours and not the browser's."""

import re

import pytest
from playwright.sync_api import expect

from tests.patience import until
from tests.screens import answer_question, go_on, tell_of_the_shop

pytestmark = pytest.mark.browser
KEPT = """() => new Promise((done) => {
    const asked = indexedDB.open("famai", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("waiting");
    asked.onsuccess = () => {
        const all = asked.result.transaction("waiting").objectStore("waiting").getAll();
        all.onsuccess = () => done(all.result.map((one) => new TextDecoder().decode(one.sealed)));
    };
})"""


@pytest.fixture
def asked(page):
    """At a question of one tap, the service worker in its place."""
    page.goto("/f/hubin/start")
    tell_of_the_shop(page)
    go_on(page.get_by_role("button", name="开始答题"))
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    while not page.locator("form[data-steps]").count():
        answer_question(page)
    return page


@pytest.fixture
def cut(asked):
    """An answer was given, and there was no line."""
    asked.context.set_offline(True)
    asked.locator("input[name=answer]").nth(0).click()
    expect(asked.get_by_text("还没传上去")).to_be_in_viewport()
    return asked


def test_an_answer_without_a_line_is_sent_by_itself_when_the_line_is_back(cut, check):
    question = cut.url
    check("cut")
    with cut.expect_navigation():
        cut.context.set_offline(False)
    assert cut.url != question
    cut.goto(question)
    expect(cut.locator("input[name=answer]").nth(0)).to_be_checked()
    assert cut.evaluate(KEPT) == []


def test_it_outlives_a_reload_without_a_line_behind_our_own_page(cut, check):
    question = cut.url
    cut.reload()
    expect(cut.get_by_role("heading", name="没有网")).to_be_visible()
    expect(cut.get_by_text("还没传上去")).to_be_visible()
    check("no-line")
    cut.context.set_offline(False)
    cut.wait_for_url(lambda url: "/question/" in url and url != question)
    cut.goto(question)
    expect(cut.locator("input[name=answer]").nth(0)).to_be_checked()


def test_it_outlives_a_closed_tab(cut):
    question, context = cut.url, cut.context
    cut.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(question)
    again.wait_for_url(lambda url: "/question/" in url and url != question)
    again.goto(question)
    expect(again.locator("input[name=answer]").nth(0)).to_be_checked()


def hold_answers(page):
    """Answers that wait at the door from now on, in the order in which they come, until they are let in."""
    waiting = []
    page.route(
        "**/question/*", lambda route: waiting.append(route) if route.request.method == "POST" else route.continue_()
    )
    return waiting


def let_in(page, held):
    """The next answer; it comes by itself."""
    until(lambda: held or page.wait_for_timeout(10))
    held.pop(0).continue_()


def test_of_two_taps_the_second_goes_when_the_first_is_there_and_stands(asked):
    question, choices, held = asked.url, asked.locator("input[name=answer]"), hold_answers(asked)
    choices.nth(0).click()
    choices.nth(1).click()
    with asked.expect_response(lambda answer: answer.request.method == "POST"):
        let_in(asked, held)
    with asked.expect_navigation():
        let_in(asked, held)
    assert held == []
    asked.goto(question)
    expect(choices.nth(1)).to_be_checked()


def test_two_taps_on_the_same_place_are_one_answer(asked):
    held = hold_answers(asked)
    asked.locator("input[name=answer]").nth(0).dblclick()
    with asked.expect_navigation():
        let_in(asked, held)
    assert held == []


def test_the_button_waits_for_the_answer_that_was_chosen_and_nothing_is_kept_for_later(asked):
    while asked.locator("form[data-steps]").count():
        answer_question(asked)
    held = hold_answers(asked)
    asked.locator("input[name=answer]").nth(0).check()
    asked.locator("main form .button").first.click()
    let_in(asked, held)
    with asked.expect_navigation():
        let_in(asked, held)
    assert asked.evaluate(KEPT) == []


def test_a_phone_that_lends_no_shelf_still_answers(page):
    page.add_init_script("indexedDB.open = () => { throw new Error('no shelf'); }")
    page.goto("/f/hubin/start")
    tell_of_the_shop(page)
    go_on(page.get_by_role("button", name="开始答题"))
    before = page.url
    answer_question(page)
    assert page.url != before


def test_what_waits_is_sealed_and_its_key_is_nowhere_on_the_phone(cut):
    (sealed,) = cut.evaluate(KEPT)
    value = cut.locator("input[name=answer]").nth(0).get_attribute("value")
    assert value not in sealed
    assert "answer" not in sealed
    key = cut.locator("form[data-autosave]").get_attribute("data-seal")
    stored = cut.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert key not in stored
    shelved = cut.evaluate(
        """async () => (await Promise.all((await (await caches.open("offline")).keys())
            .map(async (one) => (await caches.match(one)).text()))).join("")"""
    )
    assert key not in shelved


def test_somebody_else_on_the_same_phone_sends_nothing_of_it(cut):
    context = cut.context
    cut.close()
    context.clear_cookies()
    context.set_offline(False)
    posts, other = [], context.new_page()
    context.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    other.goto("/f/hubin/start")
    tell_of_the_shop(other)
    go_on(other.get_by_role("button", name="开始答题"))
    expect(other.locator("form[data-autosave]")).to_be_visible()
    assert [one for one in posts if "/question/" in one] == []
    assert len(other.evaluate(KEPT)) == 1


def test_a_form_that_cannot_be_sent_says_that_what_was_written_is_one_step_back(asked, check):
    url = re.search(r"/checkup/[\w-]+", asked.url)[0]
    asked.goto(f"{url}/mine/business")
    asked.locator("[name=name]").fill("改名的面馆")
    asked.context.set_offline(True)
    asked.get_by_role("button", name="改好了").click()
    expect(asked.get_by_text("刚才的没有送出去")).to_be_visible()
    check("not-sent")
    asked.context.set_offline(False)
    asked.go_back()
    expect(asked.locator("[name=name]")).to_have_value("改名的面馆")
