"""The Monday's mail to lawyers with open work, and its switch; the switch of single keys."""

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import delete, select

from bureau.hours.models import HourEntry
from bureau.hours.totals import count_waiting
from checkup.cases.models import Checkup
from checkup.desk.digests import send_digests
from demo.city import demo_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Business, Message
from tests.factories import find_no_conflict, make_case, worker_scope
from tests.visits import log_in
from webapp.tasks.desk import mail_weekly

FIRM, LAWYER = demo_id("hubin"), "lawyer1@hubin.example"
WEEK = dt.timedelta(days=7)


def send(at, hours=None):
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        return send_digests(session, firm_id=FIRM, hours=hours or {}, link="https://famai.example", now=at)


def mails(to=LAWYER):
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        query = select(Message.body).where(Message.firm_id == FIRM, Message.subject.contains("这一周"))
        return session.scalars(query.where(Message.recipient == to)).all()


@pytest.fixture(autouse=True)
def _no_mail_yet(settings):
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        session.execute(delete(Message).where(Message.firm_id == FIRM, Message.subject.contains("这一周")))


def number_of(case):
    with unit_of_work(worker_scope(case)) as session:
        return session.get_one(Checkup, (case.firm_id, case.checkup_id)).case_number


def test_a_lawyer_is_told_her_cases_by_number_without_a_name(settings):
    case = make_case(settings, "in_review", seed=3)
    send(now())
    (body,) = mails()
    assert number_of(case) in body
    with unit_of_work(worker_scope(case)) as session:
        names = session.scalars(select(Business.name).where(Business.firm_id == FIRM)).all()
    assert names
    assert not any(name in body for name in names)


def test_one_mail_a_week_however_often_the_job_runs(settings):
    make_case(settings, "in_review", seed=3)
    for _ in range(2):
        mail_weekly(settings)
    assert len(mails()) == 1
    send(now() + WEEK)
    assert len(mails()) == 2


def test_hours_that_wait_are_counted(settings):
    send(now(), {demo_id("hubin:1"): 4})
    assert "等您看的公益工时：4条。" in mails()[0]


def test_whoever_has_no_open_work_gets_no_mail():
    with unit_of_work(Scope(Audience.WORKER, demo_id("suzhouhe"))) as session:
        assert send_digests(session, firm_id=demo_id("suzhouhe"), hours={}, link="", now=now()) == 0


def test_the_account_page_switches_it_off_and_on(app, settings):
    make_case(settings, "in_review", seed=3)
    client = log_in(app, LAWYER)
    assert "每周一的邮件" in client.get("/auth/account").text
    client.post("/auth/account/weekly", data={"weekly": "off"})
    send(now())
    assert mails() == []
    client.post("/auth/account/weekly", data={"weekly": "on"})
    send(now())
    assert len(mails()) == 1


def test_the_worker_counts_the_hours_that_wait(settings):
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        found = count_waiting(session, firm_id=FIRM)
        query = select(HourEntry.lawyer_id).where(HourEntry.state.in_(("suggested", "questioned")))
        waiting = session.scalars(query.where(HourEntry.firm_id == FIRM)).all()
    assert waiting
    assert found == Counter(waiting)


def test_every_page_with_single_keys_lists_them_and_can_switch_them_off(app, settings):
    client = log_in(app, LAWYER)
    waiting, mine = make_case(settings, seed=4), make_case(settings, "in_review", seed=5)
    find_no_conflict(settings, mine, mine.lawyer_id)
    for path in ("", f"checkups/{waiting.checkup_id}/names", f"checkups/{mine.checkup_id}"):
        page = client.get(f"/lawyer/{path}").text
        assert 'id="keys-on"' in page, path
        assert "<kbd>" in page, path
        assert "key_switch.js" in page, path
