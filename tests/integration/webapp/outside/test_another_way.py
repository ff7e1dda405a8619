"""With the SMS gateway down an owner is told by e-mail if she left one, else on her page; and the operator sees it."""

import datetime as dt
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import select, update

from checkup.cases.checkups import get_checkup_row
from checkup.fixes import reminders
from checkup.fixes.reminder_wishes import Wish
from tenants import messages
from tenants.clock import CITY, now
from tenants.database import configure, unit_of_work
from tenants.models import Message
from tests.factories import make_case, owner_scope, worker_scope
from tests.ports import free_port
from tests.post_office import open_post_office
from tests.visits import be_owner, log_in
from webapp.worker_loop import run_worker

PHONE, EMAIL = "13812345678", "wang@shop.example"


@pytest.fixture
def post_office():
    with open_post_office() as taken:
        yield taken


@pytest.fixture
def down(settings, post_office):
    """Production, whose SMS gateway does not answer."""
    return replace(
        settings,
        environment="production",
        sms_url=f"http://127.0.0.1:{free_port()}/",
        smtp_url=post_office.url,
        mail_from="famai@city.example",
    )


@pytest.fixture
def case(settings, clock_at):
    """A signed case whose notes have all arrived, and a worker with nothing to do."""
    clock_at(now().astimezone(CITY).replace(hour=12, minute=0))
    made = make_case(settings, "signed", seed=68)
    with unit_of_work(worker_scope(made)) as session:
        session.execute(update(Message).where(Message.firm_id == made.firm_id).values(delivered_at=now()))
    with psycopg.connect(settings.admin_database_url, autocommit=True) as connection:
        connection.execute("TRUNCATE procrastinate_jobs CASCADE")
    return made


def wish(settings, case, email=""):
    with unit_of_work(owner_scope(case)) as session:
        said = Wish("sms", 3, PHONE, email)
        reminders.set_wish(session, checkup_id=case.checkup_id, wish=said, keys=settings.keyring(), now=now())


def work_for_hours(made, case, clock_at):
    """The worker, whenever what waits is tried again, until nothing is on its way to a shut door."""
    for _ in range(2 * messages.TRIES_BEFORE_ANOTHER_WAY):
        with unit_of_work(worker_scope(case)) as session:
            messages.try_again(session, firm_id=case.firm_id, now=now())
        run_worker(made, wait=False)
        configure(made.lines)
        clock_at(now() + dt.timedelta(minutes=11))


def told(case, template):
    """What there is of this kind: (channel, arrived, given up)."""
    with unit_of_work(worker_scope(case)) as session:
        query = select(Message).where(Message.owner_id == case.owner_id, Message.template == template)
        rows = session.scalars(query.order_by(Message.queued_at, Message.id)).all()
        return [(one.channel, one.delivered_at is not None, one.failed_at is not None) for one in rows]


def tell(case, channel="sms"):
    with unit_of_work(worker_scope(case)) as session:
        row = get_checkup_row(session, case.checkup_id)
        told = {"count": 1, "first": dt.date(2026, 12, 1), "link": "https://famai.example"}
        messages.tell_owner(session, "fixes_due", row, channel=channel, now=now(), **told)


def test_it_goes_by_e_mail_and_the_operator_sees_both(app, settings, down, case, post_office, clock_at):
    wish(settings, case, EMAIL)
    tell(case)
    work_for_hours(down, case, clock_at)
    assert told(case, "fixes_due") == [("sms", False, True), ("email", True, False)]
    assert [to for _, to, _ in post_office.mails if to == [EMAIL]]
    board = log_in(app, "operator@famai.example").get("/operator/board").text
    assert "改走：邮件，到了" in board
    assert PHONE not in board
    assert EMAIL not in board


def test_without_an_e_mail_it_stands_on_her_page_and_rings_no_second_time(app, settings, down, case, clock_at):
    wish(settings, case)
    tell(case)
    work_for_hours(down, case, clock_at)
    assert told(case, "fixes_due") == [("sms", False, True), ("page", True, False)]
    assert told(case, "ring") == []


def test_what_rings_for_a_note_is_not_noted_twice(settings, down, case, clock_at):
    wish(settings, case)
    tell(case, channel="page")
    work_for_hours(down, case, clock_at)
    assert told(case, "fixes_due") == [("page", True, False)]
    assert told(case, "ring") == [("sms", False, False)]


def test_an_e_mail_to_an_owner_goes_to_the_address_that_she_gave(settings, down, case, post_office, clock_at):
    with unit_of_work(owner_scope(case)) as session:
        said = Wish("email", 3, EMAIL)
        reminders.set_wish(session, checkup_id=case.checkup_id, wish=said, keys=settings.keyring(), now=now())
    tell(case, channel="email")
    run_worker(down, wait=False)
    assert [EMAIL] in [to for _, to, _ in post_office.mails]


def test_she_leaves_an_e_mail_beside_her_number(app, settings, case):
    client, url = be_owner(app, case), f"/checkup/{case.checkup_id}/fixes"
    given = {"channel": "sms", "address": PHONE, "email": EMAIL, "days_before": "3"}
    assert client.post(f"{url}/reminders", data=given).status_code == 302
    with unit_of_work(owner_scope(case)) as session:
        held = reminders.get_wish(session, checkup_id=case.checkup_id, keys=settings.keyring())
    assert held == Wish("sms", 3, PHONE, EMAIL)
    assert EMAIL in client.get(url).text
