"""A body without accounts, in a real browser: the link in its mail. The whole way is `test_help_journey.py`."""

import pytest

from tests.factories import make_case
from tests.referring import follow, refer
from tests.screens import go_on

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


def press(page, name):
    go_on(page.locator(name))


def answer_as_the_body(page, step, words="", outcome=""):
    page.locator("[name=words]").fill(words)
    if outcome:
        page.locator("[name=outcome]").select_option(outcome)
    press(page, f"button[name=step][value={step}]")


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
