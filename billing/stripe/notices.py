"""Webhook events: stored once, then the object they speak of is fetched and brought into the books.

What an event says of the object is not used, so their order does not matter; a worker that dies in between finds
the event still `received`.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from billing.stripe.bookings import (
    find_plan_of,
    observe_invoice,
    observe_refund,
    observe_subscription,
    observe_subscription_invoice,
)
from billing.stripe.differences import report
from billing.stripe.models import StripeNotice
from billing.stripe.values import FIRM, StripeEvent, StripeInvoice, StripeRefund, StripeSubscription
from tenants import jobs
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm

FOLLOWED = ("invoice", "refund", "subscription")
Seen = StripeInvoice | StripeRefund | StripeSubscription


class Fetches(Protocol):
    """The part of the gateway that reads."""

    def fetch_invoice(self, stripe_id: str) -> StripeInvoice: ...
    def fetch_refund(self, stripe_id: str) -> StripeRefund: ...
    def fetch_subscription(self, stripe_id: str) -> StripeSubscription: ...


def store_notice(session: Session, *, event: StripeEvent, now: dt.datetime) -> bool:
    """Keep an event and ask the worker to apply it; False for one that came before, which changes nothing."""
    row = {
        "id": event.id,
        "kind": event.kind,
        "object_kind": event.object_kind,
        "object_id": event.object_id,
        "created": event.created,
        "received_at": now,
        "state": "received" if event.object_kind in FOLLOWED else "ignored",
    }
    is_new = session.execute(insert(StripeNotice).values(row).on_conflict_do_nothing()).rowcount  # type: ignore[attr-defined]  # a write's
    if is_new and row["state"] == "received":
        jobs.defer(session, "apply_notice", notice_id=event.id)
    return bool(is_new)


def apply_notice(gateway: Fetches, *, notice_id: str, now: dt.datetime) -> None:
    """Fetch the object and follow it; twice changes nothing. Raises: StripeUnavailable, then it stays `received`."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        row = session.get(StripeNotice, notice_id)
        if row is None or row.state != "received":
            return
    seen = fetch(gateway, row.object_kind, row.object_id)
    firm_id = firm_of(seen)
    with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
        is_followed = follow(session, seen=seen, firm_id=firm_id, now=now)
        session.get_one(StripeNotice, notice_id).state = "applied" if is_followed else "reported"


def list_waiting(session: Session, *, before: dt.datetime, most: int = 500) -> Sequence[str]:
    """Events that were stored and not applied, oldest first."""
    query = select(StripeNotice.id).where(StripeNotice.state == "received", StripeNotice.received_at < before)
    return session.scalars(query.order_by(StripeNotice.received_at).limit(most)).all()


def fetch(gateway: Fetches, object_kind: str, object_id: str) -> Seen:
    """The object as it stands at Stripe now."""
    if object_kind == "invoice":
        return gateway.fetch_invoice(object_id)
    return gateway.fetch_refund(object_id) if object_kind == "refund" else gateway.fetch_subscription(object_id)


def firm_of(seen: Seen) -> uuid.UUID | None:
    """The firm that an object names, or whose subscription an invoice is for; None is nobody's."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        if isinstance(seen, StripeInvoice) and seen.subscription is not None:
            plan = find_plan_of(session, seen.customer)
            return None if plan is None else plan.firm_id
        try:
            firm = session.get(Firm, uuid.UUID(seen.metadata.get(FIRM, "")))
        except ValueError:
            return None
        return None if firm is None else firm.id


def follow(session: Session, *, seen: Seen, firm_id: uuid.UUID | None, now: dt.datetime) -> bool:
    """Bring one object into the books, in the worker's scope of its firm; False when it was reported instead."""
    if firm_id is None:
        report(session, kind="unknown_customer", stripe_id=seen.id, firm_id=None, now=now)
        return False
    if isinstance(seen, StripeRefund):
        return observe_refund(session, firm_id=firm_id, seen=seen, now=now)
    if isinstance(seen, StripeSubscription):
        return observe_subscription(session, firm_id=firm_id, seen=seen, as_of=now)
    if seen.subscription is not None:
        plan = find_plan_of(session, seen.customer)
        return plan is not None and observe_subscription_invoice(session, plan=plan, seen=seen, now=now)
    return observe_invoice(session, firm_id=firm_id, seen=seen, now=now)
