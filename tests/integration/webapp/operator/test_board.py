"""The operator's desk: what runs, what did not arrive, backups, tenants; never an answer, an address or a text."""

import pytest
from sqlalchemy import text

from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import BackupRun, Firm, Message
from tests.visits import log_in
from webapp.wording.queue_names import POINT_FAULTS, POINTS

OPERATOR = "operator@famai.example"


@pytest.fixture
def operator(app):
    return log_in(app, OPERATOR)


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


def test_tenants_are_listed_with_their_state(operator):
    page = operator.get("/operator/board").text
    assert "上海沪滨律师事务所" in page


def test_others_do_not_see_the_desk(app):
    for email in ("officer@city.example", "lawyer1@hubin.example"):
        assert log_in(app, email).get("/operator/board").status_code == 404


def test_whatever_is_not_well_is_said_in_words_beside_what_the_machine_says(operator, monkeypatch):
    monkeypatch.setattr("webapp.views.operator.board.check_readiness", lambda _: dict.fromkeys(POINTS, "no way"))
    page = operator.get("/operator/board").text
    assert POINTS.keys() == POINT_FAULTS.keys()
    assert [words for words in POINT_FAULTS.values() if words not in page] == []
    assert page.count("<code>no way</code>") == len(POINTS)
