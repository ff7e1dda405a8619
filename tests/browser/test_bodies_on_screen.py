"""A body from its bureau's page to the directory and its chief's own page, in a real browser."""

import pytest

from tests.bodies import find_body
from tests.screens import go_on, log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def english_desk(page, site):
    """The phone reads Chinese, the desk English."""
    is_desk = page.viewport_size["width"] > 1000
    page.context.add_cookies([{"name": "lang", "value": "en" if is_desk else "zh-Hans", "url": site}])


def test_a_body_is_added_found_and_speaks_for_itself(page, check, english_desk):
    log_in(page, "officer@baoshan.example")
    page.goto("/bureau/providers")
    check("bodies")
    page.goto("/bureau/providers/new/notary")
    check("body-new")
    page.locator("[name=name]").fill("友谊路公证处")
    page.locator("[name=district]").select_option("310113")
    page.locator("input[name=services][value=evidence]").check()
    page.locator("[name=phone]").fill("021-66660000")
    go_on(page.locator("main form button").last)
    check("body")
    page.context.clear_cookies(name="session")
    page.goto("/providers?kind=notary&district=310113")
    check("directory")
    assert page.get_by_text("友谊路公证处").count() or page.locator("main .card").count() == 2
    page.goto(f"/providers/{find_body('和商').slug}")
    check("directory-one")
    log_in(page, "chief@heshang.example")
    page.goto("/provider/page")
    check("own-page")
    page.goto("/provider/people")
    check("own-people")
    page.goto("/provider/questions")
    page.locator("[name=topic]").select_option("con")
    page.locator("[name=question]").fill("房东说到期不续，装修能不能要他赔一部分？")
    go_on(page.locator("main form .button"))
    check("own-questions")
    log_in(page, "lawyer1@hubin.example")
    page.goto("/lawyer/questions")
    check("lawyer-questions")
