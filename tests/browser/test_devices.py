"""Her phones on screen: what each is, which is this one, and a button that logs the others out."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_case
from tests.screens import go_on, hold_case

pytestmark = pytest.mark.browser


def test_she_sees_her_phones_and_logs_the_others_out(page, app, site, settings, check):
    case = make_case(settings, "answering", seed=91)
    hold_case(page, app, site, case)
    hold_case(page, app, site, case)
    page.goto("/me")
    check("my-devices")
    go_on(page.get_by_role("button", name="让别的都退出"))
    expect(page.get_by_text("就是这台")).to_be_visible()
    expect(page.get_by_role("button", name="让它退出")).to_have_count(0)
