"""Apply, decide, certificate, reduced invoice, pay, refund: walked in both languages against the played Stripe."""

import threading
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from demo.city import demo_id
from tenants.clock import now
from tests.played_stripe import KEY, LATER, played_stripe
from tests.ports import free_port
from tests.screens import answer_to_the_end, go_on, log_in, tell_of_the_shop
from webapp.app import create_app
from webapp.tasks.money import compare, recover
from webapp.tasks.relief import TASKS as RELIEF

pytestmark = pytest.mark.browser
HUBIN = str(demo_id("hubin"))
# The phone walks in Chinese, the desk in English.
WORDS = {
    390: {
        "language": "简体中文", "free": "哪些免费，哪些要钱", "likely": "您很可能符合条件", "offered": "等您决定的报价",
        "next": "下一笔：", "paid": "都付清了，谢谢。", "let_off": "减免（证明", "back": "已退", "valid": "有效",
        "demo": "不会动真钱",
    },
    1280: {
        "language": "English", "free": "What is free and what is not", "likely": "You very likely qualify",
        "offered": "Offers for you to decide", "next": "Next: ", "paid": "Everything is paid. Thank you.",
        "let_off": "Let off (certificate", "back": "Sent back", "valid": "valid", "demo": "no money moves",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def at_stripe(settings):
    with played_stripe() as url:
        yield replace(settings, stripe_key=KEY, stripe_url=url)


@pytest.fixture(scope="module")
def site(at_stripe):
    server = make_server("127.0.0.1", free_port(), create_app(at_stripe), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def words(page):
    return WORDS[page.viewport_size["width"]]


def staff_page(chromium, site, email, words):
    """A page of their own for a member of staff."""
    staff = chromium.new_context(base_url=site, locale="zh-CN").new_page()
    log_in(staff, email)
    go_on(staff.get_by_role("button", name=words["language"], exact=True))
    return staff


def check_up(page, check, words):
    """A submitted checkup; returns its id. Before the first question stands what is free."""
    page.goto("/")
    go_on(page.get_by_role("button", name=words["language"], exact=True))
    page.goto("/f/hubin/start")
    expect(page.get_by_role("heading", name=words["free"])).to_be_visible()
    check("money-start")
    tell_of_the_shop(page)
    page.locator("[name=review]").check()
    go_on(page.locator("main form button").last)
    checkup = page.url.split("/checkup/")[1].split("/")[0]
    answer_to_the_end(page)
    return checkup


def offer(lawyer, checkup):
    lawyer.goto(f"/lawyer/checkups/{checkup}/fees")
    lawyer.locator("#service").select_option("notarise-evidence")
    lawyer.locator("#given").fill("1")
    go_on(lawyer.locator("main form button").last)


def apply_for_relief(page, check, checkup, words):
    page.goto(f"/checkup/{checkup}/relief/questions")
    for name, value in (("turnover", "30"), ("troubles", "none"), ("struck", "none"), ("certificates", "none")):
        page.locator(f"[name={name}][value='{value}']").check()
    go_on(page.locator("main form button.big"))
    expect(page.get_by_role("heading", name=words["likely"])).to_be_visible()
    page.locator("[name=wish][value=half_price]").check()
    page.locator("[name=declared]").check()
    page.locator("[name=signed_name]").fill("王姐")
    page.locator("[name=agreed]").check()
    check("money-apply")
    go_on(page.locator("main form button.big"))
    return page.url.rstrip("/").split("/")[-1]


def decide(lawyer, officer, waiver):
    """The firm says its word, the bureau grants half."""
    lawyer.goto(f"/firm/waivers/{waiver}")
    go_on(lawyer.locator("button[name=outcome][value=clear]"))  # the names come before what she wrote
    lawyer.goto(f"/firm/waivers/{waiver}")
    lawyer.locator("textarea[name=text]").fill("和店主核过，情况属实。")
    go_on(lawyer.locator("main form button").first)
    officer.goto(f"/bureau/waivers/{waiver}")
    officer.locator("[name=outcome][value=half_price]").check()
    officer.locator("textarea[name=text]").first.fill("材料齐全，符合办法。")
    go_on(officer.locator("main form button.button").first)


def test_from_hardship_to_a_reduced_payment_and_back(page, check, chromium, site, at_stripe, words):
    checkup = check_up(page, check, words)
    lawyer = staff_page(chromium, site, "lawyer1@hubin.example", words)
    offer(lawyer, checkup)
    page.goto(f"/checkup/{checkup}/fees")
    expect(page.get_by_role("heading", name=words["offered"])).to_be_visible()
    check("money-offered")
    go_on(page.locator("article form button").first)
    waiver = apply_for_relief(page, check, checkup, words)
    recover(at_stripe, now() + LATER)
    page.goto(f"/checkup/{checkup}/fees")
    expect(page.get_by_text("¥800.00").first).to_be_visible()
    decide(lawyer, staff_page(chromium, site, "officer@city.example", words), waiver)
    RELIEF["carry_out_waiver"](at_stripe, firm_id=HUBIN, waiver_id=waiver, what="granted")
    for _ in range(2):  # the old invoice is voided, then the new one made
        recover(at_stripe, now() + LATER)
    page.goto(f"/checkup/{checkup}/relief/{waiver}")
    number = page.locator("a.hash[href^='/verify/']").inner_text()
    page.goto(f"/verify/{number}")
    assert words["valid"] in page.locator("main").inner_text().lower()
    check("money-certificate")
    page.goto(f"/checkup/{checkup}/fees")
    expect(page.get_by_text(words["next"])).to_contain_text("¥400.00")
    page.locator("main > details summary").first.click()
    expect(page.get_by_text(words["let_off"])).to_be_visible()
    check("money-reduced")
    go_on(page.locator(".schedule a.button"))
    expect(page.get_by_text(words["demo"]).first).to_be_visible()
    go_on(page.locator("button[value=wechat_pay]"))
    compare(at_stripe)
    page.goto(f"/checkup/{checkup}/fees")
    expect(page.get_by_text(words["paid"])).to_be_visible()
    check("money-paid")
    lawyer.goto("/firm/money")
    row = lawyer.locator("tr", has=lawyer.locator("summary")).filter(has_text="¥400.00").last
    row.locator("summary").click()
    row.locator("[name=amount]").fill("120.50")
    go_on(row.locator("form button"))
    recover(at_stripe, now() + LATER)
    page.goto(f"/checkup/{checkup}/fees")
    page.locator("main > details summary").first.click()
    refunded = page.locator("details tr").filter(has_text=words["back"])
    expect(refunded).to_contain_text("¥120.50")
    check("money-refunded")
