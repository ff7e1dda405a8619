"""Messages and files of a case: sealed, in turn, and with the clock that stops while the owner is asked."""

import datetime as dt

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from checkup.correspondence.attachments import get_file, open_sealed, seal_files, write_sealed
from checkup.correspondence.case_status import read_status
from checkup.correspondence.messages import (
    MOST_TEXT,
    answer_lawyer,
    ask_owner,
    list_messages,
    write_to_lawyer,
    write_to_owner,
)
from checkup.owner.erasure import erase_checkup, finish_erasure
from checkup.owner.export import export_checkup
from demo.city import demo_id
from tenants.audit import Actor
from tenants.audit_models import AuditEntry
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tenants.files import read_file
from tenants.models import Message
from tenants.uploads import CheckedFile
from tests.factories import lawyer_scope, make_case, owner_scope, worker_scope

SECRET = "去年的租约在房东那里䶮"
MONDAY = dt.datetime(2026, 2, 9, 2, tzinfo=dt.UTC)


@pytest.fixture
def keys(settings):
    return settings.keyring()


@pytest.fixture
def case(settings):
    return make_case(settings, "in_review", at=MONDAY)


def ask(case, keys, text="合同还在吗？", at=MONDAY, lawyer_id=None, risk="con.unwritten"):
    with unit_of_work(lawyer_scope(case)) as session:
        return ask_owner(
            session, checkup_id=case.checkup_id, risk=risk, text=text, lawyer_id=lawyer_id or case.lawyer_id,
            lawyer_name="陈晓", keys=keys, now=at,
        ).id  # fmt: skip


def answer(case, keys, question_id, text=SECRET, files=(), at=MONDAY):
    with unit_of_work(owner_scope(case)) as session:
        return answer_lawyer(
            session, checkup_id=case.checkup_id, question_id=question_id, text=text, files=files,
            owner_id=case.owner_id, keys=keys, now=at,
        ).id  # fmt: skip


def turn(case, at, scope=owner_scope):
    with unit_of_work(scope(case)) as session:
        return read_status(session, checkup_id=case.checkup_id, now=at).turn


def test_a_question_pauses_the_review_and_the_answer_resumes_it(case, keys):
    assert (turn(case, MONDAY).whose, turn(case, MONDAY).due.day) == ("firm", dt.date(2026, 2, 14))
    question_id = ask(case, keys, at=MONDAY)
    asked = turn(case, MONDAY)
    assert (asked.whose, asked.is_paused, asked.due.day) == ("owner", True, dt.date(2026, 2, 14))
    answer(case, keys, question_id, at=MONDAY + dt.timedelta(days=2))
    resumed = turn(case, MONDAY + dt.timedelta(days=2))
    assert (resumed.whose, resumed.due.day) == ("firm", dt.date(2026, 2, 25)), "two days more, over Spring Festival"


def test_the_log_says_that_the_owner_was_asked_and_not_what(case, keys):
    ask(case, keys)
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, demo_id("hubin:1"))) as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.about_id == case.checkup_id)).all()
    asked = [entry for entry in entries if entry.act == "question.asked"]
    assert [(entry.actor_name, entry.why) for entry in asked] == [("陈晓", "")]


def test_the_clock_goes_on_only_when_every_question_is_answered(case, keys):
    first, _second = ask(case, keys), ask(case, keys, "几个员工？")
    answer(case, keys, first)
    assert turn(case, MONDAY).whose == "owner"


def test_owner_and_lawyer_read_the_same_words(case, keys):
    answer(case, keys, ask(case, keys))
    for scope in (owner_scope, lawyer_scope):
        with unit_of_work(scope(case)) as session:
            shown = list_messages(session, checkup_id=case.checkup_id, keys=keys)
        assert [(one.row.kind, one.text) for one in shown] == [("question", "合同还在吗？"), ("answer", SECRET)]
        assert shown[1].question == "合同还在吗？"


def test_no_text_lies_open_in_the_database(case, keys, settings):
    answer(case, keys, ask(case, keys))
    with unit_of_work(lawyer_scope(case)) as session:
        sealed = session.execute(text("SELECT string_agg(encode(sealed_text, 'hex'), '') FROM case_message")).scalar()
        told = session.scalars(select(Message.body).where(Message.owner_id == case.owner_id)).all()
    assert SECRET.encode().hex() not in sealed
    assert told
    assert not any("合同" in body for body in told), "a notification carries no content"


def test_a_question_is_answered_once(case, keys):
    question_id = ask(case, keys)
    answer(case, keys, question_id)
    with pytest.raises(Conflict):
        answer(case, keys, question_id)


def test_only_the_reviewing_lawyer_asks(case, keys, settings):
    with pytest.raises(Conflict) as refused:
        ask(case, keys, lawyer_id=make_case(settings, "in_review", lawyer=2, seed=2).lawyer_id)
    assert refused.value.code == "not_yours"


def test_nobody_asks_before_the_review_or_after_it(settings, keys):
    with pytest.raises(NotFound):
        ask(make_case(settings, "submitted"), keys)
    with pytest.raises(Conflict):
        ask(make_case(settings, "signed"), keys)


@pytest.mark.parametrize(("text", "code"), [(" \n ", "required"), ("长" * (MOST_TEXT + 1), "too_long")])
def test_an_empty_or_endless_message_is_refused(case, keys, text, code):
    with pytest.raises(Invalid) as refused:
        ask(case, keys, text)
    assert refused.value.faults[0].code == code


def test_an_owners_note_waits_for_a_reply_in_the_firms_time(settings, keys):
    case = make_case(settings, "signed", at=MONDAY)
    with unit_of_work(owner_scope(case)) as session:
        write_to_lawyer(
            session, checkup_id=case.checkup_id, text="第二条怎么改？", files=(), owner_id=case.owner_id, keys=keys,
            now=MONDAY,
        )  # fmt: skip
    waiting = turn(case, MONDAY)
    assert (waiting.whose, waiting.what, waiting.due.day) == ("firm", "reply", dt.date(2026, 2, 11))
    with unit_of_work(lawyer_scope(case)) as session:
        write_to_owner(
            session, checkup_id=case.checkup_id, text="先补合同。", files=(), lawyer_id=case.lawyer_id,
            lawyer_name="陈晓", keys=keys, now=MONDAY,
        )  # fmt: skip
    assert turn(case, MONDAY).what == "mend"


def test_without_a_lawyer_asked_nobody_can_write(settings, keys):
    case = make_case(settings, "answering")
    with unit_of_work(owner_scope(case)) as session, pytest.raises(Conflict):
        write_to_lawyer(
            session, checkup_id=case.checkup_id, text="在吗", files=(), owner_id=case.owner_id, keys=keys, now=MONDAY
        )


@pytest.fixture
def sent(case, keys, settings):
    """(case, file id, path) of a photo that answers a question."""
    question_id = ask(case, keys)
    with unit_of_work(owner_scope(case)) as session:
        photo = ("租约.jpg", CheckedFile("image/jpeg", b"\xff\xd8 picture"))
        sealed = seal_files(session, checkup_id=case.checkup_id, files=[photo], keys=keys)
    write_sealed(settings.files_url, sealed)
    answer(case, keys, question_id, "", sealed)
    return case, sealed[0].id, sealed[0].path


def test_a_file_lies_sealed_and_opens_for_both_sides(sent, keys, settings):
    case, file_id, path = sent
    assert b"picture" not in read_file(settings.files_url, path)
    for scope in (owner_scope, lawyer_scope):
        with unit_of_work(scope(case)) as session:
            row, key = get_file(session, checkup_id=case.checkup_id, file_id=file_id, keys=keys)
            shown = list_messages(session, checkup_id=case.checkup_id, keys=keys)[-1].files[0]
        assert open_sealed(settings.files_url, row, key).read() == b"\xff\xd8 picture"
        assert (shown.name, shown.risk) == ("租约.jpg", "con.unwritten")


def test_another_case_does_not_open_the_file(sent, keys, settings):
    _, file_id, _ = sent
    other = make_case(settings, "in_review", seed=3)
    with unit_of_work(lawyer_scope(other)) as session, pytest.raises(NotFound):
        get_file(session, checkup_id=other.checkup_id, file_id=file_id, keys=keys)


def test_erasure_takes_messages_and_files(sent, keys):
    case, _, path = sent
    with unit_of_work(owner_scope(case)) as session:
        erase_checkup(session, checkup_id=case.checkup_id, asked_by="owner", by=Actor(case.owner_id, "店主"), now=now())
        with pytest.raises(NotFound):
            list_messages(session, checkup_id=case.checkup_id, keys=keys)
    with unit_of_work(worker_scope(case)) as session:
        assert path in finish_erasure(session, checkup_id=case.checkup_id)
        left = "SELECT count(*) FROM case_message WHERE checkup_id = :id"
        assert session.execute(text(left), {"id": case.checkup_id}).scalar() == 0


def test_the_export_holds_what_was_written_and_the_letter(sent, keys):
    case, file_id, _ = sent
    with unit_of_work(owner_scope(case)) as session:
        data = export_checkup(session, checkup_id=case.checkup_id, keys=keys)
    assert data["correspondence"][0]["text"] == "合同还在吗？"
    assert data["correspondence"][1]["files"][0]["address"].endswith(str(file_id))
    assert data["letters"][0]["text"].startswith("服务说明书")


@pytest.mark.parametrize(
    "change",
    ["UPDATE case_message SET sealed_text = ''", "UPDATE case_message SET author_name = 'x'",
     "DELETE FROM case_message", "UPDATE case_file SET path = 'x'",
     "UPDATE scope_letter SET text_hash = 'x'", "DELETE FROM scope_letter"],
)  # fmt: skip
@pytest.mark.parametrize("scope", [owner_scope, lawyer_scope])
def test_what_was_written_and_accepted_cannot_be_changed(sent, scope, change):
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(scope(sent[0])) as session:
        session.execute(text(change))


def test_the_bureau_reads_nothing_of_it(settings):
    for table in ("case_message", "case_file", "scope_letter", "work_wish"):
        scope = Scope(Audience.BUREAU, bureau_id=demo_id("bureau"))
        with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(scope) as session:
            session.execute(text(f"SELECT 1 FROM {table}"))
