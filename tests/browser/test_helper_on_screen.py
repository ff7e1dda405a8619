"""A helper begins by phone, reads the questions out, sends the code; the owner takes over on her phone and sees why."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.helping import HELPER
from tests.screens import go_on, log_in

PHONE = "13911112222"
pytestmark = pytest.mark.browser


def texted(settings):
    sent = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    return max((one["at"], one["body"]) for one in sent if one["to"] == PHONE)[1]


def type_in(page):
    """The second choice of each question on the screen, or a day."""
    if page.locator("input[type=date]").count():
        page.locator("input[type=date]").fill("2026-11-20")
    else:
        for name in ("answer", "also"):
            choices = page.locator(f"input[name={name}]")
            if choices.count():
                choices.nth(min(1, choices.count() - 2)).check()
    go_on(page.get_by_role("button", name="记下，问下一题"))


def read_out(page, check):
    """Ask to the end; what cannot wait is said on the way."""
    for number in range(80):
        if page.url.endswith("/ready"):
            return
        if page.url.endswith("/stop"):
            check("helper-stop")
            go_on(page.get_by_role("link", name="接着问，回答都留着"))
            continue
        if number in (0, 3):
            check(f"helper-question-{number}")
        type_in(page)
    raise AssertionError("the questions do not end")


@pytest.mark.parametrize("page", [(390, 844)], ids=["phone"], indirect=True)
def test_by_phone_then_claimed_on_her_own(page, check, settings):
    log_in(page, HELPER)
    check("helper-home")
    go_on(page.get_by_role("main").get_by_role("link", name="帮人做体检"))
    page.get_by_label("在电话里").check()
    page.locator("[name=agreed]").check()
    page.get_by_label("主要做什么生意").select_option("catering")
    check("helper-begin")
    go_on(page.get_by_role("button", name="开始问"))
    page.locator("[name=form]").first.check()
    page.locator("[name=staff]").nth(2).check()
    go_on(page.get_by_role("button", name="记下，问下一题"))
    read_out(page, check)
    check("helper-ready")
    go_on(page.get_by_role("button", name="她说对，看结果"))
    check("helper-client")
    go_on(page.get_by_role("link", name="发认领码到她手机"))
    page.locator("[name=phone]").fill(PHONE)
    go_on(page.get_by_role("button", name="发短信"))
    check("helper-sent")
    text = texted(settings)
    page.context.clear_cookies()
    page.goto("/claim?number=" + re.search(r"number=(SH[\w-]+)", text)[1])
    check("claim")
    page.locator("[name=code]").fill(text.split("认领码")[1][:9])
    go_on(page.get_by_role("button", name="认领"))
    expect(page.get_by_role("heading", name="现在是您的了")).to_be_visible()
    check("claimed")
    go_on(page.get_by_role("link", name="看结果"))
    expect(page.locator(".verdict")).to_be_visible()
    check("claimed-result")
