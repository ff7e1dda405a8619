"""The invoices of a fee: together they are always what is still owed, so nothing is asked for twice."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.books.accounts import FEE_LIFE, INVOICE_LIFE, OWED, UNPAID, Account
from billing.books.ledger import fee_balances, post
from billing.books.models import Fee, Invoice
from billing.books.money import Money
from billing.books.schedule import Part, deferred
from tenants import jobs
from tenants.rows import get_locked


def lock_fee(session: Session, fee_id: uuid.UUID) -> Fee:
    """The fee, locked: two decisions about one fee come one after the other. Raises: NotFound."""
    return get_locked(session, select(Fee).where(Fee.id == fee_id))


def list_invoices(session: Session, fee: Fee) -> Sequence[Invoice]:
    """Every invoice of a fee, replaced ones too, by day."""
    query = select(Invoice).where(Invoice.firm_id == fee.firm_id, Invoice.fee_id == fee.id)
    query = query.order_by(Invoice.planned_at, Invoice.place).execution_options(populate_existing=True)
    return session.scalars(query).all()


def owed(session: Session, fee: Fee) -> Money:
    """What the books say is still owed, now or later."""
    balance = fee_balances(session, fee)
    return Money(sum(balance[account] for account in OWED), fee.currency)


def replan(session: Session, fee: Fee, parts: tuple[Part, ...], *, now: dt.datetime) -> None:
    """Replace every unpaid invoice by these parts, and move between owed now and owed later what they say."""
    for invoice in list_invoices(session, fee):
        if invoice.state in UNPAID:
            _drop(session, invoice)
    fee.plans += 1
    shift = deferred(parts, fee.currency) - Money(fee_balances(session, fee)[Account.DEFERRED], fee.currency)
    if shift:
        kind, amount = ("deferral", shift) if shift > Money.zero(fee.currency) else ("due", -shift)
        key = f"plan:{fee.id}:{fee.plans}"
        post(session, firm_id=fee.firm_id, key=key, kind=kind, amount=amount, now=now, fee=fee)
    for place, part in enumerate(parts, start=1):
        invoice = Invoice(
            firm_id=fee.firm_id,
            fee_id=fee.id,
            owner_id=fee.owner_id,
            place=place,
            parts=len(parts),
            amount_minor=part.amount.amount_minor,
            currency=fee.currency,
            due_on=part.due_on,
            account=part.account.value,
            planned_at=now,
        )
        session.add(invoice)
        session.flush()
        jobs.defer(session, "issue_invoice", firm_id=fee.firm_id, invoice_id=invoice.id)
    close_or_reopen(session, fee)


def close_or_reopen(session: Session, fee: Fee) -> None:
    """A fee is settled exactly when nothing is owed."""
    is_owed = owed(session, fee) > Money.zero(fee.currency)
    if fee.state == "owed" and not is_owed:
        fee.state = FEE_LIFE.after(fee.state, "settle")
    elif fee.state == "settled" and is_owed:
        fee.state = FEE_LIFE.after(fee.state, "reopen")
    session.flush()


def _drop(session: Session, invoice: Invoice) -> None:
    """Void it here at once if Stripe cannot know of it, else ask Stripe first."""
    may_be_known = invoice.state == "open" or (invoice.state == "pending" and invoice.tries > 0)
    invoice.state = INVOICE_LIFE.after(invoice.state, "void_at_stripe" if may_be_known else "void")
    if may_be_known:
        jobs.defer(session, "void_invoice", firm_id=invoice.firm_id, invoice_id=invoice.id)
