"""From a kiosk in the hall to her own phone; what is left on the screen is its first page, also by the back button."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.kiosks import make_kiosk
from tests.screens import go_on
from webapp.views.kiosk import leaving

pytestmark = pytest.mark.browser
a_kiosk = pytest.mark.parametrize("page", [(1280, 800)], ids=["kiosk"], indirect=True)


@pytest.fixture
def squares(monkeypatch):
    """The addresses in the squares on the screen, which a phone reads."""
    made, draw = [], leaving.segno.make
    monkeypatch.setattr(leaving.segno, "make", lambda link, **how: made.append(link) or draw(link, **how))
    return made


@pytest.fixture
def phone(chromium, site):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=site)
    yield context.new_page()
    context.close()


def pin(page, settings):
    page.goto("/kiosk")
    page.locator("[name=code]").fill(make_kiosk(settings).code)
    go_on(page.get_by_role("button", name="开机"))


def begin(page):
    go_on(page.get_by_role("button", name="开始", exact=True))
    page.locator("[name=trade][value=catering]").check()
    go_on(page.get_by_role("button", name="下一题"))
    page.locator("[name=form]").first.check()
    page.locator("[name=staff]").nth(1).check()
    go_on(page.get_by_role("button", name="下一题"))


def answer(page, check):
    """The second choice of each question, to the result."""
    for number in range(60):
        if page.url.endswith("/ready"):
            return go_on(page.get_by_role("button", name="看结果"))
        if "/stop/" in page.url:
            check("kiosk-stop")
            go_on(page.get_by_role("link", name="接着答，回答都留着"))
            continue
        if number == 0:
            check("kiosk-question")
        if page.locator("input[type=date]").count():
            page.locator("input[type=date]").fill("2026-11-20")
        elif "/about/" in page.url:
            page.locator("main input[type=radio]").nth(1).check()
        else:
            for name in ("answer", "also"):
                choices = page.locator(f"input[name={name}]")
                if choices.count():
                    choices.nth(min(1, choices.count() - 2)).check()
        go_on(page.get_by_role("button", name="下一题"))
    raise AssertionError("the questions do not end")


@a_kiosk
def test_from_the_kiosk_to_her_phone(page, phone, check, settings, squares):
    pin(page, settings)
    check("kiosk-start")
    begin(page)
    answer(page, check)
    check("kiosk-result")
    go_on(page.get_by_role("button", name="用手机接着做：扫码"))
    check("kiosk-square")
    phone.goto(urlsplit(squares[-1]).path)
    go_on(phone.get_by_role("button", name="接着做"))
    expect(phone).to_have_url(re.compile("/result$"))
    expect(page.get_by_role("button", name="Start in English")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("button", name="Start in English")).to_be_visible()
    assert "结果" not in page.locator("main").inner_text()


@a_kiosk
def test_a_kiosk_asks_whether_anybody_is_there_and_then_ends(page, check, settings):
    pin(page, settings)
    begin(page)
    page.clock.install()
    page.reload()
    page.clock.fast_forward(61_000)
    expect(page.get_by_role("button", name="还在，接着做")).to_be_visible()
    check("kiosk-asks")
    page.get_by_role("button", name="还在，接着做").click()
    expect(page.get_by_role("button", name="下一题")).to_be_visible()
    page.clock.fast_forward(61_000)
    expect(page.get_by_text("还在吗？")).to_be_visible()
    page.clock.fast_forward(31_000)
    expect(page.get_by_role("button", name="Start in English")).to_be_visible()
