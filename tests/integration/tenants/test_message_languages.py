"""Whoever is written to reads it in her own language: an owner in her checkup's, staff in the pages' they read."""

import pytest
from sqlalchemy import select

from checkup.cases.models import Checkup
from checkup.correspondence.messages import write_to_owner
from checkup.desk.digests import send_digests
from checkup.review.colleagues import list_colleagues
from demo.city import PASSWORD, demo_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Message
from tests.factories import lawyer_scope, make_case, worker_scope
from tests.visits import log_in

FIRM, LAWYER, ADMIN = demo_id("hubin"), "lawyer1@hubin.example", "lawyer1@jiangwan.example"
WORKER = Scope(Audience.WORKER, FIRM)


def newest(scope, template, to):
    with unit_of_work(scope) as session:
        query = select(Message).where(Message.template == template, Message.recipient == to)
        return session.scalars(query.order_by(Message.queued_at.desc()).limit(1)).one()


def written_to(settings, locale):
    """What the owner of a checkup that she began in this language is told when her lawyer writes."""
    case = make_case(settings, "in_review", seed=11)
    with unit_of_work(worker_scope(case)) as session:
        row = session.get_one(Checkup, (case.firm_id, case.checkup_id))
        row.locale, number = locale, row.case_number
    by = {"lawyer_id": case.lawyer_id, "lawyer_name": "陈律师", "keys": settings.keyring(), "now": now()}
    with unit_of_work(lawyer_scope(case)) as session:
        write_to_owner(session, checkup_id=case.checkup_id, text="请带上合同", files=(), **by)
    return newest(worker_scope(case), "lawyer_wrote", number)


@pytest.mark.parametrize(
    ("locale", "subject"),
    [("zh-Hans", "律师给您写了消息"), ("zh-Hant", "律師給您寫了消息"), ("en", "the lawyer wrote to you")],
)
def test_an_owner_is_told_in_the_language_of_her_checkup(settings, locale, subject):
    assert written_to(settings, locale).subject.endswith(subject)


def test_a_lawyer_who_turns_her_pages_to_english_gets_english_mail(app, settings):
    make_case(settings, "in_review", seed=12)
    client = log_in(app, LAWYER)
    client.post("/language", data={"locale": "en"})
    with unit_of_work(WORKER) as session:
        send_digests(session, firm_id=FIRM, hours={}, link="https://famai.example", now=now())
    assert newest(WORKER, "weekly", LAWYER).subject.startswith("Famai: your work in the week of")


def test_logging_in_with_english_pages_is_a_wish_for_english_mail(app):
    client = app.test_client()
    client.set_cookie("lang", "en")
    client.post("/auth/login", data={"email": "lawyer2@hubin.example", "password": PASSWORD})
    with unit_of_work(WORKER) as session:
        wished = {one.email: one.locale for one in list_colleagues(session, firm_id=FIRM)}
    assert wished["lawyer2@hubin.example"] == "en"
    assert wished["lawyer3@hubin.example"] == "zh-Hans"


def test_an_invitation_is_in_the_language_of_who_invites(app):
    client = log_in(app, ADMIN)
    client.post("/language", data={"locale": "zh-Hant"})
    client.post("/firm/people/invite", data={"email": "newcomer@jiangwan.example", "role": "lawyer"})
    told = newest(Scope(Audience.WORKER, demo_id("jiangwan")), "invitation", "newcomer@jiangwan.example")
    assert "邀請您加入法脈" in told.subject
