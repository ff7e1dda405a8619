"""Fees of a case: offered with their calculation, listed for the owner and the firm, with what is due when."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from billing.books.accounts import OWED, Account
from billing.books.invoicing import list_invoices
from billing.books.ledger import fee_balances, list_postings
from billing.books.models import Fee, Invoice, Refund
from billing.books.money import Money
from billing.books.payments import list_refunds
from billing.fees.catalogue import FIRM, Catalogue, Service
from billing.fees.pricing import NoPrice, Price
from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from checkup.letters.paid_work import has_wished
from tenants.base import new_id
from tenants.clock import city_day
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.models import Provider
from tenants.numbers import mint
from tenants.providers.states import CHARGING

_NO_FEES_IN = ("started", "withdrawn")
SHOWN = ("pending", "open", "refused", "paid")


def quote(catalogue: Catalogue, service_id: str, given: str, *, day: dt.date) -> Price:
    """What a service costs on a day, line by line. Raises: Invalid with the field `service` or `given`."""
    service = catalogue.services.get(service_id)
    price = None if service is None else service.price_on(day)
    if price is None:
        raise Invalid((FieldFault("service", "unknown_option"),))
    try:
        found = price.rule.price(given)
    except NoPrice as refused:
        raise Invalid((FieldFault("given", refused.code),)) from None
    if not found.total:
        raise Invalid((FieldFault("given", "too_small", {"least": 1}),))
    return found


def get_case(session: Session, checkup_id: uuid.UUID) -> Checkup:
    """The case of a fee. Raises: NotFound, for an erased one too: its unpaid invoices live on at Stripe alone."""
    checkup = get_checkup_row(session, checkup_id)
    if checkup.state == "erased":
        raise NotFound
    return checkup


def offer_fee(
    session: Session,
    *,
    catalogue: Catalogue,
    checkup_id: uuid.UUID,
    service_id: str,
    given: str,
    by: uuid.UUID,
    now: dt.datetime,
) -> Fee:
    """Offer a service at the catalogue's price of today; it costs nothing until the owner accepts.

    A firm offers its own paid work only to an owner who, after the report was signed, chose it for that herself
    (`checkup/letters/paid_work.py`). Raises: NotFound, Invalid (`not_wished` for such an offer), Conflict `not_now`
    for a case without answers or one that is gone.
    """
    checkup = get_case(session, checkup_id)
    if checkup.state in _NO_FEES_IN:
        raise Conflict("not_now")
    price = quote(catalogue, service_id, given, day=city_day(now))
    service = catalogue.services[service_id]
    if service.by == FIRM and not has_wished(session, checkup, checkup.firm_id):
        raise Invalid((FieldFault("service", "not_wished"),))
    return write_fee(
        session,
        service,
        price,
        now=now,
        firm_id=checkup.firm_id,
        checkup_id=checkup.id,
        business_id=checkup.business_id,
        owner_id=checkup.owner_id,
        provider_id=None if service.by == FIRM else _provider_id(session, service.by),
        offered_by=by,
    )


def write_fee(session: Session, service: Service, price: Price, *, now: dt.datetime, **whose: uuid.UUID | None) -> Fee:
    """A fee that is offered, with its calculation. `whose`: the keys of its case, of its body, of who offers it."""
    fee = Fee(
        **whose,
        id=new_id(),
        number=mint("FY", at=now),
        kind=service.kind,
        service=service.id,
        amount_minor=price.total.amount_minor,
        currency=price.total.currency,
        lines=json.dumps([{"code": one.code, "params": dict(one.params), "fen": one.fen} for one in price.lines]),
        offered_at=now,
    )
    session.add(fee)
    session.flush()
    return fee


def _provider_id(session: Session, slug: str) -> uuid.UUID:
    found = session.scalars(
        select(Provider.id).where(Provider.slug == slug, Provider.state.in_(CHARGING))
    ).one_or_none()
    if found is None:
        raise Invalid((FieldFault("service", "unknown_option"),))
    return found


def bring_in_providers(session: Session, catalogue: Catalogue) -> int:
    """In the operator's scope: the catalogue's providers become rows, known ones are kept. Returns their number."""
    for one in catalogue.providers.values():
        row = {
            "id": new_id(),
            "slug": one.slug,
            "kind": one.kind,
            "name": one.name["zh-Hans"],
            "name_en": one.name["en"],
            "district": one.district,
            "phone": one.phone,
        }
        session.execute(insert(Provider).values(row).on_conflict_do_nothing(index_elements=["slug"]))
    return len(catalogue.providers)


@dataclass(frozen=True)
class FeeAccount:
    """One fee as its owner and its firm see it. `invoices`: those that count; amounts from the books."""

    fee: Fee
    provider: Provider | None
    lines: Sequence[dict[str, Any]]
    invoices: Sequence[Invoice]
    refunds: Sequence[Refund]
    let_off: Money
    put_off: Money
    owed: Money
    paid: Money
    sent_back: Money


def list_fee_accounts(session: Session, checkup_id: uuid.UUID) -> list[FeeAccount]:
    """The fees of a case, oldest first. Raises: NotFound."""
    checkup = get_case(session, checkup_id)
    query = select(Fee).where(Fee.firm_id == checkup.firm_id, Fee.checkup_id == checkup.id).order_by(Fee.offered_at)
    return [open_fee(session, fee) for fee in session.scalars(query)]


def open_fee(session: Session, fee: Fee) -> FeeAccount:
    """The books of one fee in sums."""
    balance, refunds = fee_balances(session, fee), list_refunds(session, fee)
    sums = {account: Money(abs(fen), fee.currency) for account, fen in balance.items()}
    return FeeAccount(
        fee=fee,
        provider=None if fee.provider_id is None else session.get(Provider, fee.provider_id),
        lines=json.loads(fee.lines),
        invoices=[one for one in list_invoices(session, fee) if one.state in SHOWN],
        refunds=refunds,
        let_off=sums[Account.REDUCTIONS],
        put_off=sums[Account.DEFERRED],
        owed=Money.total((sums[account] for account in OWED), fee.currency),
        paid=sums[Account.CASH],
        sent_back=Money(sum(row.amount_minor for row in refunds if row.state == "done"), fee.currency),
    )


def export_fees(session: Session, checkup_id: uuid.UUID) -> list[dict[str, Any]]:
    """The owner's own copy: each fee with its calculation, invoices, refunds and postings. Raises: NotFound."""
    return [
        {
            "number": one.fee.number,
            "service": one.fee.service,
            "state": one.fee.state,
            "amount": one.fee.amount.written(),
            "certificate": one.fee.certificate,
            "calculation": [f"{line['code']} {line['fen'] / 100:.2f}" for line in one.lines],
            "invoices": [f"{row.due_on} {row.amount.written()} {row.state}" for row in one.invoices],
            "postings": [
                f"{row.at.isoformat()} {row.kind} {Money(row.amount_minor, row.currency).written()}"
                for row in list_postings(session, one.fee)
            ],
        }
        for one in list_fee_accounts(session, checkup_id)
    ]


def schedule(accounts: Sequence[FeeAccount]) -> list[tuple[FeeAccount, Invoice]]:
    """Every invoice of a case by the day on which it is due."""
    rows = [(account, invoice) for account in accounts for invoice in account.invoices]
    return sorted(rows, key=lambda row: (row[1].due_on, row[1].planned_at, row[1].place))
