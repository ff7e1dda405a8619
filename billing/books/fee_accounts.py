"""What happens to a fee in the books: accepted, let off, put off, recalled, written off. Locked, and safe to repeat."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from billing.books.accounts import FEE_LIFE, Account
from billing.books.invoicing import list_invoices, lock_fee, owed, replan
from billing.books.ledger import fee_balances, post
from billing.books.models import Fee
from billing.books.money import Money
from billing.books.schedule import NOTICE, TERM, plan
from billing.books.terms import Relief, Terms
from tenants.clock import city_day
from tenants.errors import Conflict


@dataclass(frozen=True)
class Applied:
    """What a waiver did to one fee; nothing when the fee is of another kind or time, or has it already."""

    let_off: Money
    put_off: Money


def accept_fee(session: Session, *, fee_id: uuid.UUID, now: dt.datetime) -> Fee:
    """The owner agrees to an offered fee: it is owed, in one invoice due in two weeks. Twice changes nothing.

    Raises: NotFound, Conflict `not_now` after it was declined.
    """
    fee = lock_fee(session, fee_id)
    if fee.state in ("owed", "settled"):
        return fee
    fee.state, fee.accepted_at = FEE_LIFE.after(fee.state, "accept"), now
    post(session, firm_id=fee.firm_id, key=f"fee:{fee.id}", kind="fee", amount=fee.amount, now=now, fee=fee)
    replan(session, fee, plan(fee.amount, city_day(now) + TERM), now=now)
    return fee


def decline_fee(session: Session, *, fee_id: uuid.UUID) -> Fee:
    """The owner does not want it. Raises: NotFound, Conflict `not_now` once it is owed."""
    fee = lock_fee(session, fee_id)
    if fee.state != "declined":
        fee.state = FEE_LIFE.after(fee.state, "decline")
    return fee


def apply_terms(
    session: Session, *, fee_id: uuid.UUID, terms: Terms, certificate: str, now: dt.datetime, used_minor: int = 0
) -> Applied:
    """Let off or put off an owed fee by a certificate's terms; the same certificate a second time changes nothing.

    `used_minor`: what the certificate has let off or put off already. Raises: NotFound, Conflict `not_now` for a fee
    that nobody accepted, `already_paid` once part of it is paid, `has_waiver` under another certificate.
    """
    fee = lock_fee(session, fee_id)
    none = Applied(Money.zero(fee.currency), Money.zero(fee.currency))
    if fee.certificate == certificate or not terms.covers(fee.kind, city_day(fee.accepted_at or fee.offered_at)):
        return none
    if fee.certificate is not None:
        raise Conflict("has_waiver")
    _refuse_paid(session, fee)
    if fee.state != "owed":
        raise Conflict("not_now")
    fee.certificate = certificate
    let_off = Money(min(terms.let_off(fee.amount_minor, used_minor), owed(session, fee).amount_minor), fee.currency)
    if let_off:
        key = f"reduction:{fee.id}:{certificate}"
        post(session, firm_id=fee.firm_id, key=key, kind="reduction", amount=let_off, now=now, fee=fee, why=certificate)
    rest = owed(session, fee)
    due_on = max(city_day(fee.accepted_at or now) + TERM, city_day(now) + NOTICE)
    replan(session, fee, plan(rest, due_on, None if terms.lets_off else terms, used_minor), now=now)
    return Applied(let_off, Money(0 if terms.lets_off else terms.put_off(rest.amount_minor, used_minor), fee.currency))


def reset_deferral(session: Session, *, fee_id: uuid.UUID, terms: Terms, now: dt.datetime) -> Money:
    """Put off anew what is unpaid of a running deferral, counted from today; returns how much that is.

    Raises: NotFound, Conflict `not_now` when nothing is owed or the terms let off instead of putting off.
    """
    fee = lock_fee(session, fee_id)
    rest = owed(session, fee)
    if fee.state != "owed" or terms.relief not in (Relief.DEFER, Relief.INSTALMENTS) or not rest:
        raise Conflict("not_now")
    replan(session, fee, plan(rest, city_day(now) + NOTICE, terms), now=now)
    return rest


def recall(session: Session, *, fee_id: uuid.UUID, now: dt.datetime, why: str) -> Money:
    """Take back what a revoked certificate let off and put off: it is owed again, due in two weeks. Returns how much
    is owed now; a second recall changes nothing. `why`: a code. Raises: NotFound, Conflict `not_now`."""
    fee = lock_fee(session, fee_id)
    if fee.certificate is None:
        raise Conflict("not_now")
    balance = fee_balances(session, fee)
    let_off = Money(balance[Account.REDUCTIONS], fee.currency)
    if let_off:
        key = f"recall:{fee.id}:{fee.certificate}"
        post(session, firm_id=fee.firm_id, key=key, kind="recall", amount=let_off, now=now, fee=fee, why=why)
    if let_off or balance[Account.DEFERRED]:
        replan(session, fee, plan(owed(session, fee), city_day(now) + TERM), now=now)
    return owed(session, fee)


def write_off(session: Session, *, fee_id: uuid.UUID, now: dt.datetime, why: str) -> Money:
    """Give up what is still owed; returns it. `why`: a code. Raises: NotFound, Conflict `not_now`."""
    fee = lock_fee(session, fee_id)
    rest = owed(session, fee)
    if fee.state != "owed":
        raise Conflict("not_now")
    key = f"write_off:{fee.id}:{fee.plans}"
    post(session, firm_id=fee.firm_id, key=key, kind="write_off", amount=rest, now=now, fee=fee, why=why)
    replan(session, fee, (), now=now)
    return rest


def _refuse_paid(session: Session, fee: Fee) -> None:
    if any(invoice.state == "paid" for invoice in list_invoices(session, fee)):
        raise Conflict("already_paid")
