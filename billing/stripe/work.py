"""The worker's walks to Stripe: noted as begun, committed, called with the row's id as key, the outcome stored.

A walk that was cut off anywhere is made again by the recovery with the same key; it looks first whether the call
before arrived. So each row has one object at Stripe, and each object one posting.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.books.accounts import INVOICE_LIFE
from billing.books.models import Fee, Invoice, Refund
from billing.books.money import Money
from billing.books.payments import lock_invoice
from billing.stripe.bookings import observe_invoice, observe_refund
from billing.stripe.differences import report
from billing.stripe.gateway import StripeGateway, StripeRefused, invoice_params, refund_params
from billing.stripe.models import Payer
from tenants import jobs
from tenants.clock import CITY
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Provider


@dataclass(frozen=True)
class _Wanted:
    """One invoice to be made; `customer` None: the business is not known at Stripe yet."""

    business_id: uuid.UUID
    customer: str | None
    title: str
    amount: Money
    due_at: dt.datetime
    account: str | None
    is_repeated: bool


def issue_invoice(gateway: StripeGateway, *, firm_id: uuid.UUID, invoice_id: uuid.UUID, now: dt.datetime) -> None:
    """Make a pending invoice at Stripe; one that waits for an older one to be voided stays pending.

    Raises: StripeUnavailable, then it stays pending.
    """
    scope = Scope(Audience.WORKER, firm_id)
    with unit_of_work(scope) as session:
        wanted = _begin_issue(session, invoice_id, now)
    if wanted is None:
        return
    customer = wanted.customer or _add_payer(gateway, scope, wanted.business_id)
    params = invoice_params(
        customer=customer,
        firm_id=firm_id,
        invoice_id=invoice_id,
        title=wanted.title,
        currency=wanted.amount.currency,
        due_at=wanted.due_at,
        account=wanted.account,
    )
    try:
        seen = gateway.issue_invoice(params, amount=wanted.amount, is_repeated=wanted.is_repeated)
    except StripeRefused:
        with unit_of_work(scope) as session:
            _, invoice = lock_invoice(session, invoice_id)
            if invoice.state == "pending":
                invoice.state = INVOICE_LIFE.after(invoice.state, "refuse")
            report(session, kind="refused_by_stripe", stripe_id=str(invoice_id), firm_id=firm_id, now=now)
        return
    with unit_of_work(scope) as session:
        observe_invoice(session, firm_id=firm_id, seen=seen, now=now)
        _, invoice = lock_invoice(session, invoice_id)
        if invoice.state in ("voiding", "void"):  # replaced while the call was under way
            jobs.defer(session, "void_invoice", firm_id=firm_id, invoice_id=invoice_id)


def _begin_issue(session: Session, invoice_id: uuid.UUID, now: dt.datetime) -> _Wanted | None:
    fee, invoice = lock_invoice(session, invoice_id)
    voiding = select(Invoice.id).where(
        Invoice.firm_id == fee.firm_id, Invoice.fee_id == fee.id, Invoice.state == "voiding"
    )
    if invoice.state != "pending" or session.scalars(voiding).first() is not None:
        return None
    invoice.tries += 1
    payer = session.get(Payer, (fee.firm_id, fee.business_id))
    provider = None if fee.provider_id is None else session.get_one(Provider, fee.provider_id)
    end_of_day = dt.datetime.combine(invoice.due_on, dt.time(23, 59, 59), CITY)
    return _Wanted(
        business_id=fee.business_id,
        customer=None if payer is None else payer.stripe_customer,
        title=f"Famai {fee.number} {invoice.place}/{invoice.parts}",
        amount=invoice.amount,
        due_at=max(end_of_day, now + dt.timedelta(days=1)),  # Stripe takes no day that is over
        account=None if provider is None else provider.stripe_account,
        is_repeated=invoice.tries > 1,
    )


def _add_payer(gateway: StripeGateway, scope: Scope, business_id: uuid.UUID) -> str:
    firm_id = scope.firm_id or uuid.UUID(int=0)
    made = gateway.add_customer(
        key=f"{firm_id}:{business_id}", metadata={"famai_firm": str(firm_id), "famai_business": str(business_id)}
    )
    with unit_of_work(scope) as session:
        row = session.get(Payer, (firm_id, business_id))
        if row is None:
            row = Payer(firm_id=firm_id, business_id=business_id, stripe_customer=made)
            session.add(row)
        return row.stripe_customer


def void_invoice(gateway: StripeGateway, *, firm_id: uuid.UUID, invoice_id: uuid.UUID, now: dt.datetime) -> None:
    """Take a replaced invoice back at Stripe; one that was paid meanwhile is booked as paid. Then its successors go.

    Raises: StripeUnavailable.
    """
    scope = Scope(Audience.WORKER, firm_id)
    with unit_of_work(scope) as session:
        fee, invoice = lock_invoice(session, invoice_id)
        payer = session.get(Payer, (fee.firm_id, fee.business_id))
        stripe_id, state = invoice.stripe_invoice, invoice.state
    if state not in ("voiding", "void"):
        return
    if stripe_id is None and payer is not None:
        found = gateway.find_invoice(payer.stripe_customer, invoice_id)
        stripe_id = None if found is None else found.id
    seen = None if stripe_id is None else gateway.void_invoice(stripe_id)
    with unit_of_work(scope) as session:
        if seen is not None:
            observe_invoice(session, firm_id=firm_id, seen=seen, now=now)
        fee, invoice = lock_invoice(session, invoice_id)
        if invoice.state == "voiding":
            invoice.state = INVOICE_LIFE.after(invoice.state, "void")
        _let_go_on(session, fee)


def _let_go_on(session: Session, fee: Fee) -> None:
    """The invoices that waited for this one."""
    pending = select(Invoice.id).where(
        Invoice.firm_id == fee.firm_id, Invoice.fee_id == fee.id, Invoice.state == "pending"
    )
    for invoice_id in session.scalars(pending):
        jobs.defer(session, "issue_invoice", firm_id=fee.firm_id, invoice_id=invoice_id)


def send_refund(gateway: StripeGateway, *, firm_id: uuid.UUID, refund_id: uuid.UUID, now: dt.datetime) -> None:
    """Send money back; booked when Stripe says that it is done. Raises: StripeUnavailable, then it stays pending."""
    scope = Scope(Audience.WORKER, firm_id)
    with unit_of_work(scope) as session:
        row = session.get_one(Refund, (firm_id, refund_id))
        payment = session.get_one(Invoice, (firm_id, row.invoice_id)).stripe_payment
        if row.state != "pending" or payment is None:
            return
        row.tries += 1
        is_repeated, amount = row.tries > 1, Money(row.amount_minor, row.currency)
    params = refund_params(payment=payment, amount=amount, firm_id=firm_id, refund_id=refund_id)
    try:
        seen = gateway.refund(params, is_repeated=is_repeated)
    except StripeRefused:
        with unit_of_work(scope) as session:
            session.get_one(Refund, (firm_id, refund_id)).state = "refused"
            report(session, kind="refund_failed", stripe_id=str(refund_id), firm_id=firm_id, now=now)
        return
    with unit_of_work(scope) as session:
        observe_refund(session, firm_id=firm_id, seen=seen, now=now)
