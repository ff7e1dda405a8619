"""What several walks do in the same way: log in, answer a checkup to its end, go on to the next page."""

from flask import Flask
from playwright.sync_api import Locator, Page

from demo.cases import Case
from demo.city import PASSWORD
from tests.visits import be_owner


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
    for name, value in (("name", "王姐面馆"), ("staff", "6"), ("revenue", "80"), ("assets", "30")):
        page.locator(f"[name={name}]").fill(value)
    for name, value in (("form", "individual"), ("trade", "catering"), ("district", "310113")):
        page.locator(f"[name={name}]").select_option(value)


def answer_to_the_end(page: Page) -> None:
    """Answer every question with its second choice until the checkup is ready to be sent."""
    while not page.url.endswith("/ready"):
        if page.locator("input[type=date]").count():
            page.locator("input[type=date]").fill("2026-11-20")
        else:
            choices = page.locator("input[name=answer]")
            choices.nth(min(1, choices.count() - 2)).check()
        go_on(page.locator("main form .button").first)
