"""What several walks do in the same way: log in, answer a checkup to its end, go on to the next page."""

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from demo.cases import Case
from demo.city import PASSWORD
from tests.visits import be_owner

# A keyboard stands on a desk: such a walk has no phone.
at_a_desk = pytest.mark.parametrize("page", [(1280, 900)], ids=["desk"], indirect=True)


def go_on(button: Locator) -> None:
    """Press what leads to another page, and be there: a click alone does not wait for it."""
    with button.page.expect_navigation():
        button.click()


def log_in(page: Page, email: str) -> None:
    """Come in as a member of staff of the demo city, in the reader's language."""
    page.goto("/auth/login")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    go_on(page.locator("main form button").first)


def hold_case(page: Page, app: Flask, site: str, case: Case) -> None:
    """The page's browser is the owner's of this case from now on, and nobody else's."""
    cookie = be_owner(app, case).get_cookie("session")
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": site}])


def tell_of_the_shop(page: Page) -> None:
    """The first page of a checkup: a noodle shop in Baoshan with six people."""
    page.locator("[name=name]").fill("王姐面馆")
    bands = (("staff_band", "5-10"), ("revenue_band", "50-100"), ("assets_band", "unsaid"))
    for name, value in (("form", "individual"), ("trade", "catering"), *bands, ("district", "310113")):
        page.locator(f"[name={name}]").select_option(value)


def answer_question(page: Page, choice: int = 1) -> None:
    """Answer as a finger does: one tap where that is the whole answer, else a choice and the button."""
    dates, choices = page.locator("input[type=date]"), page.locator("input[name=answer]")
    if dates.count():
        dates.fill("2026-11-20")
    else:
        chosen, also = choices.nth(min(choice, choices.count() - 2)), page.locator("input[name=also]")
        if page.locator("form[data-steps]").count():
            if also.count():  # two short questions on one screen
                chosen.click()
                chosen = also.nth(min(choice, also.count() - 2))
            go_on(chosen)
            return
        chosen.check()
    go_on(page.locator("main form .button").first)


def answer_to_the_end(page: Page) -> int:
    """Answer every question with its second choice until the result is there; how many there were."""
    for number in range(100):
        if page.url.endswith("/result"):
            return number
        if "/stop/" in page.url:
            go_on(page.locator("main .actions a[href^='/checkup']").last)
            continue
        answer_question(page)
    raise AssertionError("the questions do not end")


def start_checkup(page, check):
    """From the front door to the first question, with one refusal on the way."""
    page.goto("/")
    check("home")
    go_on(page.get_by_role("link", name="沪滨"))
    check("firm")
    go_on(page.get_by_role("link", name="想把资料一次填好"))
    page.get_by_label("店名或公司名").fill("王姐面馆䶮㛃")
    go_on(page.get_by_role("button", name="开始答题"))
    expect(page.get_by_text("有几项要改一下")).to_be_visible()
    check("start-refused")
    page.get_by_label("登记的是哪一种").select_option("individual")
    page.get_by_label("主要做什么").select_option("catering")
    page.get_by_label("一共几个人干活").select_option("5-10")
    page.get_by_label("去年营业额", exact=True).select_option("50-100")
    page.get_by_label("现在的家当值多少", exact=True).select_option("unsaid")
    page.get_by_label("在哪个区").select_option("310113")
    page.get_by_label("请这家所的律师").check()
    go_on(page.get_by_role("button", name="开始答题"))


def answer_everything(page, check):
    """Answer every question, looking at two of them; how many there were."""
    check("question-0")
    for _ in range(3):
        answer_question(page)
    check("question-3")
    return 3 + answer_to_the_end(page)


def one_screen(page: Page) -> None:
    """The verdict, three things with reason, day and button, and both doors are in sight without a thumb."""
    height = page.viewport_size["height"]
    things = page.locator(".verdict .thing")
    expect(things).to_have_count(3)
    doors = page.locator(".doors").bounding_box()
    assert doors["y"] + doors["height"] <= height
    for thing in things.all():
        box, button = thing.bounding_box(), thing.locator(".how").bounding_box()
        assert box["y"] + box["height"] <= doors["y"]
        assert button["height"] > 0
        assert thing.locator("summary span").first.inner_text()
    assert page.locator(".verdict h1").bounding_box()["y"] > 0
