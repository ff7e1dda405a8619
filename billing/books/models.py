"""Tables of fees: who is owed what, in which invoices, and every posting. Amounts in whole fen.

They hold numbers and codes, never content of the case. Postings are only ever added.
"""

import datetime as dt
import uuid

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

import checkup.cases.models  # noqa: F401 - refers to its tables
import checkup.referrals.models  # noqa: F401 - and to its
from billing.books.accounts import FEE_LIFE, INVOICE_LIFE, REFUND_STATES
from billing.books.money import Money
from tenants.base import Base, FirmKey, OfFirm, among, new_id, of


class Fee(Base):
    """One fee of one case: offered with its calculation, owed once the owner accepts. `provider_id` None: the firm's.

    `referral_id`: of the matter for which a body asks it itself, once at a time. `lines` is the calculation as JSON;
    `certificate` names the waiver certificate whose terms were applied; `plans` counts how often the invoices were
    planned anew.
    """

    __tablename__ = "fee"
    __table_args__ = (
        of("checkup"),
        of("business"),
        of("referral"),
        Unique("firm_id", "number"),
        Index("ix_fee_checkup", "firm_id", "checkup_id"),
        Index("ix_fee_referral", "firm_id", "referral_id"),
        Index("uq_fee_referral", "firm_id", "referral_id", unique=True, postgresql_where=text("state <> 'declined'")),
        CheckConstraint("amount_minor > 0", name="amount"),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    checkup_id: Mapped[uuid.UUID]
    business_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    provider_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("provider.id"))
    referral_id: Mapped[uuid.UUID | None]
    number: Mapped[str]
    kind: Mapped[str]
    service: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    lines: Mapped[str]
    state: Mapped[str] = mapped_column(among("state", FEE_LIFE.states), default="offered")
    certificate: Mapped[str | None]
    plans: Mapped[int] = mapped_column(SmallInteger, default=0)
    offered_by: Mapped[uuid.UUID | None]
    offered_at: Mapped[dt.datetime]
    accepted_at: Mapped[dt.datetime | None]

    @property
    def amount(self) -> Money:
        """The list price."""
        return Money(self.amount_minor, self.currency)


class Invoice(Base):
    """One part of a fee that falls due on one day: one invoice at Stripe. `account` is where its amount stands.

    `tries` counts the calls that were begun, so that a repeated call looks first whether the one before arrived.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        of("fee"),
        Unique("firm_id", "stripe_invoice"),
        Index("ix_invoice_fee", "firm_id", "fee_id"),
        Index("ix_invoice_state", "state"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    fee_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID]
    place: Mapped[int] = mapped_column(SmallInteger)
    parts: Mapped[int] = mapped_column(SmallInteger)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    due_on: Mapped[dt.date]
    account: Mapped[str] = mapped_column(default="receivable")
    state: Mapped[str] = mapped_column(among("state", INVOICE_LIFE.states), default="pending")
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    planned_at: Mapped[dt.datetime]
    stripe_invoice: Mapped[str | None]
    stripe_payment: Mapped[str | None]
    pay_url: Mapped[str | None]
    paid_at: Mapped[dt.datetime | None]

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class Refund(Base):
    """Money on its way back to the owner: `pending` → `done` | `refused`."""

    __tablename__ = "refund"
    __table_args__ = (
        of("invoice"),
        of("fee"),
        Unique("firm_id", "stripe_refund"),
        CheckConstraint("amount_minor > 0", name="amount"),
        Index("ix_refund_invoice", "firm_id", "invoice_id"),
    )
    firm_id: Mapped[FirmKey]
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    invoice_id: Mapped[uuid.UUID]
    fee_id: Mapped[uuid.UUID]
    owner_id: Mapped[uuid.UUID]
    kind: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    state: Mapped[str] = mapped_column(among("state", REFUND_STATES), default="pending")
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    stripe_refund: Mapped[str | None]
    asked_by: Mapped[uuid.UUID | None]
    asked_at: Mapped[dt.datetime]
    done_at: Mapped[dt.datetime | None]


class Posting(OfFirm, Base):
    """One amount from the credit account to the debit account. `key` is unique: what is posted twice counts once."""

    __tablename__ = "posting"
    __table_args__ = (
        of("fee"),
        Unique("firm_id", "key"),
        Index("ix_posting_fee", "firm_id", "fee_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("debit <> credit", name="two_accounts"),
    )
    key: Mapped[str]
    kind: Mapped[str]
    fee_id: Mapped[uuid.UUID | None]
    owner_id: Mapped[uuid.UUID | None]
    debit: Mapped[str]
    credit: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    at: Mapped[dt.datetime]
    why: Mapped[str] = mapped_column(default="")
