"""An owner asks her accountant, who answers on a phone; she sees it and takes it back while his form is open."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.delegating import draft
from tests.screens import go_on
from tests.visits import hold
from webapp.edge.people_here import OwnerHere

PHONE = "13911113333"
pytestmark = pytest.mark.browser


def texted(settings, words):
    """What these words find in the last text that was sent to the delegate."""
    sent = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    return re.search(words, max((one["at"], one["body"]) for one in sent if one["to"] == PHONE)[1])[1]


@pytest.fixture
def hers(settings, app, chromium, site):
    """The owner's own phone, with her draft on it, and the address of her page."""
    owner, checkup_id = draft(settings)
    client = app.test_client()
    hold(client, OwnerHere(owner.person_id, owner.firm_id, checkup_id))
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=site)
    context.add_cookies([{"name": "session", "value": client.get_cookie("session").value, "url": site}])
    yield context.new_page(), f"/checkup/{checkup_id}/delegates"
    context.close()


@pytest.mark.parametrize("page", [(390, 844)], ids=["phone"], indirect=True)
def test_asked_answered_seen_and_taken_back(page, check, hers, settings):
    owner, delegates = hers
    owner.goto(delegates)
    owner.get_by_label("怎么称呼他").fill("刘会计")
    owner.get_by_label("代账会计").check()
    owner.get_by_label("他的手机号").fill(PHONE)
    owner.get_by_label("税务与发票").check()
    go_on(owner.get_by_role("button", name="发邀请"))
    expect(owner.get_by_role("heading", name="邀请发出去了")).to_be_visible()
    page.goto(texted(settings, r"(/for/invitation/[\w-]+)"))
    check("delegate-invitation")
    page.locator("[name=phone]").fill(PHONE)
    go_on(page.get_by_role("button", name="发验证码"))
    page.locator("[name=code]").fill(texted(settings, r"验证码 (\d{6})"))
    go_on(page.get_by_role("button", name="确定"))
    check("delegate-accept")
    page.locator("[name=agreed]").check()
    go_on(page.get_by_role("button", name="答应，开始帮忙"))
    check("delegate-client")
    go_on(page.get_by_role("link", name="接着填"))
    check("delegate-question")
    page.locator("input[name=answer]").first.check()
    go_on(page.get_by_role("button", name="记下，下一题"))
    page.locator("input[name=answer]").first.check()
    owner.goto(delegates)
    owner.get_by_text("他做了什么：填了1题").click()
    expect(owner.locator(".answers li")).to_have_count(1)
    go_on(owner.get_by_role("button", name="收回，马上不让看"))
    expect(owner.get_by_text("起看不到：您收回了")).to_be_visible()
    go_on(page.get_by_role("button", name="记下，下一题"))
    expect(page.get_by_role("heading", name="您看不到了")).to_be_visible()
    expect(page.get_by_text("刚才这一步没有存")).to_be_visible()
    check("delegate-gone")
    go_on(page.get_by_role("link", name="我帮的店"))
    expect(page.get_by_text("现在没有人请您帮忙")).to_be_visible()
    check("delegate-home")


@pytest.mark.parametrize("page", [(390, 844)], ids=["phone"], indirect=True)
def test_the_owners_page_is_for_everybody(page, check, hers):
    owner, delegates = hers
    page.context.add_cookies(owner.context.cookies())
    page.goto(delegates)
    check("owner-delegates")
