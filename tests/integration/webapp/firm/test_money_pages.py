"""Fees and plans on the screen: prices before the first question, offers, what is due, refunds, seats."""

import datetime as dt
import re
import uuid
from dataclasses import replace

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select

from billing.books import fee_accounts
from billing.books.invoicing import list_invoices
from billing.books.models import Fee
from billing.books.payments import record_payment
from billing.fees.plans import PLANS, PRO_BONO, plan_held
from billing.stripe.bookings import observe_subscription
from billing.stripe.models import FirmPlan
from billing.stripe.notices import follow
from billing.stripe.subscriptions import find_visit, read_subscription_of
from billing.stripe.values import StripeSubscription
from demo.city import demo_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Membership
from tests.factories import add_member, lawyer_scope, make_case, make_fee, worker_scope
from tests.owners import DETAILS, answer_all
from tests.played_stripe import KEY, ask, pay_at, played_stripe
from tests.visits import log_in
from webapp.commands.money import money as money_command
from webapp.tasks.money import TASKS, gateway_to

HUBIN = demo_id("hubin")


@pytest.fixture
def owner(app):
    """(client, address of her submitted checkup)"""
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    answer_all(client, url)
    client.post(f"{url}/submit")
    return client, url


@pytest.fixture
def lawyer(app):
    return log_in(app, "lawyer1@hubin.example")


def offer(lawyer, url, service="appraise-document", given="2"):
    return lawyer.post(
        f"/lawyer{url.replace('/checkup/', '/checkups/')}/fees", data={"service": service, "given": given}
    )


def test_what_is_free_and_what_is_not_stands_before_the_first_question(app):
    page = app.test_client().get("/f/hubin/start").text
    assert page.index("哪些免费，哪些要钱") < page.index("店名或公司名")
    assert "劳动争议仲裁" in page


def test_the_price_list_names_the_law_and_calculates(app):
    page = app.test_client().get("/fees?service=arbitrate&given=60000").text
    assert "人民调解法第4条" in page
    assert "¥2,950.00" in page


@pytest.mark.parametrize("given", ["-1", "0.001", "x"])
def test_a_value_that_is_none_is_refused_and_kept(app, given):
    answer = app.test_client().get(f"/fees?service=arbitrate&given={given}")
    assert answer.status_code == 422
    assert f'value="{given}"' in answer.text


def test_an_offer_costs_nothing_until_the_owner_accepts(owner, lawyer):
    client, url = owner
    assert offer(lawyer, url).status_code == 302
    page = client.get(f"{url}/fees").text
    assert "¥3,000.00" in page
    assert "现在没有要付的钱" in page
    client.post(re.search(rf"{url}/fees/[\w-]+/accept", page)[0])
    page = client.get(f"{url}/fees").text
    assert "现在没有要付的钱" not in page
    assert "付给这家机构，怎么付问他们" in page, "without Stripe nothing is collected here"


def test_the_firms_own_paid_work_is_not_offered_unless_the_owner_asked(owner, lawyer):
    answer = offer(lawyer, owner[1], service="contract-review")
    assert answer.status_code == 422


def test_a_declined_offer_is_gone_and_cannot_be_accepted(owner, lawyer):
    client, url = owner
    offer(lawyer, url)
    accept = re.search(rf"{url}/fees/[\w-]+/accept", client.get(f"{url}/fees").text)[0]
    client.post(accept.replace("/accept", "/decline"))
    assert client.post(accept).status_code == 409
    assert "¥3,000.00" not in client.get(f"{url}/fees").text


@pytest.mark.parametrize(
    ("service", "given", "says"),
    [
        ("", "1", "请填写这一项"),
        ("appraise-document", "0", "1到10000"),
        ("arbitrate", "12.345", "到分"),
        ("arbitrate", "-9", "不能小于0"),
    ],
)
def test_an_offer_that_cannot_be_priced_says_why(owner, lawyer, service, given, says):
    answer = offer(lawyer, owner[1], service, given)
    assert answer.status_code == 422
    assert says in answer.text


def test_the_owners_copy_holds_her_fees(owner, lawyer):
    client, url = owner
    offer(lawyer, url)
    (fee,) = client.get(f"{url}/mine/export.json").json["fees"]
    assert (fee["amount"], fee["state"]) == ("3,000.00", "offered")


@pytest.fixture
def paid(settings):
    """A paid invoice of the firm."""
    case = make_case(settings, "in_review", seed=515)
    with unit_of_work(lawyer_scope(case)) as session:
        fee = fee_accounts.accept_fee(session, fee_id=make_fee(session, case, fen=10_000).id, now=now())
        invoice = list_invoices(session, fee)[0]
    with unit_of_work(worker_scope(case)) as session:
        record_payment(session, invoice_id=invoice.id, paid=invoice.amount, stripe_payment="pi_x", now=now())
    return invoice


@pytest.mark.parametrize(
    ("amount", "says"),
    [("100.01", "最多能退100.00元"), ("-5", "不能小于0"), ("1.001", "到分"), ("", "请填写这一项"), ("0", "请填金额")],
)
def test_a_refund_of_a_wrong_amount_is_refused(lawyer, paid, amount, says):
    answer = lawyer.post(f"/firm/money/invoices/{paid.id}/refund", data={"amount": amount})
    assert answer.status_code == 422
    assert says in answer.text


def test_a_refund_is_asked_for_and_another_firm_cannot(app, lawyer, paid):
    other = log_in(app, "lawyer1@jiangwan.example")
    address = f"/firm/money/invoices/{paid.id}/refund"
    assert other.post(address, data={"amount": "5"}).status_code == 404
    assert lawyer.post(address, data={"amount": "5"}).status_code == 302


def test_what_is_given_up_is_no_longer_asked_for(settings, lawyer):
    case = make_case(settings, "in_review", seed=516)
    with unit_of_work(lawyer_scope(case)) as session:
        fee = fee_accounts.accept_fee(session, fee_id=make_fee(session, case, fen=10_000).id, now=now())
    address = f"/firm/money/fees/{fee.id}/write-off"
    assert [lawyer.post(address).status_code, lawyer.post(address).status_code] == [302, 409]
    with unit_of_work(lawyer_scope(case)) as session:
        assert session.scalars(select(Fee.state).where(Fee.id == fee.id)).one() == "settled"


@pytest.mark.parametrize(
    ("plan", "seats"),
    [("", "3"), ("pro-bono", "3"), ("standard", "0"), ("standard", "31"), ("standard", "x"), ("full", "1.5")],
)
def test_a_plan_that_does_not_exist_and_seats_that_do_not_are_refused(lawyer, plan, seats):
    assert lawyer.post("/firm/plan/subscribe", data={"plan": plan, "seats": seats}).status_code == 422


@pytest.fixture
def no_plan():
    yield
    with unit_of_work(Scope(Audience.WORKER, HUBIN)) as session:
        row = session.get(FirmPlan, HUBIN)
        if row is not None:
            row.plan = row.status = row.stripe_subscription = None


def visit_page(settings, lawyer, address, data=None):
    """The address of Stripe's page, after the worker's walk."""
    assert lawyer.post(address, data=data or {}).status_code == 302
    with unit_of_work(Scope(Audience.WORKER, HUBIN)) as session:
        visit = find_visit(session, firm_id=HUBIN, now=now())
    TASKS["open_plan_visit"](settings, firm_id=str(HUBIN), visit_id=str(visit.id))
    return re.search(r'href="(http://127[^"]+)"', lawyer.get("/firm/plan").text)[1]


def test_a_firm_subscribes_and_cancels_at_stripes_pages(settings, lawyer, no_plan):
    with played_stripe() as url:
        at_stripe = replace(settings, stripe_key=KEY, stripe_url=url)
        pay_at(visit_page(at_stripe, lawyer, "/firm/plan/subscribe", {"plan": "standard", "seats": "12"}), "subscribe")
        (made,) = ask(url, "/v1/subscriptions")["data"]
        hear(at_stripe, made["id"])
        page = lawyer.get("/firm/plan").text
        assert "标准版 · 有效" in page
        assert "最多12人" in page
        pay_at(visit_page(at_stripe, lawyer, "/firm/plan/portal"), "cancel")
        hear(at_stripe, made["id"])
        assert "公益版 · 已取消" in lawyer.get("/firm/plan").text


def hear(settings, subscription):
    seen = gateway_to(settings.stripe_key, settings.stripe_url).fetch_subscription(subscription)
    with unit_of_work(Scope(Audience.WORKER, HUBIN)) as session:
        follow(session, seen=seen, firm_id=HUBIN, now=now())


def told(status, **changed):
    known = {"id": "sub_1", "customer": "cus_1", "seats": 3, "ends": None, "is_ending": False}
    return StripeSubscription(**{**known, **changed, "status": status, "metadata": {"famai_plan": "standard"}})


@pytest.fixture
def subscribed(no_plan):
    with unit_of_work(Scope(Audience.WORKER, HUBIN)) as session:
        session.merge(FirmPlan(firm_id=HUBIN, stripe_customer="cus_1", seats=0, is_ending=False))


def learn(seen, at):
    with unit_of_work(Scope(Audience.WORKER, HUBIN)) as session:
        done = observe_subscription(session, firm_id=HUBIN, seen=seen, as_of=at)
    with unit_of_work(Scope(Audience.FIRM, HUBIN, demo_id("hubin:1"))) as session:
        return done, read_subscription_of(session, HUBIN)


def test_an_older_answer_never_replaces_a_newer_one(subscribed):
    at = now()
    learn(told("active"), at)
    _, held = learn(told("canceled"), at - dt.timedelta(seconds=1))
    assert held.plan is PLANS["standard"]


def test_arrears_remind_and_take_nothing_away(app, lawyer, subscribed):
    learn(told("past_due"), now())
    page = lawyer.get("/firm/plan").text
    assert "有一笔没扣成" in page
    assert "标准版" in page
    assert app.test_client().post("/f/hubin/start", data=DETAILS).status_code == 302, "a checkup goes on"


def test_even_an_unpaid_plan_never_stops_a_checkup(app, subscribed):
    _, held = learn(told("unpaid"), now())
    assert held.plan is PRO_BONO
    assert app.test_client().post("/f/hubin/start", data=DETAILS).status_code == 302


def test_another_customers_subscription_is_reported(subscribed):
    done, _ = learn(told("active", customer="cus_2"), now())
    assert done is False


def test_who_pays_for_three_may_be_as_many_as_without_paying(subscribed):
    _, held = learn(told("active", seats=3), now())
    assert held.allowed == PRO_BONO.most_seats


@pytest.fixture
def crowd():
    """As many more people in the firm as it may have without paying."""
    ids = [add_member(HUBIN, "lawyer") for _ in range(PRO_BONO.most_seats)]
    yield
    with unit_of_work(Scope(Audience.FIRM, HUBIN, demo_id("hubin:1"))) as session:
        session.execute(delete(Membership).where(Membership.firm_id == HUBIN, Membership.person_id.in_(ids)))


def test_a_plan_without_a_free_seat_takes_nobody_in(lawyer, subscribed, crowd):
    learn(told("active", seats=3), now())
    answer = lawyer.post("/firm/people/invite", data={"email": f"{uuid.uuid4().hex}@x.example", "role": "lawyer"})
    assert answer.status_code == 422
    assert "位置都满了" in answer.text


@pytest.mark.parametrize(
    ("plan", "status"), [(None, None), ("gone", "active"), ("full", "incomplete"), ("full", "canceled")]
)
def test_whatever_is_unknown_or_unpaid_is_the_free_plan(plan, status):
    assert plan_held(plan, status) is PRO_BONO


def test_a_catalogue_is_checked_by_command(tmp_path):
    broken = tmp_path / "fees.yaml"
    broken.write_text("free: []\n", encoding="utf-8")
    answer = CliRunner().invoke(money_command, ["check", str(broken)])
    assert answer.exit_code == 1
    assert "nothing is free of charge" in answer.output
