import re

import pytest
from playwright.sync_api import expect

from demo.city import PASSWORD
from tests.screens import answer_everything, answer_question, go_on, log_in, start_checkup

pytestmark = pytest.mark.browser


def test_an_owner_checks_up_and_a_lawyer_signs(page, check):
    start_checkup(page, check)
    answer_question(page, 0)
    go_on(page.get_by_role("link", name="上一题"))
    expect(page.locator("input[name=answer]:checked")).to_have_count(1)
    assert 10 <= answer_everything(page, check) <= 17
    expect(page.get_by_text("律师还没看过").first).to_be_visible()
    check("result")
    case_number = page.locator(".status strong").text_content()
    accept_letter(page, check)
    sign_as_lawyer(page, check, case_number)
    page.goto("/verify/" + page.locator("a[href^='/verify/']").inner_text())
    expect(page.get_by_text("这份报告是真的")).to_be_visible()
    check("verify")


def accept_letter(page, check):
    """With a resume code, as an owner does who has no phone at hand; ends at the result."""
    go_on(page.get_by_role("link", name="看服务说明书，点同意"))
    check("letter")
    result = page.url.removesuffix("/letter") + "/result"
    page.locator("details.agree summary").click()
    go_on(page.get_by_role("link", name="还没有？先取一个"))
    page.get_by_label("手机号").fill("02155556666")
    go_on(page.get_by_role("button", name="取续答码"))
    code = page.locator(".code strong").inner_text()
    page.goto(result.removesuffix("/result") + "/letter")
    page.locator("details.agree summary").click()
    page.get_by_label("续答码").fill(code)
    go_on(page.get_by_role("button", name="我看过了，同意"))
    expect(page.get_by_text("的客户，只为这次免费体检")).to_be_visible()


def confirm_all(page, articles):
    """Confirm one finding after the other; each comes back decided without the page being left."""
    found = page.locator(f":is({articles})[data-undecided]").evaluate_all("all => all.map(one => one.id)")
    for one in found:
        page.locator(f"[id='{one}'] button[value=confirm]").click()
        page.locator(f"[id='{one}'] .decided").wait_for()


def countersign(page, check, url):
    """The partner sees what the lawyer changed, and signs."""
    go_on(page.get_by_role("button", name="退出").first)
    log_in(page, "lawyer2@hubin.example")
    page.goto(url)
    go_on(page.locator("button[name=outcome][value=clear]"))
    page.goto(url)
    check("countersign")
    go_on(page.get_by_role("button", name="作为合伙人签发"))


def sign_as_lawyer(page, check, case_number):
    page.goto("/auth/login")
    check("login")
    page.get_by_label("邮箱").fill("lawyer1@hubin.example")
    page.get_by_label("密码").fill(PASSWORD)
    go_on(page.get_by_role("button", name="登录"))
    check("queue")
    go_on(page.get_by_role("link", name=case_number, exact=True))
    check("names")
    go_on(page.get_by_role("button", name="没有冲突，我来办"))
    check("review")
    confirm_all(page, "article.finding-red, article.finding-orange")
    if page.get_by_role("button", name="确认剩下的轻微发现").count():
        go_on(page.get_by_role("button", name="确认剩下的轻微发现"))
    confirm_all(page, "article.finding-yellow")
    page.get_by_label("用大白话写").fill("先给六个人补签合同。")
    go_on(page.get_by_role("button", name="保存建议"))
    go_on(page.get_by_role("button", name=re.compile("签发报告|签名，交合伙人")))
    if page.get_by_text("已经签名，等合伙人签字").count():
        countersign(page, check, page.url)
    expect(page.get_by_text("已签发").first).to_be_visible()
    check("signed")


def test_the_site_speaks_english(page, check):
    page.goto("/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="A free legal checkup for small businesses")).to_be_visible()
    check("home-en")
    page.goto("/privacy")
    check("privacy-en")
