"""A question about somebody else's case: nobody is named, a lawyer on the roster answers once, a lesson may follow."""

import re

import pytest
from sqlalchemy import select, text

from checkup.consultations.models import Consultation
from checkup.consultations.trace_rules import names_somebody
from checkup.desk.roster import plan_day
from demo.city import demo_id
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Message
from tests.factories import make_case
from tests.referring import CHIEF, refer
from tests.visits import log_in
from webapp.commands.lesson_drafts import list_drafts
from webapp.tasks.referrals import TASKS, remind_of_questions

QUESTION = "房东说到期不续，装修能不能要他赔一部分？"
PAPER = {"topic": "con", "question": QUESTION}
HUBIN = Scope(Audience.FIRM, demo_id("hubin"), demo_id("hubin:1"))


@pytest.fixture
def roster(settings):
    with unit_of_work(HUBIN) as session:
        plan_day(session, firm_id=demo_id("hubin"), day=city_day(now()), people={1: demo_id("hubin:2")})


def ask(app, **changed):
    return log_in(app, CHIEF).post("/provider/questions", data={**PAPER, **changed})


def newest():
    with unit_of_work(Scope(Audience.WORKER, demo_id("hubin"))) as session:
        return session.scalars(select(Consultation).order_by(Consultation.asked_at.desc())).first()


def answer(lawyer, row, words="看合同怎么写。没写的，一般不赔。", **more):
    return lawyer.post(f"/lawyer/questions/{row.id}", data={"answer": words, **more})


@pytest.mark.parametrize("told", ["打13800138000找她", "身份证310113198001011234", "写到a@b.cn", "王姐 面馆的事"])
def test_what_names_somebody_is_seen(told):
    assert names_somebody(told, ["王姐面馆"])
    assert not names_somebody("三年前的货款，2万元，12月到期", ["王姐面馆"])


def test_a_question_that_names_the_owner_of_a_packet_is_refused(app, settings):
    refer(settings, make_case(settings, "signed", seed=7))
    assert ask(app, question="王姐的房东不续租，怎么办？").status_code == 422
    assert ask(app).status_code == 302


def test_a_lawyer_on_the_roster_answers_and_whoever_asked_is_told(app, settings, roster):
    ask(app)
    row, lawyer = newest(), log_in(app, "lawyer1@hubin.example")
    assert QUESTION in lawyer.get("/lawyer/questions").text
    assert answer(lawyer, row, "打021-66660000问").status_code == 422
    assert answer(lawyer, row, is_lesson="yes").status_code == 302
    late = answer(lawyer, row, "慢了一步的话")
    assert (late.status_code, "慢了一步的话" in late.text) == (409, True)
    assert "一般不赔" in log_in(app, CHIEF).get("/provider/questions").text
    TASKS["tell_asker"](settings, firm_id=str(demo_id("hubin")), consultation_id=str(row.id))
    with unit_of_work(Scope(Audience.WORKER, demo_id("hubin"))) as session:
        told = session.scalars(select(Message).where(Message.template == "question_answered")).all()
    assert CHIEF in {one.recipient for one in told}
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        drafted = {one["id"]: one for one in list_drafts(session)}
    lesson = drafted[row.number.lower()]
    assert [one["zh-Hans"] for one in lesson["text"]] == ["看合同怎么写。", "没写的，一般不赔。"]


def test_another_firm_reads_what_waits_and_not_what_was_answered_elsewhere(app, roster):
    ask(app, question="员工不肯签合同，怎么办？")
    row, stranger = newest(), log_in(app, "lawyer1@jiangwan.example")
    assert row.number in stranger.get("/lawyer/questions").text
    answer(log_in(app, "lawyer1@hubin.example"), row)
    assert row.number not in stranger.get("/lawyer/questions").text


def test_whoever_is_on_call_is_reminded_while_a_question_waits(app, settings, roster):
    ask(app, question="供货商换了人，欠的货款找谁要？")
    assert remind_of_questions(settings) > 0


def test_the_operator_reads_nothing_that_is_no_lesson(app):
    ask(app, question="顾客要退办卡的钱，能不能扣？")
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        told = session.execute(text("SELECT question FROM consultation")).scalars().all()
    assert not any(re.search("办卡", one) for one in told)
