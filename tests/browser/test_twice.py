"""Two taps, the back button, two tabs, two phones, in a real Chromium: what is done is done once, nothing is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_case
from tests.screens import answer_question, answer_to_the_end, go_on, hold_case, tell_of_the_shop

pytestmark = pytest.mark.browser
START = "/f/hubin/start"


@pytest.fixture
def told(page):
    """The start form, filled in."""
    page.goto(START)
    tell_of_the_shop(page)
    return page


@pytest.fixture
def other_phone(chromium, site):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=site)
    yield context.new_page()
    context.close()


def begun(page: Page) -> int:
    """How many checkups this browser has begun."""
    page.goto("/me")
    return page.locator("main").get_by_text("王姐面馆").count()


def checkup_of(page: Page) -> str:
    return re.search(r"/checkup/[\w-]+", page.url)[0]


def test_a_double_click_begins_one_checkup(told):
    with told.expect_navigation():
        told.get_by_role("button", name="开始答题").dblclick()
    expect(told.locator("form[data-autosave]")).to_be_visible()
    assert begun(told) == 1


def test_back_at_the_form_the_way_leads_on_to_what_was_begun(told, check):
    go_on(told.get_by_role("button", name="开始答题"))
    first = checkup_of(told)
    told.go_back()
    check("start-again")
    go_on(told.get_by_role("link", name="接着做：王姐面馆"))
    assert checkup_of(told) == first
    assert begun(told) == 1


def test_a_double_click_hands_in_once_and_back_shows_the_result(told):
    go_on(told.get_by_role("button", name="开始答题"))
    url = checkup_of(told)
    answer_to_the_end(told)
    told.go_back()
    told.goto(url)
    expect(told).to_have_url(re.compile(f"{url}/result"))
    assert begun(told) == 1


def test_a_message_sent_by_a_double_click_is_one_and_back_shows_it_above_an_empty_form(page, settings, app, site):
    case = make_case(settings, "in_review")
    hold_case(page, app, site, case)
    page.goto(f"/checkup/{case.checkup_id}/messages")
    page.get_by_label("您想说的").fill("房东催我搬。")
    with page.expect_navigation():
        page.get_by_role("button", name="发送").dblclick()
    expect(page.locator("main").get_by_text("房东催我搬。", exact=True)).to_have_count(1)
    page.go_back()
    expect(page.locator("main").get_by_text("房东催我搬。", exact=True)).to_have_count(1)
    expect(page.get_by_label("您想说的")).to_have_value("")


def test_two_shops_in_two_tabs_are_both_gone_on_with(told):
    go_on(told.get_by_role("button", name="开始答题"))
    first, other = checkup_of(told), told.context.new_page()
    other.goto(START)
    tell_of_the_shop(other)
    other.locator("[name=name]").fill("乙面馆")
    go_on(other.get_by_role("button", name="开始答题"))
    assert checkup_of(other) != first
    answer_question(told)
    answer_question(other)
    assert checkup_of(told) == first
    told.goto("/me")
    expect(told.get_by_text("王姐面馆")).to_be_visible()
    expect(told.get_by_text("乙面馆")).to_be_visible()


def test_one_checkup_in_two_tabs_keeps_the_answers_of_both(told):
    go_on(told.get_by_role("button", name="开始答题"))
    other = told.context.new_page()
    other.goto(told.url)
    answer_question(told)
    answer_question(told)
    answer_question(other, choice=0)
    told.reload()
    expect(told.locator("form[data-autosave]")).to_be_visible()
    answer_to_the_end(other)
    told.goto(checkup_of(told))
    expect(told).to_have_url(re.compile("/result"))


def test_a_checkup_goes_on_at_another_phone_and_both_see_its_end(told, other_phone):
    go_on(told.get_by_role("button", name="开始答题"))
    url = checkup_of(told)
    answer_question(told)
    told.goto(f"{url}/elsewhere")
    told.locator("[name=phone]").fill("13912345678")
    go_on(told.locator("main form .button").first)
    code = re.search(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b", told.locator("main").inner_text())[0]
    other_phone.goto("/resume")
    other_phone.locator("[name=code]").fill(code)
    other_phone.locator("[name=phone]").fill("13912345678")
    go_on(other_phone.locator("main form .button").first)
    assert checkup_of(other_phone) == url
    told.goto(url)
    answer_question(told)
    answer_to_the_end(other_phone)
    told.goto(url)
    expect(told).to_have_url(re.compile(f"{url}/result"))


def test_a_second_tap_while_the_first_is_on_its_way_sends_nothing(page, settings, app, site):
    case = make_case(settings, "signed")
    hold_case(page, app, site, case)
    posts = []
    page.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    page.goto(f"/checkup/{case.checkup_id}/complaint")
    page.get_by_label("怎么回事").fill("三天没人回话。")
    slowly(page, milliseconds=1500)
    button = page.get_by_role("button", name="交给司法局")
    button.evaluate("one => { one.click(); setTimeout(() => one.click(), 700); }")
    expect(page.get_by_text("收到了")).to_be_visible()
    assert len(posts) == 1


def slowly(page, *, milliseconds):
    """A line on which each answer takes this long."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    told = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", told)


def test_an_answer_of_one_tab_replaces_the_other_tabs_and_both_see_it(told):
    go_on(told.get_by_role("button", name="开始答题"))
    first, other = told.url, told.context.new_page()
    other.goto(first)
    answer_question(told)
    answer_question(other, choice=0)
    told.goto(first)
    expect(told.locator("input[name=answer]").nth(0)).to_be_checked()


def test_back_after_erasing_shows_no_answer_of_it_and_says_where_to_go(told):
    go_on(told.get_by_role("button", name="开始答题"))
    url = checkup_of(told)
    answer_question(told)
    told.goto(f"{url}/mine/erase")
    go_on(told.get_by_role("button", name="我确定，删掉"))
    expect(told.get_by_text("回执号", exact=True)).to_be_visible()
    told.go_back()
    told.goto(url)
    expect(told.get_by_text("没有找到这一页")).to_be_visible()
    expect(told.get_by_role("link", name="回到首页")).to_be_visible()
