"""What we send fits the typed parameters of Stripe's library: the part that localstripe cannot vouch for."""

import datetime as dt
import json
import sys
import threading
import typing
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
import stripe
from stripe.params import InvoiceCreateParams, InvoiceItemCreateParams, RefundCreateParams
from stripe.params.billing_portal import SessionCreateParams as PortalParams
from stripe.params.checkout import SessionCreateParams as CheckoutParams

from billing.books.money import Money
from billing.fees.plans import PLANS
from billing.stripe.gateway import (
    StripeGateway,
    StripeRefused,
    StripeUnavailable,
    checkout_params,
    invoice_params,
    item_params,
    portal_params,
    refund_params,
)
from billing.stripe.values import read_event, read_invoice, read_subscription

ID = uuid.UUID(int=7)
DAY = dt.datetime(2026, 12, 9, tzinfo=dt.UTC)
INVOICE = invoice_params(
    customer="cus_1", firm_id=ID, invoice_id=ID, title="Famai 1/1", currency="CNY", due_at=DAY, account="acct_1"
)
CHECKOUT = checkout_params(customer="cus_1", firm_id=ID, plan=PLANS["standard"], seats=3, back="https://famai.example/")


def taken_by(shape, key):
    """What a key of this shape takes; its types are written as texts in the shape's module."""
    inner = (typing.get_args(shape.__annotations__[key]) or (shape.__annotations__[key],))[0]
    only = type("Only", (), {"__annotations__": {"key": inner}})
    return typing.get_type_hints(only, vars(sys.modules[shape.__module__]))["key"]


def in_shape(value, shape, where):
    wrong = []
    for key, inner in value.items():
        is_known = key in shape.__annotations__
        wrong += misfits(inner, taken_by(shape, key), f"{where}.{key}") if is_known else [f"{where}.{key}"]
    return wrong


def misfits(value, wanted, where=""):
    """Keys that Stripe's parameters do not know, and choices that they do not offer."""
    options = typing.get_args(wanted) if typing.get_origin(wanted) in (typing.Union, type(int | str)) else (wanted,)
    if isinstance(value, dict):
        shapes = [one for one in options if hasattr(one, "__required_keys__")]
        if not shapes:
            return [] if any(typing.get_origin(one) is dict for one in options) else [where]
        return in_shape(value, shapes[0], where)
    if isinstance(value, list):
        of = next(typing.get_args(one)[0] for one in options if typing.get_origin(one) is list)
        return [wrong for inner in value for wrong in misfits(inner, of, where)]
    literals = [
        choice for one in options if typing.get_origin(one) is typing.Literal for choice in typing.get_args(one)
    ]
    return [where] if literals and value not in literals else []


@pytest.mark.parametrize(
    ("params", "wanted"),
    [
        (INVOICE, InvoiceCreateParams),
        (item_params(customer="cus_1", invoice="in_1", title="x", amount=Money(5)), InvoiceItemCreateParams),
        (refund_params(payment="pi_1", amount=Money(5), firm_id=ID, refund_id=ID), RefundCreateParams),
        (CHECKOUT, CheckoutParams),
        (portal_params(customer="cus_1", back="https://famai.example/"), PortalParams),
    ],
    ids=["invoice", "item", "refund", "checkout", "portal"],
)
def test_what_we_send_stripes_library_knows(params, wanted):
    assert misfits(params, wanted) == []


def test_the_check_itself_sees_a_wrong_key_and_a_wrong_choice():
    wrong = {"customer": "cus_1", "colour": "green", "collection_method": "by_force", "payment_settings": {"x": 1}}
    assert misfits(wrong, InvoiceCreateParams) == [".colour", ".collection_method", ".payment_settings.x"]


@pytest.fixture
def listening():
    """A server that notes what arrives; `answer` is (status, body)."""
    noted = []

    class Noting(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            noted.append((self.path, parse_qs(body), dict(self.headers)))
            status, answer = self.server.answer
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Noting)
    server.noted = noted
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def gateway(server):
    return StripeGateway("sk_test_x", f"http://127.0.0.1:{server.server_port}")


def test_checkout_asks_for_a_monthly_price_per_seat(listening):
    listening.answer = (200, {"id": "cs_1", "object": "checkout.session", "url": "https://checkout.stripe.com/c/1"})
    assert gateway(listening).open_checkout(CHECKOUT, key=ID) == "https://checkout.stripe.com/c/1"
    path, sent, headers = listening.noted[0]
    assert path == "/v1/checkout/sessions"
    assert (sent["mode"], sent["line_items[0][quantity]"]) == (["subscription"], ["3"])
    assert sent["line_items[0][price_data][unit_amount]"] == ["4900"]
    assert sent["line_items[0][price_data][recurring][interval]"] == ["month"]
    assert sent["subscription_data[metadata][famai_firm]"] == [str(ID)]
    assert headers["Idempotency-Key"] == f"checkout:{ID}"


def test_the_portal_leads_back_to_the_plan(listening):
    listening.answer = (
        200,
        {"id": "bps_1", "object": "billing_portal.session", "url": "https://billing.stripe.com/p/1"},
    )
    wanted = portal_params(customer="cus_1", back="https://famai.example/firm/plan")
    assert gateway(listening).open_portal(wanted, key=ID) == "https://billing.stripe.com/p/1"
    path, sent, _ = listening.noted[0]
    assert path == "/v1/billing_portal/sessions"
    assert sent == {"customer": ["cus_1"], "return_url": ["https://famai.example/firm/plan"]}


def test_the_library_speaks_the_interface_that_this_code_was_written_for(listening):
    listening.answer = (200, {"id": "cus_1", "object": "customer"})
    gateway(listening).add_customer(key="1", metadata={"famai_firm": "1"})
    assert int(stripe.VERSION.split(".")[0]) >= 16
    assert listening.noted[0][2]["Stripe-Version"] == stripe.api_version


@pytest.mark.parametrize(
    ("status", "error", "raised"),
    [
        (400, {"type": "invalid_request_error", "code": "resource_missing"}, StripeRefused),
        (402, {"type": "card_error", "code": "card_declined"}, StripeRefused),
        (409, {"type": "invalid_request_error", "code": "idempotency_key_in_use"}, StripeUnavailable),
        (401, {"type": "invalid_request_error"}, StripeUnavailable),
        (429, {"type": "invalid_request_error"}, StripeUnavailable),
        (500, {"type": "api_error"}, StripeUnavailable),
    ],
)
def test_every_refusal_is_either_for_a_person_or_for_later(listening, status, error, raised):
    listening.answer = (status, {"error": error})
    with pytest.raises(raised):
        gateway(listening).add_customer(key="1", metadata={"famai_firm": "1"})


def test_todays_and_the_older_shape_of_an_invoice_are_read_alike():
    base = {
        "id": "in_1", "status": "paid", "customer": "cus_1", "total": 5, "amount_paid": 5, "currency": "cny",
        "hosted_invoice_url": "https://x", "metadata": {},
    }  # fmt: skip
    today = {
        "payments": {"data": [{"status": "paid", "payment": {"payment_intent": "pi_1"}}]},
        "parent": {"subscription_details": {"subscription": "sub_1"}},
    }
    older = {"payment_intent": {"id": "pi_1"}, "subscription": "sub_1"}
    assert read_invoice({**base, **today}) == read_invoice({**base, **older})


def test_todays_and_the_older_shape_of_a_subscription_are_read_alike():
    base = {"id": "sub_1", "status": "active", "customer": "cus_1", "metadata": {}}
    today = {"items": {"data": [{"quantity": 3, "current_period_end": 9}]}}
    older = {"items": {"data": [{"quantity": 3}]}, "current_period_end": 9}
    assert read_subscription({**base, **today}) == read_subscription({**base, **older})


def test_an_event_is_a_notice_about_an_object():
    read = read_event(
        {"id": "evt_1", "type": "invoice.paid", "created": 5, "data": {"object": {"object": "invoice", "id": "in_1"}}}
    )
    assert (read.object_kind, read.object_id) == ("invoice", "in_1")
