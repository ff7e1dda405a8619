"""The ledger: postings are added, never changed; a key that was posted already adds nothing."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from billing.books.accounts import POSTINGS, Account, balances
from billing.books.models import Fee, Posting
from billing.books.money import HOME, InvalidMoney, Money
from tenants.base import new_id


def post(
    session: Session,
    *,
    firm_id: uuid.UUID,
    key: str,
    kind: str,
    amount: Money,
    now: dt.datetime,
    fee: Fee | None = None,
    why: str = "",
) -> bool:
    """Add one posting; False when this key is in the books already (a retry, a duplicate), which changes nothing.

    Raises: InvalidMoney `negative` for an amount that is not above zero, `mixed_currencies` for another currency.
    """
    if amount.amount_minor <= 0:
        raise InvalidMoney("negative")
    if fee is not None and fee.currency != amount.currency:
        raise InvalidMoney("mixed_currencies")
    debit, credit = POSTINGS[kind]
    row = {
        "firm_id": firm_id,
        "id": new_id(),
        "key": key,
        "kind": kind,
        "fee_id": None if fee is None else fee.id,
        "owner_id": None if fee is None else fee.owner_id,
        "debit": debit.value,
        "credit": credit.value,
        "amount_minor": amount.amount_minor,
        "currency": amount.currency,
        "at": now,
        "why": why,
    }
    done = session.execute(
        insert(Posting).values(row).on_conflict_do_nothing(index_elements=["firm_id", "key"]).returning(Posting.id)
    )
    return done.first() is not None


def fee_balances(session: Session, fee: Fee) -> dict[Account, int]:
    """Every account of one fee, in fen."""
    query = select(Posting.debit, Posting.credit, Posting.amount_minor).where(
        Posting.firm_id == fee.firm_id, Posting.fee_id == fee.id
    )
    return balances(session.execute(query).tuples())


def firm_balances(
    session: Session,
    *,
    firm_id: uuid.UUID,
    business_id: uuid.UUID | None = None,
    provider_id: uuid.UUID | None = None,
    only_own: bool = False,
    since: dt.datetime | None = None,
    currency: str = HOME,
) -> dict[Account, int]:
    """Every account of a firm, or of one business or provider at it, in fen; `only_own`: without providers' fees."""
    query = (
        select(Posting.debit, Posting.credit, func.sum(Posting.amount_minor))
        .outerjoin(Fee)
        .where(Posting.firm_id == firm_id, Posting.currency == currency)
        .group_by(Posting.debit, Posting.credit)
    )
    if business_id is not None:
        query = query.where(Fee.business_id == business_id)
    if provider_id is not None:
        query = query.where(Fee.provider_id == provider_id)
    if only_own:
        query = query.where(Posting.fee_id.is_not(None), Fee.provider_id.is_(None))
    if since is not None:
        query = query.where(Posting.at >= since)
    return balances((debit, credit, int(amount)) for debit, credit, amount in session.execute(query))


def list_postings(session: Session, fee: Fee) -> Sequence[Posting]:
    """A fee's postings in the order they came."""
    query = select(Posting).where(Posting.firm_id == fee.firm_id, Posting.fee_id == fee.id)
    return session.scalars(query.order_by(Posting.at, Posting.id)).all()
