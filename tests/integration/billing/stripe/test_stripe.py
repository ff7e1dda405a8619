"""Fees at Stripe, played on loopback: issued, paid, voided, sent back, cut off by `kill -9`, compared."""

import datetime as dt
import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from billing.books import fee_accounts, payments
from billing.books.accounts import UNPAID
from billing.books.invoicing import list_invoices
from billing.books.models import Invoice, Posting
from billing.books.money import Money
from billing.stripe.differences import list_differences
from billing.stripe.models import Payer
from billing.stripe.values import INVOICE
from tenants.clock import now
from tenants.database import unit_of_work
from tests.factories import make_case, make_fee, worker_scope
from tests.played_stripe import KEY, LATER, HoldingProxy, ask, do, lawyer_work, pay_at, played_stripe
from tests.relieved_fees import HALF, apply
from webapp.tasks.money import compare, recover


@pytest.fixture(scope="module")
def url():
    with played_stripe() as started:
        yield started


@pytest.fixture(scope="module")
def at_stripe(settings, url):
    return replace(settings, stripe_key=KEY, stripe_url=url)


@pytest.fixture(scope="module")
def case(settings):
    return make_case(settings, "in_review", seed=4343)


def new_invoice(case, fen=10_000):
    """(fee, its one invoice), owed and not known to Stripe yet."""
    with lawyer_work(case) as session:
        fee = fee_accounts.accept_fee(session, fee_id=make_fee(session, case, fen=fen).id, now=now())
        return fee, list_invoices(session, fee)[0]


def reread(case, row):
    with unit_of_work(worker_scope(case)) as session:
        return session.get_one(type(row), (case.firm_id, row.id))


def issued(at_stripe, case, fen=10_000):
    fee, invoice = new_invoice(case, fen)
    do("issue_invoice", at_stripe, case, invoice)
    return fee, reread(case, invoice)


def paid(at_stripe, case, fen=10_000):
    fee, invoice = issued(at_stripe, case, fen)
    pay_at(invoice.pay_url)
    compare(at_stripe)
    return fee, reread(case, invoice)


def refund_asked(case, invoice, fen):
    with lawyer_work(case) as session:
        return payments.ask_refund(session, invoice_id=invoice.id, amount=Money(fen), by=None, now=now())


def invoices_at(url, invoice):
    found = ask(url, "/v1/invoices", limit=1000)["data"]
    return [one for one in found if one["metadata"].get(INVOICE) == str(invoice.id)]


def booked(case, key):
    with unit_of_work(worker_scope(case)) as session:
        return session.scalar(select(func.count()).select_from(Posting).where(Posting.key == key))


def open_differences(case, stripe_id):
    with unit_of_work(worker_scope(case)) as session:
        return [one.kind for one in list_differences(session) if one.stripe_id == stripe_id]


def test_an_invoice_opens_at_stripe_with_its_amount_and_day(at_stripe, url, case):
    _, invoice = issued(at_stripe, case, fen=12_345)
    (there,) = invoices_at(url, invoice)
    assert (invoice.state, there["total"], there["currency"]) == ("open", 12_345, "cny")
    assert dt.datetime.fromtimestamp(there["due_date"], dt.UTC).date() == invoice.due_on


def test_stripe_learns_no_name(at_stripe, url, case):
    _, invoice = issued(at_stripe, case)
    (there,) = invoices_at(url, invoice)
    customer = ask(url, f"/v1/customers/{there['customer']}")
    assert (customer["name"], customer["email"], customer["phone"]) == (None, None, None)


def test_issuing_twice_makes_one_invoice(at_stripe, url, case):
    _, invoice = issued(at_stripe, case)
    do("issue_invoice", at_stripe, case, invoice)
    assert len(invoices_at(url, invoice)) == 1


def test_a_declined_card_pays_nothing_and_the_next_one_does(at_stripe, url, case):
    fee, invoice = issued(at_stripe, case)
    assert pay_at(invoice.pay_url, "decline").status_code == 402
    compare(at_stripe)
    assert reread(case, invoice).state == "open"
    pay_at(invoice.pay_url)
    compare(at_stripe)
    assert (reread(case, invoice).state, reread(case, fee).state) == ("paid", "settled")


def test_a_waiver_voids_the_old_invoice_and_asks_for_the_rest(at_stripe, url, case):
    fee, old = issued(at_stripe, case)
    with lawyer_work(case) as session:
        apply(session, fee, HALF)
        new = next(one for one in list_invoices(session, fee) if one.state in UNPAID)
    do("issue_invoice", at_stripe, case, new)
    assert invoices_at(url, new) == [], "it waits for the old one"
    do("void_invoice", at_stripe, case, old)
    do("issue_invoice", at_stripe, case, new)
    assert [one["status"] for one in invoices_at(url, old)] == ["void"]
    assert [one["total"] for one in invoices_at(url, new)] == [5_000]


def test_paid_in_the_second_it_was_voided_counts_and_the_rest_goes_back(at_stripe, url, case):
    fee, old = issued(at_stripe, case)
    with lawyer_work(case) as session:
        apply(session, fee, HALF)
    pay_at(old.pay_url)
    do("void_invoice", at_stripe, case, old)
    with lawyer_work(case) as session:
        (refund,) = payments.list_refunds(session, fee)
    do("send_refund", at_stripe, case, refund)
    assert (refund.amount_minor, reread(case, refund).state, reread(case, fee).state) == (5_000, "done", "settled")


def test_a_refund_goes_back_once(at_stripe, url, case):
    _, invoice = paid(at_stripe, case)
    refund = refund_asked(case, invoice, 4_000)
    for _ in range(2):
        do("send_refund", at_stripe, case, refund)
    assert [one["amount"] for one in ask(url, "/v1/refunds", payment_intent=invoice.stripe_payment)["data"]] == [4_000]
    assert booked(case, f"refund:{refund.id}") == 1


def test_an_amount_that_stripe_reports_differently_is_reported_not_booked(at_stripe, url, case):
    _, invoice = issued(at_stripe, case)
    with unit_of_work(worker_scope(case)) as session:
        session.get_one(Invoice, (case.firm_id, invoice.id)).amount_minor = 9_999
    pay_at(invoice.pay_url)
    compare(at_stripe)
    assert open_differences(case, invoice.stripe_invoice) == ["amount_differs"]
    assert (reread(case, invoice).state, booked(case, f"pay:{invoice.id}")) == ("open", 0)


def test_another_customer_than_ours_is_reported_and_solved_when_it_is_mended(at_stripe, url, case):
    fee, invoice = issued(at_stripe, case)
    with unit_of_work(worker_scope(case)) as session:
        payer = session.get_one(Payer, (case.firm_id, fee.business_id))
        ours, payer.stripe_customer = payer.stripe_customer, "cus_somebody"
    pay_at(invoice.pay_url)
    compare(at_stripe)
    assert open_differences(case, invoice.stripe_invoice) == ["unknown_customer"]
    with unit_of_work(worker_scope(case)) as session:
        session.get_one(Payer, (case.firm_id, fee.business_id)).stripe_customer = ours
    compare(at_stripe)
    assert open_differences(case, invoice.stripe_invoice) == []
    assert reread(case, invoice).state == "paid"


CALL = (
    "import sys; from webapp.settings import Settings; from tenants.database import configure;"
    "from webapp.tasks.money import TASKS; made = Settings.from_env(); configure(made.lines);"
    "TASKS[sys.argv[1]](made, firm_id=sys.argv[2], **{sys.argv[3]: sys.argv[4]})"
)


def kill_in_the_middle(at_stripe, url, case, task, row, path):
    """Begin the walk in a process of its own and kill it when Stripe has the call and it has no answer."""
    proxy = HoldingProxy(url, path)
    env = os.environ | {
        **at_stripe.same_city(),
        "FAMAI_STRIPE_SECRET_KEY": KEY,
        "FAMAI_STRIPE_URL": proxy.url,
    }
    name = "refund_id" if task == "send_refund" else "invoice_id"
    process = subprocess.Popen([sys.executable, "-c", CALL, task, str(case.firm_id), name, str(row.id)], env=env)
    assert proxy.held.wait(60), "the call never reached Stripe"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    proxy.close()


@pytest.fixture(scope="module", params=[(), ("--forgetful",)], ids=["keys", "no-keys"])
def any_stripe(request, settings):
    """With idempotency keys as Stripe has them, and without, when only the look before the repeat helps."""
    with played_stripe(*request.param) as started:
        yield replace(settings, stripe_key=KEY, stripe_url=started), started


@pytest.mark.parametrize("path", ["/v1/invoices", "/v1/invoiceitems", "/finalize"])
def test_kill_9_before_stripes_answer_leaves_exactly_one_charge(any_stripe, settings, path):
    at_stripe, url = any_stripe
    case = make_case(settings, "submitted", seed=700 + len(path))
    _, invoice = new_invoice(case, fen=7_700)
    kill_in_the_middle(at_stripe, url, case, "issue_invoice", invoice, path)
    assert reread(case, invoice).state == "pending"
    recover(at_stripe, now() + LATER)
    (there,) = invoices_at(url, invoice)
    assert (there["status"], there["total"]) == ("open", 7_700)
    pay_at(reread(case, invoice).pay_url)
    compare(at_stripe)
    assert booked(case, f"pay:{invoice.id}") == 1
    charges = ask(url, "/v1/charges", customer=there["customer"], limit=1000)["data"]
    assert [one["amount"] for one in charges] == [7_700]


def test_kill_9_before_a_refunds_answer_sends_the_money_once(any_stripe, settings):
    at_stripe, url = any_stripe
    case = make_case(settings, "submitted", seed=99)
    _, invoice = paid(at_stripe, case)
    refund = refund_asked(case, invoice, 3_000)
    kill_in_the_middle(at_stripe, url, case, "send_refund", refund, "/v1/refunds")
    recover(at_stripe, now() + LATER)
    assert [one["amount"] for one in ask(url, "/v1/refunds", payment_intent=invoice.stripe_payment)["data"]] == [3_000]
    assert (reread(case, refund).state, booked(case, f"refund:{refund.id}")) == ("done", 1)


def test_what_only_we_know_of_is_reported(at_stripe, case):
    _, invoice = issued(at_stripe, case)
    with unit_of_work(worker_scope(case)) as session:
        session.get_one(Invoice, (case.firm_id, invoice.id)).stripe_invoice = "in_gone"
    compare(at_stripe)
    assert "missing_at_stripe" in open_differences(case, "in_gone")


def test_without_stripe_nothing_is_collected_and_nothing_lost(settings, case):
    _, invoice = new_invoice(case)
    do("issue_invoice", settings, case, invoice)
    assert (recover(settings), compare(settings), reread(case, invoice).state) == (0, None, "pending")


def test_an_unreachable_stripe_leaves_the_row_pending(settings, case):
    _, invoice = new_invoice(case)
    assert recover(replace(settings, stripe_key=KEY, stripe_url="http://127.0.0.1:9"), now() + LATER) == 0
    assert reread(case, invoice).state == "pending"
