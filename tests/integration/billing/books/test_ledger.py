"""Fees in the books: any order of events, duplicates and retries; and what the database itself refuses."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from billing.books import fee_accounts, payments
from billing.books.accounts import UNPAID, Account, balances
from billing.books.invoicing import list_invoices, owed
from billing.books.ledger import fee_balances, firm_balances, post
from billing.books.models import Posting
from billing.books.money import InvalidMoney, Money
from tenants.clock import now
from tenants.database import unit_of_work
from tenants.errors import Conflict, Invalid
from tests.factories import lawyer_scope, make_case, make_fee
from tests.relieved_fees import A_YEAR_LATER, HALF, THREE_PARTS, apply, terms

TODAY = dt.date(2026, 11, 25)


@pytest.fixture(scope="module")
def case(settings):
    return make_case(settings, "in_review", seed=4242)


@pytest.fixture
def work(case):
    with unit_of_work(lawyer_scope(case)) as session:
        yield session
        session.rollback()
        session.begin()


def owed_fee(session, case, **more):
    return fee_accounts.accept_fee(session, fee_id=make_fee(session, case, **more).id, now=now())


def unpaid(session, fee):
    return [invoice for invoice in list_invoices(session, fee) if invoice.state in UNPAID]


def pay(session, invoice, stripe_payment="pi_1"):
    return payments.record_payment(
        session, invoice_id=invoice.id, paid=invoice.amount, stripe_payment=stripe_payment, now=now()
    )


# Every event names the part it is about by a number, taken round the clock of what is there.
EVENTS = st.one_of(
    st.tuples(st.just("pay"), st.integers(0, 9)),
    st.tuples(st.just("pay_again"), st.integers(0, 9)),
    st.tuples(st.just("pay_wrongly"), st.integers(0, 9)),
    st.tuples(st.just("terms"), st.integers(0, 5)),
    st.tuples(st.just("reset"), st.integers(0, 3)),
    st.tuples(st.just("recall"), st.just(0)),
    st.tuples(st.just("write_off"), st.just(0)),
    st.tuples(st.just("refund"), st.integers(0, 9)),
    st.tuples(st.just("refunded"), st.integers(0, 9)),
    st.tuples(st.just("issued"), st.integers(0, 9)),
    st.tuples(st.just("voided"), st.integers(0, 9)),
    st.tuples(st.just("accept"), st.just(0)),
)
TERMS = (
    HALF,
    THREE_PARTS,
    A_YEAR_LATER,
    terms("waive"),
    terms("waive", cap_minor=333),
    terms("defer", months=1, cap_minor=7),
)


FEE_EVENTS = {
    "accept": lambda session, fee, number: fee_accounts.accept_fee(session, fee_id=fee.id, now=now()),
    "terms": lambda session, fee, number: apply(session, fee, TERMS[number], certificate=f"C{number % 2}"),
    "reset": lambda session, fee, number: fee_accounts.reset_deferral(
        session, fee_id=fee.id, terms=TERMS[number], now=now()
    ),
    "recall": lambda session, fee, number: fee_accounts.recall(session, fee_id=fee.id, now=now(), why="false"),
    "write_off": lambda session, fee, number: fee_accounts.write_off(session, fee_id=fee.id, now=now(), why="closed"),
}


def pay_wrongly(session, invoice, number):
    wrong = Money(invoice.amount_minor + 1)
    payments.record_payment(session, invoice_id=invoice.id, paid=wrong, stripe_payment=None, now=now())


def ask_part_back(session, invoice, number):
    part = Money(max(1, invoice.amount_minor // (number + 1)))
    payments.ask_refund(session, invoice_id=invoice.id, amount=part, by=None, now=now())


def hear_of_void(session, invoice, number):
    if invoice.state == "voiding":
        invoice.state = "void"


def hear_of_issue(session, invoice, number):
    if invoice.state == "pending":
        invoice.state, invoice.tries = "open", 1


INVOICE_EVENTS = {
    "pay": lambda session, invoice, number: pay(session, invoice),
    "pay_again": lambda session, invoice, number: (pay(session, invoice), pay(session, invoice)),
    "pay_wrongly": pay_wrongly,
    "refund": ask_part_back,
    "voided": hear_of_void,
    "issued": hear_of_issue,
}


def play(session, fee, event, number):
    """One event, wholly or not at all."""
    invoices, refunds = list_invoices(session, fee), payments.list_refunds(session, fee)
    if event in FEE_EVENTS:
        FEE_EVENTS[event](session, fee, number)
    elif event == "refunded" and refunds:
        row = refunds[number % len(refunds)]
        payments.record_refund(session, refund_id=row.id, stripe_refund=f"re_{row.id}", now=now())
    elif event in INVOICE_EVENTS and invoices:
        INVOICE_EVENTS[event](session, invoices[number % len(invoices)], number)


def books_agree(session, fee):
    session.flush()
    balance, invoices, refunds = (
        fee_balances(session, fee),
        list_invoices(session, fee),
        payments.list_refunds(session, fee),
    )
    paid = sum(one.amount_minor for one in invoices if one.state == "paid")
    asked = sum(one.amount_minor for one in invoices if one.state in UNPAID)
    back = {kind: sum(r.amount_minor for r in refunds if r.kind == kind) for kind in ("refund", "returned")}
    done = sum(r.amount_minor for r in refunds if r.state == "done")
    payments_booked = session.scalar(
        select(func.count())
        .select_from(Posting)
        .where(Posting.fee_id == fee.id, Posting.kind.in_(("payment", "late_payment")))
    )
    assert sum(balance.values()) == 0
    assert asked == owed(session, fee).amount_minor == balance[Account.RECEIVABLE] + balance[Account.DEFERRED]
    assert min(balance[Account.RECEIVABLE], balance[Account.DEFERRED], balance[Account.CASH]) >= 0
    assert balance[Account.DEFERRED] == sum(
        i.amount_minor for i in invoices if i.state in UNPAID and i.account == "deferred"
    )
    assert balance[Account.CASH] == paid - done
    assert payments_booked == sum(1 for one in invoices if one.state == "paid")
    assert paid - back["returned"] + asked <= fee.amount_minor, "nobody is charged twice"
    assert paid >= back["refund"] + back["returned"]
    assert (fee.state == "owed") == (asked > 0)
    earned = -balance[Account.INCOME] - balance[Account.REDUCTIONS] - balance[Account.WRITTEN_OFF]
    assert earned == paid - back["returned"] + asked, "every fen is explained"


@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 200_000), st.lists(EVENTS, max_size=8))
def test_whatever_happens_in_whatever_order_the_books_agree(case, fen, events):
    with unit_of_work(lawyer_scope(case)) as session:
        fee = owed_fee(session, case, fen=fen)
        for event, number in events:
            try:
                with session.begin_nested():
                    play(session, fee, event, number)
            except (Conflict, Invalid):
                session.refresh(fee)
            books_agree(session, fee)
        session.rollback()
        session.begin()


def test_a_fee_is_owed_once_however_often_it_is_accepted(work, case):
    fee = owed_fee(work, case)
    fee_accounts.accept_fee(work, fee_id=fee.id, now=now())
    assert owed(work, fee) == fee.amount
    assert len(unpaid(work, fee)) == 1


def test_a_reduction_leaves_one_smaller_invoice(work, case):
    fee = owed_fee(work, case, fen=99_999)
    assert apply(work, fee, HALF).let_off == Money(50_000), "half a fen counts as one"
    assert [invoice.amount for invoice in unpaid(work, fee)] == [Money(49_999)]


def test_instalments_fall_due_month_by_month_with_the_remainder_last(work, case):
    fee = owed_fee(work, case, fen=10_000)
    apply(work, fee, THREE_PARTS)
    parts = unpaid(work, fee)
    assert [part.amount_minor for part in parts] == [3333, 3333, 3334]
    assert [part.account for part in parts] == ["receivable", "deferred", "deferred"]
    assert parts[0].due_on < parts[1].due_on < parts[2].due_on


def test_a_waived_fee_is_settled_without_a_payment(work, case):
    fee = owed_fee(work, case)
    apply(work, fee, terms("waive"))
    assert (fee.state, unpaid(work, fee)) == ("settled", [])


def test_a_waiver_comes_too_late_for_a_paid_invoice(work, case):
    fee = owed_fee(work, case)
    pay(work, unpaid(work, fee)[0])
    with pytest.raises(Conflict) as refused:
        apply(work, fee, HALF)
    assert refused.value.code == "already_paid"


def test_the_same_certificate_counts_once_and_another_is_refused(work, case):
    fee = owed_fee(work, case)
    apply(work, fee, HALF)
    assert not apply(work, fee, HALF).let_off
    with pytest.raises(Conflict) as refused:
        apply(work, fee, HALF, certificate="C2")
    assert refused.value.code == "has_waiver"


def test_what_was_let_off_is_owed_again_after_a_recall(work, case):
    fee = owed_fee(work, case)
    apply(work, fee, HALF)
    for _ in range(2):
        assert fee_accounts.recall(work, fee_id=fee.id, now=now(), why="false_statement") == fee.amount
    assert fee_balances(work, fee)[Account.REDUCTIONS] == 0


def test_a_deferral_is_put_off_anew_only_for_what_is_unpaid(work, case):
    fee = owed_fee(work, case, fen=9_000)
    apply(work, fee, THREE_PARTS)
    pay(work, unpaid(work, fee)[0])
    assert fee_accounts.reset_deferral(work, fee_id=fee.id, terms=A_YEAR_LATER, now=now()) == Money(6_000)
    assert [part.amount_minor for part in unpaid(work, fee)] == [6_000]


def test_money_for_a_replaced_invoice_counts_and_what_is_too_much_goes_back(work, case):
    fee = owed_fee(work, case, fen=10_000)
    old = unpaid(work, fee)[0]
    old.state, old.tries = "open", 1
    apply(work, fee, HALF)
    assert old.state == "voiding"
    pay(work, old)
    assert (fee.state, unpaid(work, fee)) == ("settled", [])
    assert [(row.kind, row.amount_minor) for row in payments.list_refunds(work, fee)] == [("returned", 5_000)]


def test_an_amount_that_differs_is_not_booked(work, case):
    fee = owed_fee(work, case)
    invoice = unpaid(work, fee)[0]
    for wrong in (Money(invoice.amount_minor - 1), Money(invoice.amount_minor, "HKD")):
        with pytest.raises(payments.AmountDiffers):
            payments.record_payment(work, invoice_id=invoice.id, paid=wrong, stripe_payment=None, now=now())
    assert owed(work, fee) == fee.amount


def test_more_than_was_paid_does_not_go_back(work, case):
    fee = owed_fee(work, case)
    invoice = unpaid(work, fee)[0]
    pay(work, invoice)
    payments.ask_refund(work, invoice_id=invoice.id, amount=Money(100_000), by=None, now=now())
    with pytest.raises(Invalid) as refused:
        payments.ask_refund(work, invoice_id=invoice.id, amount=Money(20_001), by=None, now=now())
    assert refused.value.faults[0].code == "more_than_paid"


def test_a_key_posts_once(work, case):
    fee = owed_fee(work, case)
    add = {"firm_id": case.firm_id, "key": "k", "kind": "fee", "amount": Money(5), "now": now(), "fee": fee}
    assert [post(work, **add), post(work, **add)] == [True, False]


@pytest.mark.parametrize("amount", [Money(0), Money(-1), Money(5, "HKD")])
def test_nothing_negative_and_no_other_currency_is_posted(work, case, amount):
    fee = owed_fee(work, case)
    with pytest.raises(InvalidMoney):
        post(work, firm_id=case.firm_id, key="x", kind="fee", amount=amount, now=now(), fee=fee)


@pytest.mark.parametrize("change", [update(Posting).values(amount_minor=1), delete(Posting)], ids=["update", "delete"])
def test_the_database_refuses_to_change_the_books(case, change):
    with pytest.raises(DBAPIError) as refused, unit_of_work(lawyer_scope(case)) as session:
        session.execute(change)
    assert "permission denied" in str(refused.value)


def test_the_accounts_of_a_firm_add_up_to_nothing(work, case):
    apply(work, owed_fee(work, case), HALF)
    pay(work, unpaid(work, owed_fee(work, case))[0])
    of_firm = firm_balances(work, firm_id=case.firm_id)
    assert sum(of_firm.values()) == 0
    assert of_firm == balances(work.execute(select(Posting.debit, Posting.credit, Posting.amount_minor)).tuples())


def test_two_decisions_at_once_come_one_after_the_other(case):
    with unit_of_work(lawyer_scope(case)) as session:
        fee = owed_fee(session, case)
    with unit_of_work(lawyer_scope(case)) as first:
        apply(first, fee, HALF, certificate="A")
        with pytest.raises(DBAPIError), unit_of_work(lawyer_scope(case)) as second:
            second.connection().exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
            apply(second, fee, HALF, certificate="B")
    with unit_of_work(lawyer_scope(case)) as third, pytest.raises(Conflict):
        apply(third, fee, HALF, certificate="B")
