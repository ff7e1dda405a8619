"""A mediation in a real browser, from all three sides: invited, a mediator, offers, an agreement signed, the court."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tenants.clock import city_day, now
from tests.factories import make_case
from tests.referring import CHIEF, refer, take_steps
from tests.screens import go_on, hold_case, log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=7)


@pytest.fixture
def sides(app, site, page, case, settings):
    """Puts one of the three into the browser, at its page; Chinese on the phone, English on the desk."""
    referral_id = refer(settings, case)
    take_steps(settings, referral_id, "accept")
    language, held = "en" if page.viewport_size["width"] > 1000 else "zh-Hans", {}

    def come(side):
        if session := [one for one in page.context.cookies() if one["name"] == "session" and held.get("is_other")]:
            held["other"] = session
        held["is_other"] = side == "other"
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "lang", "value": language, "url": site}])
        if side == "other":
            page.context.add_cookies(held.get("other", []))
            page.goto("/mediate/" if "other" in held else "about:blank")
            return
        if side == "owner":
            hold_case(page, app, site, case)
        else:
            log_in(page, CHIEF)
        page.context.add_cookies([{"name": "lang", "value": language, "url": site}])
        own = f"/checkup/{case.checkup_id}/help/{referral_id}/mediation"
        page.goto(own if side == "owner" else f"/provider/referrals/{referral_id}/mediation")

    return come


def press(page, step):
    go_on(page.locator(f"button[name=step][value={step}]"))


def test_a_debt_is_talked_over_and_signed(page, check, sides):
    sides("owner")
    page.locator("[name=other]").fill("大华食品有限公司")
    page.locator("[name=words]").fill("去年的货款四万块，想分两次付清。")
    check("talk-ask")
    go_on(page.locator("main form .button.big"))
    check("talk-asked")
    sides("body")
    press(page, "invite")
    check("talk-invited-by-body")
    link, code = page.locator("main .hash").first.inner_text(), page.locator("main .notice strong").inner_text()
    sides("other")
    page.goto(re.sub(r"^https?://[^/]+", "", link))
    check("talk-code")
    page.locator("[name=code]").fill(code)
    go_on(page.locator("main form .button"))
    check("talk-invited")
    press(page, "agree")
    sides("body")
    page.locator("[name=mediator]").select_option(label="沈和")
    page.locator("[name=disclosure]").fill("和店主住一个小区，不熟。")
    check("talk-appoint")
    press(page, "appoint")
    sides("owner")
    check("talk-appointing")
    press(page, "accept")
    sides("other")
    press(page, "accept")
    page.locator("[name=offer]").fill("三万五，一次付清")
    press(page, "offer")
    press(page, "open")
    check("talk-offered")
    sides("owner")
    expect(page.get_by_text("三万五，一次付清")).to_have_count(0)
    page.locator("[name=offer]").fill("三万八，分两次")
    press(page, "offer")
    press(page, "open")
    expect(page.get_by_text("三万五，一次付清")).to_be_visible()
    check("talk-opened")
    sides("body")
    page.locator("[name=day]").fill((city_day(now()) + dt.timedelta(days=3)).isoformat())
    page.locator("[name=place]").fill("三楼调解室")
    press(page, "meet")
    page.locator("[name=points]").fill("大华在12月31日前付三万六。\n店主收到后不再追讨。")
    check("talk-draft")
    press(page, "draft")
    check("talk-drafted-by-body")
    codes = [one.inner_text() for one in page.locator("main .notice strong").all()]
    for side, name, told in (("owner", "王姐", codes[0]), ("other", "李大华", codes[1])):
        sides(side)
        page.locator("[name=name]").fill(name)
        page.locator("[name=code]").fill(told)
        check(f"talk-sign-{side}")
        press(page, "sign")
    check("talk-signed")
    sides("owner")
    check("talk-signed-owner")
    for kind in ("PDF", "Word"):
        with page.expect_download() as download:
            page.locator("main a", has_text=re.compile(f"^{kind}$")).evaluate("a => { a.download = ''; a.click() }")
        assert download.value.path().stat().st_size > 3000
    sides("body")
    press(page, "confirm")
    check("talk-confirmed")
