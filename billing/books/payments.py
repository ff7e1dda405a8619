"""Money that came in and money that goes back, booked once each."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from billing.books.accounts import INVOICE_LIFE, UNPAID, Account
from billing.books.invoicing import close_or_reopen, list_invoices, lock_fee, owed, replan
from billing.books.ledger import post
from billing.books.models import Fee, Invoice, Refund
from billing.books.money import Money
from billing.books.schedule import Part
from tenants import jobs
from tenants.base import new_id
from tenants.clock import city_day
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.rows import get_one


class AmountDiffers(Conflict):
    """What Stripe says was paid is not what the invoice asks for: reported, never booked."""

    def __init__(self) -> None:
        super().__init__("amount_differs")


def lock_invoice(session: Session, invoice_id: uuid.UUID) -> tuple[Fee, Invoice]:
    """An invoice with its fee, both locked by the fee. Raises: NotFound."""
    fee_id = get_one(session, select(Invoice.fee_id).where(Invoice.id == invoice_id))
    fee = lock_fee(session, fee_id)
    found = session.get_one(Invoice, (fee.firm_id, invoice_id), populate_existing=True)
    return fee, found


def record_payment(
    session: Session, *, invoice_id: uuid.UUID, paid: Money, stripe_payment: str | None, now: dt.datetime
) -> bool:
    """Book that an invoice is paid in full; False when it is in the books already.

    Money for an invoice that has been replaced counts too: what is still asked for shrinks, and what is too much
    goes back by itself. Raises: NotFound, AmountDiffers.
    """
    fee, invoice = lock_invoice(session, invoice_id)
    if invoice.state == "paid":
        return False
    if paid != invoice.amount:
        raise AmountDiffers
    was, invoice.state = invoice.state, INVOICE_LIFE.after(invoice.state, "pay")
    invoice.paid_at, invoice.stripe_payment = now, stripe_payment
    is_late = invoice.account == Account.DEFERRED and was in UNPAID
    kind = "late_payment" if is_late else "payment"
    post(session, firm_id=fee.firm_id, key=f"pay:{invoice.id}", kind=kind, amount=paid, now=now, fee=fee)
    session.flush()
    if was not in UNPAID:
        _shrink(session, fee, invoice, now)
    close_or_reopen(session, fee)
    return True


def _shrink(session: Session, fee: Fee, paid: Invoice, now: dt.datetime) -> None:
    """After money for a replaced invoice: ask for the rest only, as late as it was due; send back what is too much."""
    rest, today = owed(session, fee), city_day(now)
    if rest < Money.zero(fee.currency):
        key = f"overpaid:{paid.id}"
        post(session, firm_id=fee.firm_id, key=key, kind="overpaid", amount=-rest, now=now, fee=fee)
        _add_refund(session, paid, -rest, kind="returned", by=None, now=now)
    last = max((one.due_on for one in list_invoices(session, fee) if one.state in UNPAID), default=today)
    is_left = rest > Money.zero(fee.currency)
    account = Account.DEFERRED if last > today else Account.RECEIVABLE
    replan(session, fee, (Part(rest, last, account),) if is_left else (), now=now)


def ask_refund(
    session: Session, *, invoice_id: uuid.UUID, amount: Money, by: uuid.UUID | None, now: dt.datetime
) -> Refund:
    """Send money back to the owner; booked when Stripe has done it.

    Raises: NotFound, Conflict `not_now` for an unpaid invoice, Invalid `amount` above what is left of the payment.
    """
    _, invoice = lock_invoice(session, invoice_id)
    if invoice.state != "paid":
        raise Conflict("not_now")
    left = invoice.amount - refunded(session, invoice)
    if amount.currency != invoice.currency or amount <= Money.zero(amount.currency):
        raise Invalid((FieldFault("amount", "not_money"),))
    if amount > left:
        raise Invalid((FieldFault("amount", "more_than_paid", {"most": left.written()}),))
    return _add_refund(session, invoice, amount, kind="refund", by=by, now=now)


def refunded(session: Session, invoice: Invoice) -> Money:
    """What went back or is on its way."""
    query = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
        Refund.firm_id == invoice.firm_id, Refund.invoice_id == invoice.id, Refund.state != "refused"
    )
    return Money(int(session.scalar(query) or 0), invoice.currency)


def list_refunds(session: Session, fee: Fee) -> Sequence[Refund]:
    """The refunds of a fee, oldest first."""
    query = select(Refund).where(Refund.firm_id == fee.firm_id, Refund.fee_id == fee.id)
    return session.scalars(query.order_by(Refund.asked_at, Refund.id)).all()


def record_refund(session: Session, *, refund_id: uuid.UUID, stripe_refund: str, now: dt.datetime) -> bool:
    """Book that a refund is done; False when it is in the books already. Raises: NotFound."""
    row = get_one(session, select(Refund).where(Refund.id == refund_id))
    fee = lock_fee(session, row.fee_id)
    session.refresh(row)
    if row.state == "done":
        return False
    row.state, row.stripe_refund, row.done_at = "done", stripe_refund, now
    amount = Money(row.amount_minor, row.currency)
    post(session, firm_id=row.firm_id, key=f"refund:{row.id}", kind=row.kind, amount=amount, now=now, fee=fee)
    session.flush()
    return True


def _add_refund(
    session: Session, invoice: Invoice, amount: Money, *, kind: str, by: uuid.UUID | None, now: dt.datetime
) -> Refund:
    row = Refund(
        firm_id=invoice.firm_id,
        id=new_id(),
        invoice_id=invoice.id,
        fee_id=invoice.fee_id,
        owner_id=invoice.owner_id,
        kind=kind,
        amount_minor=amount.amount_minor,
        currency=amount.currency,
        asked_by=by,
        asked_at=now,
    )
    session.add(row)
    session.flush()
    jobs.defer(session, "send_refund", firm_id=row.firm_id, refund_id=row.id)
    return row
