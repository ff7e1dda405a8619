"""What localstripe lacks of Stripe's objects: one-off invoices, voiding, announced refunds, Checkout and the portal."""

from types import SimpleNamespace

from aiohttp import web
from localstripe import resources
from localstripe.errors import UserError
from localstripe.server import get_post_data, json_response, unflatten_data
from localstripe.webhooks import schedule_webhook

from tenants.clock import now

BASE = "http://127.0.0.1"
resources.time = SimpleNamespace(time=lambda: now().timestamp())  # the city's clock, which may stand
CARD, DECLINED = "4242424242424242", "4000000000000341"


class FeeInvoice(resources.Invoice):
    """An invoice that belongs to no subscription, due on a day, paid at a page."""

    def __init__(self, *, customer: str, currency: str, due_date: str, description: str, metadata: dict) -> None:
        super().__init__(customer=customer, description=description, metadata=metadata)
        self.currency, self.due_date, self.collection_method = currency, int(due_date), "send_invoice"
        self.attempted, self.attempt_count = False, 0

    @property
    def hosted_invoice_url(self) -> str | None:
        return None if self._draft else f"{BASE}/pay/{self.id}"

    @property
    def amount_paid(self) -> int:
        return self.total if self.status == "paid" else 0

    @property
    def payments(self) -> dict:
        """Today's place of what paid an invoice."""
        paid = {"status": "paid", "payment": {"type": "payment_intent", "payment_intent": self.payment_intent}}
        return {"object": "list", "data": [paid] if self.status == "paid" else []}

    def _pay(self, number: str) -> None:
        """With the card of this number. Raises: UserError 402 when it is declined, 400 when nothing is to pay."""
        if self.status != "open":
            raise UserError(400, "This invoice cannot be paid")
        method = add_card(self.customer, number)
        intent = resources.PaymentIntent(
            amount=self.total, currency=self.currency, customer=self.customer, payment_method=method.id
        )
        self.payment_intent, intent.invoice = intent.id, self.id
        intent._confirm(on_failure_now=lambda: None)
        if intent.status != "succeeded":
            raise UserError(402, "Your card was declined.", {"code": "card_declined"})
        announce("invoice.paid", self)


def add_card(customer: str, number: str) -> resources.PaymentMethod:
    """A card of this customer, used for what it pays from now on."""
    card = {"number": number, "exp_month": "12", "exp_year": "2040", "cvc": "123"}
    method = resources.PaymentMethod(type="card", card=card)
    resources.PaymentMethod._api_attach(method.id, customer=customer)
    owner = resources.Customer._api_retrieve(customer)
    owner.invoice_settings["default_payment_method"] = method.id
    return method


def announce(kind: str, about: resources.StripeObject) -> None:
    schedule_webhook(resources.Event(kind, about))


async def _create_invoice(request: web.Request) -> web.Response:
    data = await get_post_data(request)
    known = ("customer", "currency", "due_date", "description", "metadata")
    return json_response(FeeInvoice(**{name: data.get(name) for name in known})._export())


async def _create_item(request: web.Request) -> web.Response:
    item = resources.InvoiceItem(**await get_post_data(request))
    invoice = resources.Invoice._api_retrieve(item.invoice)
    if invoice.status != "draft":
        raise UserError(400, "This invoice is no longer editable")
    invoice.lines._list.append(resources.InvoiceLineItem(item))
    return json_response(item._export())


async def _finalize(request: web.Request) -> web.Response:
    invoice = resources.Invoice._api_retrieve(request.match_info["id"])
    if invoice._draft:
        invoice._finalize()
        announce("invoice.finalized", invoice)
    return json_response(invoice._export())


async def _void(request: web.Request) -> web.Response:
    invoice = resources.Invoice._api_retrieve(request.match_info["id"])
    if invoice.status != "open":
        raise UserError(400, f"You cannot void an invoice that is {invoice.status}")
    invoice._voided = True
    invoice.status_transitions["voided_at"] = int(now().timestamp())
    announce("invoice.voided", invoice)
    return json_response(invoice._export())


async def _refund(request: web.Request) -> web.Response:
    data = await get_post_data(request)
    intent = resources.PaymentIntent._api_retrieve(data["payment_intent"])
    if intent.latest_charge is None or intent.latest_charge.amount_refunded + int(data["amount"]) > intent.amount:
        raise UserError(400, "Refund amount is greater than unrefunded amount on charge")
    refund = resources.Refund(**data)
    announce("refund.created", refund)
    return json_response(refund._export())


async def _list_invoices(request: web.Request) -> web.Response:
    asked = unflatten_data(request.query)
    since = int((asked.pop("created", None) or {}).get("gte", 0))
    asked.pop("expand", None)  # the payments are always there
    found = resources.Invoice._api_list_all("/v1/invoices", **asked)
    found._list = [one for one in found._list if one.created >= since]
    return json_response(found._export())


class PageSession(resources.StripeObject):
    """A session of Checkout or of the portal: here, a page that says it stands in."""

    def __init__(self, path: str, wanted: dict) -> None:
        super().__init__()
        self.customer, self.metadata, self.wanted = wanted["customer"], wanted.get("metadata") or {}, wanted
        self.url = f"{BASE}/{path}/{self.id}"


class CheckoutSession(PageSession):
    object, _id_prefix = "checkout.session", "cs_"


class PortalSession(PageSession):
    object, _id_prefix = "billing_portal.session", "bps_"


async def _checkout(request: web.Request) -> web.Response:
    return json_response(CheckoutSession("checkout", await get_post_data(request))._export())


async def _portal(request: web.Request) -> web.Response:
    return json_response(PortalSession("portal", await get_post_data(request))._export())


def subscribe(session: CheckoutSession) -> resources.Subscription:
    """What Stripe's Checkout would do in the end."""
    line = session.wanted["line_items"][0]
    price, plan_id = line["price_data"], f"plan_{session.metadata['famai_plan']}"
    if f"plan:{plan_id}" not in resources.store:
        interval = price["recurring"]["interval"]
        resources.Plan(
            id=plan_id,
            amount=price["unit_amount"],
            currency=price["currency"],
            interval=interval,
            product={"name": price["product_data"]["name"]},
        )
    add_card(session.customer, CARD)
    items = [{"plan": plan_id, "quantity": line["quantity"]}]
    return resources.Subscription(customer=session.customer, items=items, metadata=dict(session.metadata))


def routes() -> list[web.RouteDef]:
    return [
        web.post("/v1/invoices", _create_invoice),
        web.get("/v1/invoices", _list_invoices),
        web.post("/v1/invoiceitems", _create_item),
        web.post("/v1/invoices/{id}/finalize", _finalize),
        web.post("/v1/invoices/{id}/void", _void),
        web.post("/v1/refunds", _refund),
        web.post("/v1/checkout/sessions", _checkout),
        web.post("/v1/billing_portal/sessions", _portal),
    ]
