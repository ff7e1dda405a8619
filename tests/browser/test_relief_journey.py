"""Hardship from the phone to the till: apply, decide, certificate, reduced invoice, pay, refund."""

import datetime as dt
import re
import threading
import uuid
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from werkzeug.serving import make_server

from billing.books.models import Invoice, Refund
from billing.stripe.notices import list_waiting
from billing.waivers.content import get_waiver
from demo.cases import Case
from demo.city import demo_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import make_fee, officer_scope
from tests.patience import until
from tests.played_stripe import KEY, played_stripe
from tests.ports import free_port
from tests.screens import answer_to_the_end, go_on, log_in, tell_of_the_shop
from webapp.app import create_app
from webapp.tasks import money, relief

pytestmark = pytest.mark.browser
CHINESE = {
    "likely": "您很可能符合条件", "plan": "6 期，每期 ¥200.00，可申请再缓", "granted": "批准了", "valid": "有效",
    "paid": "都付清了", "sent_back": "已退",
}  # fmt: skip
ENGLISH = {
    "likely": "You very likely qualify", "plan": "6 parts of ¥200.00 each", "granted": "Granted", "valid": "Valid",
    "paid": "Everything is paid", "sent_back": "Sent back",
}  # fmt: skip


@pytest.fixture(scope="module")
def at_stripe(settings):
    """Settings of a city whose Stripe is played on loopback, and the port it reports to."""
    port = free_port()
    with played_stripe(webhook=f"http://127.0.0.1:{port}/webhooks/stripe") as url:
        yield replace(settings, stripe_key=KEY, stripe_url=url, stripe_webhook_secret="whsec_test"), port


@pytest.fixture(scope="module")
def site(at_stripe):
    settings, port = at_stripe
    server = make_server("127.0.0.1", port, create_app(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def words(page, site):
    """What the pages must say: the phone reads Chinese, the desk English, set as the foot of every page sets it."""
    is_desk = page.viewport_size["width"] > 1000
    page.context.add_cookies([{"name": "lang", "value": "en" if is_desk else "zh-Hans", "url": site}])
    return ENGLISH if is_desk else CHINESE


def have_a_result(page):
    """A checkup of a noodle shop, answered and submitted; its address and its owner."""
    page.goto("/f/hubin/start")
    tell_of_the_shop(page)
    page.locator("input[name=review]").check()
    go_on(page.locator("main form button").last)
    answer_to_the_end(page)
    return re.sub(r"/result$", "", page.url)


def apply(page, check, url, words):
    page.goto(f"{url}/relief")
    check("relief-questions")
    for name, value in (("turnover", "30"), ("troubles", "none"), ("struck", "none"), ("certificates", "none")):
        page.locator(f"input[name={name}][value='{value}']").check()
    page.locator("#fee").fill("1200")
    go_on(page.locator("main form button").last)
    expect(page.get_by_text(words["likely"])).to_be_visible()
    expect(page.locator("main")).to_contain_text(words["plan"])
    check("relief-answer")
    page.locator("input[name=declared]").check()
    page.locator("#signed_name").fill("王姐")
    page.locator("input[name=agreed]").check()
    go_on(page.locator("main form button").last)
    check("relief-applied")
    return page.url


def staff_page(page, email):
    """A window of a member of staff, in the same language."""
    context = page.context.browser.new_context(viewport=page.viewport_size, base_url="/".join(page.url.split("/")[:3]))
    context.add_cookies([cookie for cookie in page.context.cookies() if cookie["name"] == "lang"])
    other = context.new_page()
    log_in(other, email)
    return other


def decide(page, waiver_id):
    lawyer = staff_page(page, "lawyer1@hubin.example")
    lawyer.goto(f"/firm/waivers/{waiver_id}")
    go_on(lawyer.locator("button[name=outcome][value=clear]"))  # the names come before what she wrote
    lawyer.goto(f"/firm/waivers/{waiver_id}")
    lawyer.locator("#text").fill("和店主核过，属实。")
    go_on(lawyer.locator("main form button").first)
    officer = staff_page(page, "officer@city.example")
    officer.goto(f"/bureau/waivers/{waiver_id}")
    officer.locator("input[value=half_price]").check()
    officer.locator("#text").fill("材料齐全，符合办法。")
    go_on(officer.locator("main form button").first)
    expect(officer.locator("a[href^='/verify/JM']")).to_be_visible()
    for one in (lawyer, officer):
        one.context.close()


def case_of(waiver_id):
    with unit_of_work(officer_scope()) as work:
        row = get_waiver(work, waiver_id)
    return Case(row.firm_id, row.checkup_id, row.owner_id, demo_id("hubin:1"))


def run_notices(settings, is_done):
    """What Stripe reports, applied as the worker does it, until it has reported what is waited for."""

    def applied():
        with unit_of_work(Scope(Audience.WORKER)) as work:
            waiting = list_waiting(work, before=now() + dt.timedelta(minutes=1))
        for notice_id in waiting:
            money.TASKS["apply_notice"](settings, notice_id=notice_id)
        return is_done()

    until(applied)


def rows_of(case, kind):
    with unit_of_work(Scope(Audience.WORKER, case.firm_id)) as work:
        return work.scalars(select(kind).where(kind.owner_id == case.owner_id)).all()


def pay(page, settings, case, url):
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, case.lawyer_id)) as work:
        make_fee(work, case, fen=120_000)
    page.goto(f"{url}/fees")
    go_on(page.locator("form[action$='/accept'] button"))
    expect(page.locator(".schedule")).to_contain_text("¥600.00")
    for invoice in rows_of(case, Invoice):
        money.TASKS["issue_invoice"](settings, firm_id=str(case.firm_id), invoice_id=str(invoice.id))
    page.reload()
    go_on(page.locator(".schedule a.button"))
    go_on(page.locator("button[value=alipay]"))
    run_notices(settings, lambda: rows_of(case, Invoice)[-1].state == "paid")


def send_back(page, settings, case):
    admin = staff_page(page, "lawyer1@hubin.example")
    admin.goto("/firm/money")
    invoice = rows_of(case, Invoice)[-1]
    form = admin.locator(f"form[action$='{invoice.id}/refund']")
    form.locator("xpath=..").locator("summary").click()
    form.locator("input[name=amount]").fill("100")
    go_on(form.locator("button"))
    admin.context.close()
    for refund in rows_of(case, Refund):
        money.TASKS["send_refund"](settings, firm_id=str(case.firm_id), refund_id=str(refund.id))
    run_notices(settings, lambda: rows_of(case, Refund)[-1].state == "done")


def test_hardship_is_proved_once_and_the_reduced_fee_is_paid_and_sent_back(page, check, at_stripe, words):
    settings, _ = at_stripe
    url = have_a_result(page)
    status = apply(page, check, url, words)
    waiver_id = uuid.UUID(status.split("/")[-1])
    decide(page, waiver_id)
    case = case_of(waiver_id)
    relief.TASKS["carry_out_waiver"](settings, firm_id=str(case.firm_id), waiver_id=str(waiver_id), what="granted")
    relief.TASKS["render_certificate"](settings, firm_id=str(case.firm_id), waiver_id=str(waiver_id))
    page.goto(status)
    expect(page.locator("h1")).to_have_text(words["granted"])
    check("relief-granted")
    with page.expect_download() as download:
        page.evaluate("document.querySelector(\"a[href$='certificate.pdf']\").setAttribute('download', '')")
        page.locator("a[href$='certificate.pdf']").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    go_on(page.locator("a[href^='/verify/']"))
    expect(page.locator(".stage")).to_contain_text(words["valid"])
    check("relief-verify")
    pay(page, settings, case, url)
    page.goto(f"{url}/fees")
    expect(page.locator("main")).to_contain_text(words["paid"])
    check("relief-paid")
    send_back(page, settings, case)
    page.goto(f"{url}/fees")
    page.locator("summary").first.click()
    expect(page.locator("main")).to_contain_text(words["sent_back"])
