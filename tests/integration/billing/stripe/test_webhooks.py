"""Stripe's calls: signed, recent, kept once; in any order, twice, with the worker killed in between."""

import json
import os
import random
import signal
import subprocess
import sys
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from billing.books import fee_accounts, payments
from billing.books.accounts import UNPAID
from billing.books.invoicing import list_invoices
from billing.books.models import Posting
from billing.books.money import Money
from billing.stripe.differences import list_differences
from billing.stripe.models import StripeNotice
from billing.stripe.notices import apply_notice
from billing.stripe.signatures import sign
from billing.stripe.values import StripeInvoice
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import make_case, make_fee, worker_scope
from tests.patience import until
from tests.played_stripe import KEY, LATER, do, lawyer_work, pay_at, played_stripe
from tests.relieved_fees import HALF, apply
from webapp import migrating
from webapp.tasks.money import gateway_to, recover

SECRET = "whsec_test"


def event(object_kind, object_id, kind="invoice.paid"):
    made = {"id": f"evt_{uuid.uuid4().hex}", "object": "event", "type": kind, "created": int(now().timestamp())}
    return {**made, "data": {"object": {"object": object_kind, "id": object_id}}}


def call(app, body, *, secret=SECRET, at=None, header=None):
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()
    signed = header if header is not None else sign(payload, secret, at or int(now().timestamp()))
    return app.test_client().post("/webhooks/stripe", data=payload, headers={"Stripe-Signature": signed})


def notice(event_id):
    with unit_of_work(Scope(Audience.WORKER)) as session:
        return session.get(StripeNotice, event_id)


def test_a_signed_event_is_kept_once(app):
    told = event("invoice", "in_1")
    assert [call(app, told).status_code, call(app, told).status_code] == [200, 200]
    with unit_of_work(Scope(Audience.WORKER)) as session:
        count = select(func.count()).select_from(StripeNotice).where(StripeNotice.id == told["id"])
        assert session.scalar(count) == 1


@pytest.mark.parametrize(
    "how",
    [
        {"secret": "whsec_other"},
        {"at": int(now().timestamp()) - 301},
        {"at": int(now().timestamp()) + 3600},
        {"header": ""},
        {"header": "t=,v1="},
        {"header": "t=1,v1=ä".encode().decode("latin-1")},
    ],
    ids=["wrong-secret", "too-old", "from-the-future", "none", "empty", "not-ascii"],
)
def test_what_stripe_did_not_sign_just_now_is_refused(app, how):
    told = event("invoice", "in_2")
    assert call(app, told, **how).status_code == 400
    assert notice(told["id"]) is None


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"not json", b'{"id": 1, "type": 2, "created": "x", "data": null}']
)
def test_what_is_signed_and_no_event_is_refused(app, body):
    assert call(app, body).status_code == 400


def test_events_of_other_objects_are_kept_and_ignored(app):
    told = event("charge", "ch_1", "charge.succeeded")
    call(app, told)
    assert notice(told["id"]).state == "ignored"


class OneInvoice:
    """A gateway that knows one invoice."""

    def __init__(self, seen):
        self.seen = seen

    def fetch_invoice(self, stripe_id):
        return self.seen


@pytest.mark.parametrize("firm", ["", "nonsense", str(uuid.UUID(int=7))])
def test_an_event_for_an_unknown_customer_is_reported(app, firm):
    told = event("invoice", f"in_{uuid.uuid4().hex}")
    call(app, told)
    told_id = told["data"]["object"]["id"]
    seen = StripeInvoice(told_id, "paid", "cus_x", 5, 5, "CNY", "pi_x", None, None, {"famai_firm": firm})
    apply_notice(OneInvoice(seen), notice_id=told["id"], now=now())
    with unit_of_work(Scope(Audience.WORKER)) as session:
        assert [one.kind for one in list_differences(session) if one.stripe_id == told_id] == ["unknown_customer"]
    assert notice(told["id"]).state == "reported"


# --- a thousand of them -----------------------------------------------------------------------------------------

EACH, EVENTS = 10, 25
KINDS = ("created", "finalized", "updated", "sent", "paid", "payment_succeeded", "overdue", "voided")
SCENARIOS = ("open", "paid", "replaced", "sent_back")


class Scene:
    """One fee and its invoice at Stripe, where something happened that we have not heard of."""

    def __init__(self, settings, case, scenario):
        self.case, self.scenario, self.refund = case, scenario, None
        with lawyer_work(case) as session:
            self.fee = fee_accounts.accept_fee(session, fee_id=make_fee(session, case, fen=1_000).id, now=now())
            self.invoice = list_invoices(session, self.fee)[0]
        do("issue_invoice", settings, case, self.invoice)
        with unit_of_work(worker_scope(case)) as session:
            self.invoice = session.get_one(type(self.invoice), (case.firm_id, self.invoice.id))
        getattr(self, f"_{scenario}")(settings)

    def _open(self, settings):
        """Nothing happens."""

    def _paid(self, settings):
        pay_at(self.invoice.pay_url)

    def _replaced(self, settings):
        with lawyer_work(self.case) as session:
            apply(session, self.fee, HALF)
        gateway_to(settings.stripe_key, settings.stripe_url).void_invoice(self.invoice.stripe_invoice)

    def _sent_back(self, settings):
        pay_at(self.invoice.pay_url)
        gateway = gateway_to(settings.stripe_key, settings.stripe_url)
        seen = gateway.fetch_invoice(self.invoice.stripe_invoice)
        with unit_of_work(worker_scope(self.case)) as session:
            payments.record_payment(
                session, invoice_id=self.invoice.id, paid=Money(1_000), stripe_payment=seen.payment, now=now()
            )
            row = payments.ask_refund(session, invoice_id=self.invoice.id, amount=Money(400), by=None, now=now())
        params = {
            "payment_intent": seen.payment,
            "amount": 400,
            "metadata": {"famai_firm": str(self.case.firm_id), "famai_refund": str(row.id)},
        }
        self.refund = gateway.refund(params, is_repeated=False)

    def events(self):
        """So many, in the order in which they came about."""
        kinds = [KINDS[number * len(KINDS) // EVENTS] for number in range(EVENTS)]
        told = [event("invoice", self.invoice.stripe_invoice, f"invoice.{kind}") for kind in kinds]
        if self.refund is not None:
            told[-1] = event("refund", self.refund.id, "refund.updated")
        return told

    def outcome(self):
        """What the books say in the end, without ids."""
        with unit_of_work(worker_scope(self.case)) as session:
            fee = session.get_one(type(self.fee), (self.case.firm_id, self.fee.id))
            postings = session.execute(
                select(Posting.kind, Posting.amount_minor).where(Posting.fee_id == fee.id).order_by(Posting.kind)
            )
            return (
                self.scenario,
                fee.state,
                [(one.state, one.amount_minor) for one in list_invoices(session, fee) if one.state not in UNPAID],
                [(row.state, row.amount_minor) for row in payments.list_refunds(session, fee)],
                [row.tuple() for row in postings],
            )


WORK = (
    "import datetime as dt; from webapp.settings import Settings; from tenants.database import configure;"
    "from tenants.clock import now; from webapp.tasks.money import recover;"
    "made = Settings.from_env(); configure(made.lines); recover(made, now() + dt.timedelta(minutes=5))"
)


def worker_process(settings):
    """The worker's recovery alone: the shared queue also holds the city's reports."""
    env = os.environ | {
        **settings.same_city(),
        "FAMAI_STRIPE_SECRET_KEY": settings.stripe_key,
        "FAMAI_STRIPE_URL": settings.stripe_url,
    }
    return subprocess.Popen([sys.executable, "-c", WORK], env=env)


@pytest.fixture
def no_jobs_left(settings):
    """A thousand jobs would only hold up the tests that empty the queue."""
    yield
    admin = migrating.admin_engine(settings.admin_database_url)
    with admin.begin() as connection:
        connection.exec_driver_sql(
            "DELETE FROM procrastinate_jobs WHERE task_name LIKE '%%_notice' AND status = 'todo'"
        )
    admin.dispose()


def number_waiting(ids):
    with unit_of_work(Scope(Audience.WORKER)) as session:
        query = select(func.count()).select_from(StripeNotice)
        return session.scalar(query.where(StripeNotice.id.in_(ids), StripeNotice.state == "received"))


def kill_once_some_are_applied(settings, ids, few):
    """Let a worker apply a part of what waits, and kill it in the middle of its work."""
    process, before = worker_process(settings), number_waiting(ids)
    until(lambda: number_waiting(ids) <= before - few)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_a_thousand_shuffled_twice_with_the_worker_killed_end_as_in_order(app, settings, no_jobs_left):
    rng = random.Random(8)
    with played_stripe() as url:
        at_stripe = replace(settings, stripe_key=KEY, stripe_url=url)
        case = make_case(settings, "in_review", seed=888)
        scenes = [Scene(at_stripe, case, scenario) for scenario in SCENARIOS for _ in range(EACH)]
        in_order = [Scene(at_stripe, case, scenario) for scenario in SCENARIOS]
        gateway = gateway_to(KEY, url)
        for told in [one for scene in in_order for one in scene.events()]:
            call(app, told)
            apply_notice(gateway, notice_id=told["id"], now=now())
        expected = {scene.scenario: scene.outcome() for scene in in_order}
        told = [one for scene in scenes for one in scene.events()]
        ids = [one["id"] for one in told]
        assert len(ids) == 1_000
        deliveries = told * 2
        rng.shuffle(deliveries)
        for one in deliveries[:1_000]:
            assert call(app, one).status_code == 200
        kill_once_some_are_applied(at_stripe, ids, 100)
        for one in deliveries[1_000:]:
            assert call(app, one).status_code == 200
        kill_once_some_are_applied(at_stripe, ids, 100)
        while number_waiting(ids):
            recover(at_stripe, now() + LATER)
        assert [scene.outcome() for scene in scenes] == [expected[scene.scenario] for scene in scenes]
