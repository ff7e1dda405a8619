"""The one door to Stripe: the typed client of the `stripe` library. Only the worker walks through it.

Every call that makes something carries our row's id as idempotency key and in the metadata, so that a call which
was cut off is found again. Names, addresses and the subject of a case never leave the house: Stripe learns a
number, an amount and a day.
"""

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import stripe
from stripe.params import InvoiceCreateParams, InvoiceItemCreateParams, InvoiceListParams, RefundCreateParams
from stripe.params.billing_portal import SessionCreateParams as PortalParams
from stripe.params.checkout import SessionCreateParams as CheckoutParams

from billing.books.money import Money
from billing.fees.plans import Plan
from billing.stripe.values import (
    FIRM,
    INVOICE,
    PLAN,
    REFUND,
    StripeInvoice,
    StripeRefund,
    StripeSubscription,
    read_invoice,
    read_refund,
    read_subscription,
)
from tenants.deadlines import in_time

SECONDS = 20  # of a call, its answer included
_PAYMENTS = ["payments"]
_FAILED = (
    stripe.APIConnectionError,
    stripe.APIError,
    stripe.AuthenticationError,  # a wrong key is mended by the operator; the rows wait
    stripe.PermissionError,
    stripe.RateLimitError,
)
_LATER = ("idempotency_key_in_use", "lock_timeout")  # an earlier call with this key is still under way
T = TypeVar("T")


class StripeUnavailable(Exception):
    """Stripe did not answer, or asks to come later: the row stays pending and the same call is made again."""


class StripeRefused(Exception):
    """Stripe will not do it; `code` says why. A person must look."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def invoice_params(
    *,
    customer: str,
    firm_id: uuid.UUID,
    invoice_id: uuid.UUID,
    title: str,
    currency: str,
    due_at: dt.datetime,
    account: str | None,
) -> InvoiceCreateParams:
    """A draft that nobody is charged for by itself: paid by the payer, by card, Alipay or WeChat Pay, until its day."""
    params: InvoiceCreateParams = {
        "customer": customer,
        "collection_method": "send_invoice",
        "auto_advance": False,
        "currency": currency.lower(),
        "description": title,
        "due_date": int(due_at.timestamp()),
        "pending_invoice_items_behavior": "exclude",
        "payment_settings": {"payment_method_types": ["card", "alipay", "wechat_pay"]},
        "metadata": {FIRM: str(firm_id), INVOICE: str(invoice_id)},
    }
    if account:
        params["on_behalf_of"] = account
        params["transfer_data"] = {"destination": account}
    return params


def item_params(*, customer: str, invoice: str, title: str, amount: Money) -> InvoiceItemCreateParams:
    return {
        "customer": customer,
        "invoice": invoice,
        "amount": amount.amount_minor,
        "currency": amount.currency.lower(),
        "description": title,
    }


def refund_params(*, payment: str, amount: Money, firm_id: uuid.UUID, refund_id: uuid.UUID) -> RefundCreateParams:
    return {
        "payment_intent": payment,
        "amount": amount.amount_minor,
        "metadata": {FIRM: str(firm_id), REFUND: str(refund_id)},
    }


def checkout_params(*, customer: str, firm_id: uuid.UUID, plan: Plan, seats: int, back: str) -> CheckoutParams:
    """A subscription by the month, so many seats."""
    metadata = {FIRM: str(firm_id), PLAN: plan.id}
    return {
        "mode": "subscription",
        "customer": customer,
        "client_reference_id": str(firm_id),
        "line_items": [
            {
                "quantity": seats,
                "price_data": {
                    "currency": plan.price.currency.lower(),
                    "unit_amount": plan.price.amount_minor,
                    "recurring": {"interval": "month"},
                    "product_data": {"name": f"Famai {plan.id}"},
                },
            }
        ],
        "metadata": metadata,
        "subscription_data": {"metadata": metadata},
        "success_url": back,
        "cancel_url": back,
    }


def portal_params(*, customer: str, back: str) -> PortalParams:
    return {"customer": customer, "return_url": back}


class _EachInTime(stripe.RequestsClient):
    """Stripe's own client limits each reply; here each call ends as a whole, on a line of its own."""

    def _request_internal(self, *args: Any, **given: Any) -> Any:
        with in_time(SECONDS) as session:
            self._thread_local.session = session
            try:
                return super()._request_internal(*args, **given)
            finally:
                self._thread_local.session = None


class StripeGateway:
    """A live client. `url` points it at another server that speaks Stripe (the demo's); empty is Stripe itself."""

    def __init__(self, key: str, url: str = "") -> None:
        self._client = stripe.StripeClient(
            key,
            base_addresses={"api": url} if url else {},
            max_network_retries=0,
            http_client=_EachInTime(timeout=SECONDS),
        )

    def add_customer(self, *, key: str, metadata: dict[str, str]) -> str:
        """A payer without name or address; `key` makes it once. Returns Stripe's id."""
        make = self._client.v1.customers.create
        return _ask(lambda: make({"metadata": metadata}, {"idempotency_key": f"customer:{key}"})).id

    def find_invoice(self, customer: str, invoice_id: uuid.UUID) -> StripeInvoice | None:
        """The invoice that an earlier, cut-off call made; read from the list, which is never late as a search is."""
        found = _ask(lambda: self._client.v1.invoices.list({"customer": customer, "limit": 100}))
        for one in found.auto_paging_iter():
            read = read_invoice(one.to_dict())
            if read.metadata.get(INVOICE) == str(invoice_id):
                return read
        return None

    def issue_invoice(self, params: InvoiceCreateParams, *, amount: Money, is_repeated: bool) -> StripeInvoice:
        """Draft, one line, finalised: open to be paid. Repeated, it goes on where it was cut off."""
        key, title = params["metadata"][INVOICE], params["description"]  # type: ignore[index]  # we always send both
        found = self.find_invoice(params["customer"], uuid.UUID(key)) if is_repeated else None
        service = self._client.v1.invoices
        draft = found or read_invoice(
            _ask(lambda: service.create(params, {"idempotency_key": f"invoice:{key}"})).to_dict()
        )
        if draft.status == "draft" and draft.total == 0:
            line = item_params(customer=draft.customer, invoice=draft.id, title=str(title), amount=amount)
            _ask(lambda: self._client.v1.invoice_items.create(line, {"idempotency_key": f"item:{key}"}))
        if draft.status == "draft":
            finalise = {"idempotency_key": f"finalize:{key}"}
            _ask(lambda: service.finalize_invoice(draft.id, {"auto_advance": False}, finalise))  # type: ignore[arg-type]  # a plain dict
        return self.fetch_invoice(draft.id)

    def fetch_invoice(self, stripe_id: str) -> StripeInvoice:
        """Raises: StripeRefused `resource_missing`."""
        return read_invoice(_ask(lambda: self._client.v1.invoices.retrieve(stripe_id, {"expand": _PAYMENTS})).to_dict())

    def void_invoice(self, stripe_id: str) -> StripeInvoice:
        """Take an unpaid invoice back; one that was paid meanwhile stays paid, and is returned as such."""
        invoice = self.fetch_invoice(stripe_id)
        if invoice.status == "draft":
            _ask(lambda: self._client.v1.invoices.delete(stripe_id))
            return invoice
        if invoice.status in ("open", "uncollectible"):
            with contextlib.suppress(StripeRefused):  # paid in this very second: read it again
                _ask(lambda: self._client.v1.invoices.void_invoice(stripe_id))
        return self.fetch_invoice(stripe_id)

    def refund(self, params: RefundCreateParams, *, is_repeated: bool) -> StripeRefund:
        """Send money back once; repeated, it first looks whether it went."""
        key = params["metadata"][REFUND]  # type: ignore[index]  # we always send it
        if is_repeated:
            for one in self.list_refunds(params["payment_intent"]):
                if one.metadata.get(REFUND) == key:
                    return one
        made = _ask(lambda: self._client.v1.refunds.create(params, {"idempotency_key": f"refund:{key}"}))
        return read_refund(made.to_dict())

    def list_refunds(self, payment: str) -> list[StripeRefund]:
        found = _ask(lambda: self._client.v1.refunds.list({"payment_intent": payment, "limit": 100}))
        return [read_refund(one.to_dict()) for one in found.auto_paging_iter()]

    def list_invoices(self, since: dt.datetime) -> Iterator[StripeInvoice]:
        """Every invoice made since, page by page."""
        params: InvoiceListParams = {
            "created": {"gte": int(since.timestamp())},
            "limit": 100,
            "expand": ["data.payments"],
        }
        found = _ask(lambda: self._client.v1.invoices.list(params))
        return (read_invoice(one.to_dict()) for one in found.auto_paging_iter())

    def fetch_refund(self, stripe_id: str) -> StripeRefund:
        return read_refund(_ask(lambda: self._client.v1.refunds.retrieve(stripe_id)).to_dict())

    def fetch_subscription(self, stripe_id: str) -> StripeSubscription:
        return read_subscription(_ask(lambda: self._client.v1.subscriptions.retrieve(stripe_id)).to_dict())

    def open_checkout(self, params: CheckoutParams, *, key: uuid.UUID) -> str:
        """The address of Stripe's page where a firm subscribes."""
        made = _ask(lambda: self._client.v1.checkout.sessions.create(params, {"idempotency_key": f"checkout:{key}"}))
        return made.url or ""

    def open_portal(self, params: PortalParams, *, key: uuid.UUID) -> str:
        """The address of Stripe's page where a firm changes or ends its subscription."""
        made = _ask(
            lambda: self._client.v1.billing_portal.sessions.create(params, {"idempotency_key": f"portal:{key}"})
        )
        return made.url


def _ask(call: Callable[[], T]) -> T:
    """Raises: StripeUnavailable, StripeRefused."""
    try:
        return call()
    except _FAILED as failed:
        raise StripeUnavailable(type(failed).__name__) from failed
    except stripe.StripeError as refused:
        if refused.code in _LATER:
            raise StripeUnavailable(refused.code) from refused
        raise StripeRefused(refused.code or type(refused).__name__) from refused
