"""Mending in a real browser: the owner's list, a photo, a link; the lawyer's word; the bureau's desk."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.factories import make_case
from tests.screens import go_on, hold_case, log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=68)


@pytest.fixture
def come_in(app, site, page, case):
    """The owner's session in the browser; where her pages lie."""
    hold_case(page, app, site, case)
    return f"/checkup/{case.checkup_id}"


def big_photo():
    """Larger than any form: what a phone's camera makes."""
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(out, "JPEG", quality=95)
    assert len(out.getvalue()) > 512 * 1024
    return {"name": "门.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_a_photo_goes_from_the_owners_phone_to_the_lawyers_word(page, check, come_in, case):
    page.goto(f"{come_in}/fixes")
    check("fixes")
    card = page.locator("article.finding").first
    card.get_by_text("办好了", exact=True).click()
    card.locator("input[type=file]").set_input_files(big_photo())
    check("fixes-claim")
    card.get_by_role("button", name="交给律师看").click()
    expect(page.get_by_text("等律师看（1）")).to_be_visible()
    log_in(page, "lawyer1@hubin.example")
    page.goto("/lawyer/fixes")
    check("lawyer-fixes")
    page.goto(f"/lawyer/checkups/{case.checkup_id}/fixes")
    picture = page.locator(".photos img").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1600
    check("lawyer-case-fixes")
    page.get_by_role("button", name="办好了").first.click()
    expect(page.get_by_text("律师说办好了").first).to_be_visible()


def test_a_link_is_made_seen_and_ended(page, check, come_in):
    page.goto(f"{come_in}/share")
    page.get_by_label("银行版").check()
    go_on(page.get_by_role("button", name="做一个链接"))
    check("share")
    link = page.locator("#link").input_value()
    page.goto(link[link.index("/s/") :])
    check("shared_cover")
    page.get_by_role("button", name="打开报告").click()
    expect(page.get_by_text("给银行看的一份")).to_be_visible()
    check("shared")
    page.goto(f"{come_in}/share")
    page.get_by_role("button", name="现在就收回").click()
    expect(page.get_by_text("已经失效")).to_be_visible()


def test_trend_rating_and_complaint_are_for_everybody(page, check, come_in):
    page.goto(f"{come_in}/trend")
    check("trend")
    go_on(page.get_by_role("button", name="再查一次"))
    check("recheck")
    page.goto(f"{come_in}/rating")
    for question in range(3):
        page.locator("fieldset").nth(question).get_by_label("很不好").check()
    go_on(page.get_by_role("button", name="交上去"))
    check("rating-bad")
    page.locator("[name=phone]").fill("138 0000 8642")
    page.get_by_role("button", name="要，请别人打给我").click()
    expect(page.get_by_text("收到了")).to_be_visible()
    check("complaint")
    log_in(page, "officer@baoshan.example")
    page.goto("/bureau/complaints")
    check("bureau-complaints")
    go_on(page.locator("table a").first)
    check("bureau-complaint")


def test_the_same_pages_in_english(page, check, come_in):
    page.goto(f"{come_in}/fixes")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="To do")).to_be_visible()
    for name in ("fixes", "trend", "share", "share/landlord", "rating", "complaint"):
        page.goto(f"{come_in}/{name}")
        check(f"{name.replace('/', '-')}-en")
