"""A question on a phone: one tap answers and goes on, a dropped line keeps the tap, keys only choose."""

import pytest
from playwright.sync_api import expect

from tests.screens import answer_question, answer_to_the_end, go_on, tell_of_the_shop

pytestmark = pytest.mark.browser


@pytest.fixture
def asked(page):
    page.goto("/f/hubin/start")
    tell_of_the_shop(page)
    go_on(page.locator("main form button").last)
    page.locator("form[data-steps]").wait_for()
    return page


def _heading(page):
    return page.locator("h1").inner_text()


def test_one_tap_answers_and_goes_on(asked):
    before = _heading(asked)
    go_on(asked.locator("input[name=answer]").nth(1))
    assert _heading(asked) != before


def test_the_question_before_undoes_a_tap(asked):
    before = _heading(asked)
    go_on(asked.locator("input[name=answer]").nth(1))
    go_on(asked.get_by_role("link", name="上一题"))
    assert _heading(asked) == before
    expect(asked.locator("input[name=answer]").nth(1)).to_be_checked()


def test_arrow_keys_choose_and_stay(asked):
    here = asked.url
    asked.locator("input[name=answer]").first.focus()
    with asked.expect_response(lambda answer: answer.request.method == "POST"):
        asked.keyboard.press("ArrowDown")
    assert asked.url == here
    expect(asked.get_by_text("已保存。")).to_be_visible()


def test_a_tap_without_a_line_waits_and_goes_on_when_the_line_is_back(asked):
    here = asked.url
    asked.context.set_offline(True)
    asked.locator("input[name=answer]").nth(1).click()
    expect(asked.get_by_text("还没传上去")).to_be_visible()
    with asked.expect_navigation():
        asked.context.set_offline(False)
    asked.goto(here)
    expect(asked.locator("input[name=answer]").nth(1)).to_be_checked()


def test_the_last_question_shows_the_result_without_a_page_between(asked, check):
    answer_to_the_end(asked)
    check("first-result")
    expect(asked.get_by_text("律师还没看过").first).to_be_visible()


def test_a_lawyer_and_the_hotline_stand_on_the_first_screen_of_the_result(asked):
    answer_to_the_end(asked)
    screen = asked.viewport_size["height"]
    for door in (asked.get_by_role("button", name="请律师看"), asked.locator("main a[href='tel:12348']").first):
        box = door.bounding_box()
        assert box["y"] + box["height"] <= screen, (door, box)


def test_a_letter_that_must_be_answered_opens_a_calm_page_with_whom_to_call_in_sight(asked, check):
    for _ in range(100):
        if "/stop/" in asked.url:
            break
        answer_question(asked)
    check("stop")
    expect(asked.get_by_text("先停一下").first).to_be_visible()
    box = asked.locator("main a[href='tel:12348']").bounding_box()
    assert box["y"] + box["height"] <= asked.viewport_size["height"]


def test_a_question_is_read_aloud_when_asked_and_so_is_the_next(asked):
    asked.add_init_script("window.said = []; speechSynthesis.speak = (one) => said.push(one.text)")
    asked.reload()
    assert asked.evaluate("said") == []
    asked.get_by_role("button", name="读给我听").click()
    assert asked.evaluate("said")[0].startswith(_heading(asked))
    go_on(asked.locator("input[name=answer]").nth(1))
    assert asked.evaluate("said")[0].startswith(_heading(asked))
