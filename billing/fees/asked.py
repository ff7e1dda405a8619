"""What a body asks for a matter in its hands: at its own price of the catalogue, owed once the owner accepts it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from billing.books.accounts import OWED, Account, balances
from billing.books.ledger import fee_balances
from billing.books.models import Fee, Posting
from billing.books.money import HOME, Money
from billing.fees.catalogue import Catalogue, DatedPrice, Service
from billing.fees.firm_money import Sums, sums_of
from billing.fees.offers import quote, write_fee
from checkup.referrals.models import Referral
from checkup.referrals.moving import Taken, note_event
from checkup.referrals.states import CHARGE, MAY_CHARGE, PROVIDER
from tenants.clock import city_day, start_of
from tenants.errors import Conflict, FieldFault, Invalid


@dataclass(frozen=True)
class AskedFee:
    """As the books have it; nothing in them before the owner has accepted."""

    fee: Fee
    let_off: Money
    owed: Money
    paid: Money


def list_services(catalogue: Catalogue, slug: str, day: dt.date) -> Sequence[tuple[Service, DatedPrice]]:
    """What a body may ask for on a day; nothing where its work is free."""
    return [(service, price) for service, price in catalogue.offered_on(day) if service.by == slug]


def ask_fee(
    session: Session,
    row: Referral,
    *,
    catalogue: Catalogue,
    slug: str,
    service_id: str,
    given: str,
    actor: str,
    now: dt.datetime,
) -> Fee:
    """Under Scope(PROVIDER), `row` locked; its owner is told that there is something. No clock begins anew.

    Raises: Invalid for a service that is not this body's, or `given` without a price; Conflict `not_now` before the
    matter is taken, after it has ended, and while a fee is asked that she has not declined.
    """
    found = find_asked(session, row)
    if row.state not in MAY_CHARGE or (found is not None and found.fee.state != "declined"):
        raise Conflict("not_now")
    service = catalogue.services.get(service_id)
    if service is None or service.by != slug:
        raise Invalid((FieldFault("service", "unknown_option" if service_id else "required"),))
    price = quote(catalogue, service_id, given, day=city_day(now))
    fee = write_fee(
        session,
        service,
        price,
        now=now,
        firm_id=row.firm_id,
        checkup_id=row.checkup_id,
        business_id=row.business_id,
        owner_id=row.owner_id,
        provider_id=row.provider_id,
        referral_id=row.id,
    )
    note_event(session, row, Taken(CHARGE, PROVIDER, actor), was=row.state, now=now)
    return fee


def find_asked(session: Session, row: Referral) -> AskedFee | None:
    """The newest fee of a referral; under the scope of its body, or of its owner."""
    query = select(Fee).where(Fee.firm_id == row.firm_id, Fee.referral_id == row.id).order_by(Fee.offered_at.desc())
    fee = session.scalars(query).first()
    if fee is None:
        return None
    balance = fee_balances(session, fee)
    owed = sum(balance[account] for account in OWED)
    return AskedFee(
        fee,
        Money(balance[Account.REDUCTIONS], fee.currency),
        Money(owed, fee.currency),
        Money(balance[Account.CASH], fee.currency),
    )


def sum_up_body(session: Session, first: dt.date, after: dt.date) -> Sums:
    """Under Scope(PROVIDER): what was booked for its matters from a day to before another."""
    query = (
        select(Posting.debit, Posting.credit, func.sum(Posting.amount_minor))
        .where(Posting.at >= start_of(first), Posting.at < start_of(after), Posting.currency == HOME)
        .group_by(Posting.debit, Posting.credit)
    )
    return sums_of(balances((debit, credit, int(amount)) for debit, credit, amount in session.execute(query)))
