"""The operator's desk: what runs, what did not arrive, backups, tenants; never an answer, an address or a text."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import text

from cloud.cubes.act_rules import BEGUN
from cloud.cubes.acts import note_act
from cloud.cubes.models import CountedAct
from tenants.base import new_id
from tenants.clock import CITY, city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import BackupRun, Firm, Message
from tests.owners import DETAILS
from tests.visits import log_in
from webapp.app import create_app
from webapp.wording.queue_names import POINT_FAULTS, POINTS

OPERATOR = "operator@famai.example"


@pytest.fixture
def operator(app):
    return log_in(app, OPERATOR)


def test_limits_are_told_in_words(operator):
    page = operator.get("/operator/tenants").text
    assert "每1分钟2000次" in page
    assert "/minute" not in page


@pytest.fixture
def given_up(settings):
    """(firm id, message id) of an e-mail that was given up."""
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        firm_id = work.query(Firm.id).filter(Firm.slug == "hubin").scalar()
    with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as work:
        message = Message(
            firm_id=firm_id, owner_id=None, channel="email", recipient="secret@firm.example", template="invitation",
            subject="秘密标题", body="秘密正文", queued_at=now(), tries=9, fault="mailbox full", failed_at=now(),
        )  # fmt: skip
        work.add(message)
        work.flush()
        return firm_id, message.id


def test_what_did_not_arrive_is_shown_without_addressee_and_text(operator, given_up):
    page = operator.get("/operator/board").text
    assert "mailbox full" in page
    assert "不再试了" in page
    for secret in ("secret@firm.example", "秘密标题", "秘密正文"):
        assert secret not in page


@pytest.mark.parametrize("column", ["recipient", "subject", "body"])
def test_the_database_shows_the_operator_no_addressee_and_no_text(settings, column):
    with pytest.raises(Exception, match="permission denied"), unit_of_work(Scope(Audience.OPERATOR)) as work:
        work.execute(text(f"SELECT {column} FROM message"))


def test_a_message_that_was_given_up_is_tried_again_when_asked(operator, given_up, settings):
    firm_id, message_id = given_up
    assert operator.post(f"/operator/board/messages/{firm_id}/{message_id}/again").status_code == 302
    with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as work:
        message = work.get_one(Message, (firm_id, message_id))
        assert (message.failed_at, message.tries) == (None, 0)
        query = (
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'deliver_message' AND args->>'message_id' = :id"
        )
        assert work.scalar(text(query), {"id": str(message_id)}) == 1


def test_backups_are_shown_with_how_long_bringing_back_took(operator):
    assert "还没有备份" in operator.get("/operator/board").text
    with unit_of_work(Scope(Audience.WORKER)) as work:
        for fault, seconds in (("", 7), ("BackupFault: the disk is full", None)):
            work.add(
                BackupRun(id=new_id(), began_at=now(), ended_at=now(), name="x", size=2048, files=3,
                          restored_seconds=seconds, fault=fault)
            )  # fmt: skip
    page = operator.get("/operator/board").text
    assert "7秒恢复好" in page
    assert "the disk is full" in page


def test_others_do_not_see_the_desk(app):
    for email in ("officer@city.example", "lawyer1@hubin.example"):
        assert log_in(app, email).get("/operator/board").status_code == 404


def test_whatever_is_not_well_is_said_in_words_beside_what_the_machine_says(operator, monkeypatch):
    monkeypatch.setattr("webapp.views.operator.board.check_readiness", lambda _: dict.fromkeys(POINTS, "no way"))
    page = operator.get("/operator/board").text
    assert POINTS.keys() == POINT_FAULTS.keys()
    assert [words for words in POINT_FAULTS.values() if words not in page] == []
    assert page.count("<code>no way</code>") == len(POINTS)


def test_a_flood_of_beginnings_is_shown_with_its_firm_and_without_whose(operator, app, settings):
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        firm_id = work.query(Firm.id).filter(Firm.slug == "hubin").scalar()
    with unit_of_work(Scope(Audience.OWNER, firm_id, new_id())) as work:
        for _ in range(40):
            note_act(work, firm_id=firm_id, act=BEGUN, phone="abcdef", network="012345", day=city_day(now()))
    page = operator.get("/operator/board").text
    shown = page[page.index('id="unusual"') :].partition("</table>")[0]
    assert shown.count("<strong>40</strong>") == 3
    assert "上海沪滨律师事务所" in shown
    assert "一个网络" in shown
    assert "一个人" in shown
    assert not {"abcdef", "012345"} & set(shown.split())
    answer = metrics_of(app, settings)
    for by in ("firm", "network", "phone"):
        assert f'famai_unusual{{act="begun",by="{by}"}} 1.0' in answer


def metrics_of(app, settings):
    told = replace(settings, metrics_token="a long token for the test")
    header = {"Authorization": f"Bearer {told.metrics_token}"}
    return create_app(told).test_client().get("/metrics", headers=header).text


def test_who_begins_is_noted_under_names_that_end_with_the_day(app, settings, clock_at):
    days = [dt.date(2027, 2, day) for day in (2, 3)]
    for day in days:
        clock_at(dt.datetime.combine(day, dt.time(12), CITY))
        assert app.test_client().post("/f/hubin/start", data=DETAILS).status_code == 302
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        rows = work.query(CountedAct).filter(CountedAct.day.in_(days)).all()
    assert [row.day for row in rows] == days
    assert len({row.network for row in rows} - {""}) == 2
