"""A firm's money in sums and rows: what came in, what was let off, what is owed, by whom and when."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.books.accounts import Account
from billing.books.ledger import firm_balances
from billing.books.models import Fee, Invoice
from billing.books.money import Money
from billing.fees.offers import SHOWN
from checkup.cases.models import Checkup
from tenants.models import Provider


@dataclass(frozen=True)
class Sums:
    """In fen of the home currency: what was earned at list price, let off, received, owed now and later, sent back."""

    charged: Money
    let_off: Money
    received: Money
    owed: Money
    put_off: Money
    sent_back: Money
    written_off: Money


@dataclass(frozen=True)
class InvoiceRow:
    invoice: Invoice
    fee: Fee
    case_number: str
    provider: Provider | None


def read_sums(
    session: Session,
    *,
    firm_id: uuid.UUID,
    since: dt.datetime | None = None,
    provider_id: uuid.UUID | None = None,
    only_own: bool = True,
) -> Sums:
    """The firm's own fees, or those of one provider in the firm's cases; `since` counts only what was posted later."""
    return sums_of(firm_balances(session, firm_id=firm_id, provider_id=provider_id, only_own=only_own, since=since))


def sums_of(balance: Mapping[Account, int]) -> Sums:
    """Balances of accounts, in fen, as whoever earned them reads them."""
    return Sums(
        charged=Money(-balance[Account.INCOME]),
        let_off=Money(balance[Account.REDUCTIONS]),
        received=Money(balance[Account.CASH]),
        owed=Money(balance[Account.RECEIVABLE]),
        put_off=Money(balance[Account.DEFERRED]),
        sent_back=Money(balance[Account.REFUNDS]),
        written_off=Money(balance[Account.WRITTEN_OFF]),
    )


def list_provider_sums(session: Session, *, firm_id: uuid.UUID) -> list[tuple[Provider, Sums]]:
    """The same for each provider that has a fee in the firm's cases."""
    used = select(Fee.provider_id).where(Fee.firm_id == firm_id, Fee.provider_id.is_not(None))
    providers = session.scalars(select(Provider).where(Provider.id.in_(used)).order_by(Provider.name)).all()
    return [(one, read_sums(session, firm_id=firm_id, provider_id=one.id, only_own=False)) for one in providers]


def list_invoice_rows(session: Session, *, firm_id: uuid.UUID, most: int = 200) -> Sequence[InvoiceRow]:
    """The invoices that count, the next due first."""
    query = (
        select(Invoice, Fee, Checkup.case_number, Provider)
        .select_from(Invoice)
        .join(Fee)
        .join(Checkup)
        .outerjoin(Provider, Provider.id == Fee.provider_id)
        .where(Invoice.firm_id == firm_id, Invoice.state.in_(SHOWN))
        .order_by((Invoice.state == "paid"), Invoice.due_on, Invoice.planned_at)
        .limit(most)
    )
    return [InvoiceRow(*row) for row in session.execute(query).tuples()]
