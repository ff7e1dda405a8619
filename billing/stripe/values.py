"""What Famai reads of Stripe's objects: a few frozen values, made from plain dictionaries. Pure.

Both shapes are read: today's (payments of an invoice in a list, periods on subscription items) and the older one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
FIRM, INVOICE, REFUND, PLAN = "famai_firm", "famai_invoice", "famai_refund", "famai_plan"


@dataclass(frozen=True)
class StripeInvoice:
    """An invoice as it stands at Stripe; `status`: draft, open, paid, void, uncollectible. Amounts in minor units."""

    id: str
    status: str
    customer: str
    total: int
    paid: int
    currency: str
    payment: str | None
    pay_url: str | None
    subscription: str | None
    metadata: Mapping[str, str]


@dataclass(frozen=True)
class StripeRefund:
    """`status`: pending, succeeded, failed, canceled, requires_action."""

    id: str
    status: str
    amount: int
    payment: str | None
    metadata: Mapping[str, str]


@dataclass(frozen=True)
class StripeSubscription:
    """`ends`: the end of the paid period, seconds since 1970."""

    id: str
    status: str
    customer: str
    seats: int
    ends: int | None
    is_ending: bool
    metadata: Mapping[str, str]


@dataclass(frozen=True)
class StripeEvent:
    """A notice: which object changed. What it says of the object is not used; the object is fetched."""

    id: str
    kind: str
    created: int
    object_kind: str
    object_id: str


def read_invoice(body: Json) -> StripeInvoice:
    parent = body.get("parent") or {}
    subscription = (parent.get("subscription_details") or {}).get("subscription") or body.get("subscription")
    return StripeInvoice(
        id=body["id"],
        status=body.get("status") or "draft",
        customer=_id(body.get("customer")) or "",
        total=int(body.get("total") or 0),
        paid=int(body.get("amount_paid") or 0),
        currency=str(body.get("currency") or "").upper(),
        payment=_payment(body),
        pay_url=body.get("hosted_invoice_url"),
        subscription=_id(subscription),
        metadata=dict(body.get("metadata") or {}),
    )


def read_refund(body: Json) -> StripeRefund:
    return StripeRefund(
        id=body["id"],
        status=body.get("status") or "pending",
        amount=int(body["amount"]),
        payment=_id(body.get("payment_intent")),
        metadata=dict(body.get("metadata") or {}),
    )


def read_subscription(body: Json) -> StripeSubscription:
    items = (body.get("items") or {}).get("data") or [{}]
    return StripeSubscription(
        id=body["id"],
        status=body["status"],
        customer=_id(body.get("customer")) or "",
        seats=int(items[0].get("quantity") or body.get("quantity") or 0),
        ends=items[0].get("current_period_end") or body.get("current_period_end"),
        is_ending=bool(body.get("cancel_at_period_end")),
        metadata=dict(body.get("metadata") or {}),
    )


def read_event(body: Json) -> StripeEvent:
    """Raises: KeyError, TypeError, ValueError for anything that is no event."""
    about = body["data"]["object"]
    return StripeEvent(str(body["id"]), str(body["type"]), int(body["created"]), str(about["object"]), str(about["id"]))


def _id(value: object) -> str | None:
    if isinstance(value, Mapping):
        return str(value["id"])
    return str(value) if value else None


def _payment(body: Json) -> str | None:
    """The payment intent that paid: on the invoice itself once, in its list of payments today."""
    for one in (body.get("payments") or {}).get("data") or ():
        if one.get("status") == "paid":
            return _id((one.get("payment") or {}).get("payment_intent"))
    return _id(body.get("payment_intent"))
