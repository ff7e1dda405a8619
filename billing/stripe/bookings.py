"""What Stripe tells, brought into the books: states only move forward, amounts must agree, nothing is booked twice."""

import datetime as dt
import uuid
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.books.accounts import INVOICE_LIFE
from billing.books.ledger import post
from billing.books.models import Fee, Invoice, Refund
from billing.books.money import InvalidMoney, Money
from billing.books.payments import AmountDiffers, lock_invoice, record_payment, record_refund
from billing.fees.plans import HELD
from billing.stripe.differences import report, solve
from billing.stripe.models import FirmPlan, Payer
from billing.stripe.values import INVOICE, PLAN, REFUND, StripeInvoice, StripeRefund, StripeSubscription
from tenants.errors import NotFound


def observe_invoice(session: Session, *, firm_id: uuid.UUID, seen: StripeInvoice, now: dt.datetime) -> bool:
    """Bring one invoice up to what Stripe says, in the worker's scope of this firm; False when it was reported."""
    try:
        fee, invoice = lock_invoice(session, _named(seen.metadata, INVOICE))
    except NotFound:
        report(session, kind="unknown_invoice", stripe_id=seen.id, firm_id=firm_id, now=now, theirs=seen.paid)
        return False
    kind = _difference(session, fee, invoice, seen) or _follow(session, invoice, seen, now)
    if kind is None:
        solve(session, stripe_id=seen.id, now=now)
        return True
    theirs = seen.paid if seen.status == "paid" else seen.total
    ours = invoice.amount_minor
    report(session, kind=kind, stripe_id=seen.id, firm_id=firm_id, now=now, ours=ours, theirs=theirs)
    return False


def _difference(session: Session, fee: Fee, invoice: Invoice, seen: StripeInvoice) -> str | None:
    payer = session.get(Payer, (fee.firm_id, fee.business_id))
    if payer is None or payer.stripe_customer != seen.customer:
        return "unknown_customer"
    return "second_invoice" if invoice.stripe_invoice not in (None, seen.id) else None


def _follow(session: Session, invoice: Invoice, seen: StripeInvoice, now: dt.datetime) -> str | None:
    """The code of a difference, or None when ours has followed."""
    invoice.stripe_invoice, invoice.pay_url = seen.id, seen.pay_url or invoice.pay_url
    if seen.status == "paid":
        try:
            paid = Money(seen.paid, seen.currency)
            record_payment(session, invoice_id=invoice.id, paid=paid, stripe_payment=seen.payment, now=now)
        except (AmountDiffers, InvalidMoney):
            return "amount_differs"
        return None
    if seen.status == "void":
        if invoice.state in ("open", "paid"):
            return "voided_at_stripe"
        if invoice.state == "voiding":
            invoice.state = INVOICE_LIFE.after(invoice.state, "void")
    elif seen.status == "open":
        if seen.total != invoice.amount_minor:
            return "amount_differs"
        if invoice.state == "pending":
            invoice.state = INVOICE_LIFE.after(invoice.state, "issue")
    return None


def observe_refund(session: Session, *, firm_id: uuid.UUID, seen: StripeRefund, now: dt.datetime) -> bool:
    """Book a refund that Stripe has done; one that nobody here asked for, or that failed, is reported."""
    key = _named(seen.metadata, REFUND)
    row = session.scalars(select(Refund).where(Refund.firm_id == firm_id, Refund.id == key)).one_or_none()
    if row is None or row.amount_minor != seen.amount:
        report(session, kind="unknown_refund", stripe_id=seen.id, firm_id=firm_id, now=now, theirs=seen.amount)
        return False
    if seen.status == "succeeded":
        record_refund(session, refund_id=row.id, stripe_refund=seen.id, now=now)
    elif seen.status in ("failed", "canceled") and row.state == "pending":
        row.state, row.stripe_refund = "refused", seen.id
        report(session, kind="refund_failed", stripe_id=seen.id, firm_id=firm_id, now=now, ours=row.amount_minor)
        return False
    return True


def observe_subscription(session: Session, *, firm_id: uuid.UUID, seen: StripeSubscription, as_of: dt.datetime) -> bool:
    """Keep what Stripe said at `as_of` of a firm's plan; an older answer, or an ended earlier subscription, is passed
    over. False when the customer is not this firm's."""
    row = session.scalars(select(FirmPlan).filter_by(firm_id=firm_id).with_for_update()).one_or_none()
    if row is None or row.stripe_customer != seen.customer:
        report(session, kind="unknown_customer", stripe_id=seen.id, firm_id=firm_id, now=as_of)
        return False
    is_older = row.seen_at is not None and row.seen_at > as_of
    is_another = row.stripe_subscription not in (None, seen.id) and row.status in HELD and seen.status not in HELD
    if not (is_older or is_another):
        row.stripe_subscription, row.status, row.seats, row.is_ending = seen.id, seen.status, seen.seats, seen.is_ending
        row.plan = seen.metadata.get(PLAN, row.plan)
        row.ends_at = None if seen.ends is None else dt.datetime.fromtimestamp(seen.ends, dt.UTC)
        row.seen_at = as_of
    return True


def observe_subscription_invoice(session: Session, *, plan: FirmPlan, seen: StripeInvoice, now: dt.datetime) -> bool:
    """Book what a firm paid for its plan, once an invoice. False for a currency that the house does not keep."""
    if seen.status != "paid" or not seen.paid:
        return True
    key = f"subscription:{seen.id}"
    try:
        paid = Money(seen.paid, seen.currency)
    except InvalidMoney:
        report(session, kind="amount_differs", stripe_id=seen.id, firm_id=plan.firm_id, now=now, theirs=seen.paid)
        return False
    post(session, firm_id=plan.firm_id, key=key, kind="subscription", amount=paid, now=now)
    return True


def find_plan_of(session: Session, customer: str) -> FirmPlan | None:
    """The firm that Stripe knows by this number, in the worker's scope of no firm."""
    return session.scalars(select(FirmPlan).where(FirmPlan.stripe_customer == customer)).one_or_none()


def _named(metadata: Mapping[str, str], name: str) -> uuid.UUID:
    """Our row's id that Stripe carries for us; the nil id, which is nobody's, when there is none."""
    try:
        return uuid.UUID(metadata.get(name, ""))
    except ValueError:
        return uuid.UUID(int=0)
