"""Tables of what is known of Stripe: payers, firms' subscriptions, events once each, and where the two disagree."""

import datetime as dt
import uuid

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, FirmKey, GlobalId, OfFirm, among, of


class Payer(Base):
    """A business as Stripe knows it: a number without a name."""

    __tablename__ = "payer"
    __table_args__ = (of("business"),)
    firm_id: Mapped[FirmKey]
    business_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    stripe_customer: Mapped[str]


class FirmPlan(Base):
    """A firm's subscription as Stripe last told it; no row, or `status` not held, is the free plan.

    `seen_at`: when it was asked, so that an older answer never replaces a newer one.
    """

    __tablename__ = "firm_plan"
    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"))
    stripe_customer: Mapped[str]
    stripe_subscription: Mapped[str | None]
    plan: Mapped[str | None]
    status: Mapped[str | None]
    seats: Mapped[int] = mapped_column(default=0)
    ends_at: Mapped[dt.datetime | None]
    is_ending: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[dt.datetime | None]


class PlanVisit(OfFirm, Base):
    """The firm's way to a page of Stripe, checkout or portal: `pending` → `ready` with `url` | `failed`."""

    __tablename__ = "plan_visit"
    __table_args__ = (Index("ix_plan_visit_state", "state"),)
    kind: Mapped[str]
    plan: Mapped[str | None]
    seats: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(among("state", ("pending", "ready", "failed")), default="pending")
    url: Mapped[str | None]
    asked_by: Mapped[uuid.UUID]
    asked_at: Mapped[dt.datetime]


class StripeNotice(Base):
    """A webhook event, stored once by Stripe's id: `received` → `applied` | `ignored` | `reported`. No payload."""

    __tablename__ = "stripe_notice"
    __table_args__ = (Index("ix_stripe_notice_state", "state", "received_at"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[str]
    created: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[dt.datetime]
    state: Mapped[str] = mapped_column(
        among("state", ("received", "applied", "ignored", "reported")), default="received"
    )


class MoneyDifference(Base):
    """Where Stripe and the books disagree: reported to people, never booked. Amounts in minor units."""

    __tablename__ = "money_difference"
    __table_args__ = (UniqueConstraint("kind", "stripe_id"), Index("ix_money_difference_firm", "firm_id"))
    id: Mapped[GlobalId]
    firm_id: Mapped[uuid.UUID | None]
    kind: Mapped[str]
    stripe_id: Mapped[str]
    ours_minor: Mapped[int | None] = mapped_column(BigInteger)
    theirs_minor: Mapped[int | None] = mapped_column(BigInteger)
    found_at: Mapped[dt.datetime]
    solved_at: Mapped[dt.datetime | None]
