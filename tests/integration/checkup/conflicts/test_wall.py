"""Facts are unreadable before a clear conflict check, and after recusal: asked of the database by hand-written SQL."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import ProgrammingError

from billing.waivers.evidence import list_papers
from checkup.cases.break_glass import allow_access, ask_access
from checkup.conflicts.models import FirmParty
from checkup.desk.assignment import return_review
from checkup.desk.conflict_step import decide_for_colleague, list_for_partner, settle_check
from demo.city import demo_id
from tenants.access.cells import READ
from tenants.access.matrix import MATRIX
from tenants.audit import Actor
from tenants.base import Base
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tests.factories import add_firm_party, make_case, make_waiver
from tests.visits import log_in

FACTS = ("answers", "finding", "signing", "edition", "case_key")
ONE, PARTNER, THREE = (demo_id(f"hubin:{number}") for number in (1, 2, 3))
# What the firm reads of a case before anybody's check, each with its reason; the rest asks for it.
READ_BEFORE = {
    "case_parties": "the names, which are the check",
    "case_key": "the key to the names; the one to the facts asks for the check, tried above",
    "conflict_check": "who has said what of herself",
    "break_glass": "who has asked to see a case",
    "progress": "clocks and stages",
    "checkup_event": "clocks and stages",
    "review": "who holds the case; what is sealed in it opens with the case's key alone",
    "review_event": "who held the case, by when",
    "scope_letter": "that it was accepted; its text opens with the case's key alone",
    "call_back": "when its owner is to be called; the number opens then, to whoever calls, by a key of its own",
    "green_call": "the clock of an urgent call",
    "erasure": "the receipt, without content",
    "law_flag": "which signed reports a new law touches; words open with the case's key alone",
    "rating": "the firm is rated; words open with the case's key alone",
    "work_wish": "that she asked for paid work, of whom",
    "waiver": "how far an application is; what it says is in waiver_content",
    "waiver_event": "how far an application is",
    "lot_unit": "which case a bought service pays for",
    "lot_settled_unit": "which case a bought service was settled for",
    "hour_entry": "a lawyer's own record of her time; notes open with the case's key alone",
    "activity_day": "a lawyer's own trace, written under the check",
    "fee": "the firm's books are whole, whoever reads them",
    "audit_entry": "the firm's log is whole, whoever reads it",
}


def scope_of(case, person_id=ONE):
    return Scope(Audience.FIRM, case.firm_id, person_id)


def count(case, table, person_id=ONE):
    with unit_of_work(scope_of(case, person_id)) as work:
        query = text(f"SELECT count(*) FROM {table} WHERE checkup_id = :id")
        return work.scalar(query, {"id": case.checkup_id})


@pytest.fixture(autouse=True)
def _no_name_outlives_its_test(settings):
    """Businesses of tests draw from few names: one left on the firm's list would be a conflict of a later case."""
    scope = Scope(Audience.FIRM, demo_id("hubin"), ONE)
    with unit_of_work(scope) as work:
        before = set(work.scalars(select(FirmParty.id)))
    yield
    with unit_of_work(scope) as work:
        work.execute(delete(FirmParty).where(FirmParty.id.not_in(before)))


def settle(settings, case, outcome, person_id=ONE, takes=False, reason="", name="某律师"):
    with unit_of_work(scope_of(case, person_id)) as work:
        settle_check(
            work, checkup_id=case.checkup_id, by=Actor(person_id, name), outcome=outcome, reason=reason,
            parties_version=0, takes_case=takes, keys=settings.keyring(), now=now(),
        )  # fmt: skip


@pytest.fixture
def case(settings):
    return make_case(settings, seed=uuid.uuid4().int % 10_000)


@pytest.mark.parametrize("table", ["answers", "finding", "case_key"])
def test_before_the_check_not_a_row_is_there(case, table):
    assert count(case, table) == 0


def test_a_clear_check_opens_the_facts_to_this_person_alone(settings, case):
    settle(settings, case, "clear")
    assert [count(case, table) > 0 for table in ("answers", "finding", "case_key")] == [True] * 3
    assert [count(case, table, THREE) for table in FACTS] == [0] * 5


def test_a_signed_case_with_report_and_advice_is_closed_to_a_colleague(settings):
    case = make_case(settings, "signed")
    assert count(case, "edition") == 1
    assert [count(case, table, THREE) for table in FACTS] == [0] * 5


def test_the_only_partner_of_a_firm_decides_for_herself_with_a_reason(settings, case):
    add_firm_party(settings, case, side="adverse")
    with pytest.raises(Invalid):
        settle(settings, case, "clear", reason="同名，不是同一家")
    with pytest.raises(Invalid):
        settle(settings, case, "clear", PARTNER)
    settle(settings, case, "clear", PARTNER, reason="同名，不是同一家")
    assert count(case, "answers", PARTNER) == 1


def test_after_recusal_the_wall_stands_whatever_sql_is_tried(settings, case):
    settle(settings, case, "clear")
    settle(settings, case, "recuse")
    assert [count(case, table) for table in FACTS] == [0] * 5
    with unit_of_work(scope_of(case)) as work:
        tried = work.execute(
            text("UPDATE conflict_check SET outcome = 'clear' WHERE checkup_id = :id"), {"id": case.checkup_id}
        )
        assert tried.rowcount == 0
        changed = work.execute(
            text("UPDATE finding SET lawyer_action = 'confirm' WHERE checkup_id = :id"), {"id": case.checkup_id}
        )
        assert changed.rowcount == 0
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(scope_of(case)) as work:
        work.execute(text("DELETE FROM conflict_check WHERE checkup_id = :id"), {"id": case.checkup_id})
    with pytest.raises(Conflict, match="wall"):
        settle(settings, case, "clear")


def test_nobody_clears_a_colleague_by_hand(case):
    insert = text(
        "INSERT INTO conflict_check (firm_id, checkup_id, person_id, owner_id, person_name, outcome, hits, "
        "parties_version, decided_by, at) VALUES (:firm, :id, :person, :owner, '', 'clear', 0, 0, :person, :at)"
    )
    values = {"firm": case.firm_id, "id": case.checkup_id, "person": THREE, "owner": case.owner_id, "at": now()}
    with pytest.raises(ProgrammingError, match="row-level security"), unit_of_work(scope_of(case)) as work:
        work.execute(insert, values)


def test_without_the_owners_consent_a_clear_check_opens_nothing(settings, case):
    settle(settings, case, "clear")
    with unit_of_work(Scope(Audience.OWNER, case.firm_id, case.owner_id)) as work:
        work.execute(text("UPDATE checkup SET review_wanted = false WHERE id = :id"), {"id": case.checkup_id})
    assert [count(case, table) for table in FACTS] == [0] * 5


def test_whoever_gives_a_case_back_reads_it_no_more_until_a_new_check(settings, case):
    settle(settings, case, "clear", takes=True)
    with unit_of_work(scope_of(case)) as work:
        return_review(work, checkup_id=case.checkup_id, by=Actor(ONE, "陈晓"), why="no_time", now=now())
    assert count(case, "answers") == 0
    settle(settings, case, "clear", takes=True)
    assert count(case, "answers") == 1


def test_a_partner_decides_for_a_colleague_and_not_for_oneself(settings, case):
    settle(settings, case, "ask_partner", reason="名字一样，不是同一个人")
    assert count(case, "answers") == 0
    decided = {"checkup_id": case.checkup_id, "person_id": ONE, "outcome": "clear", "reason": "核对过证件"}
    with pytest.raises(NotFound), unit_of_work(scope_of(case, THREE)) as work:
        decide_for_colleague(work, by=Actor(THREE, "何安"), keys=settings.keyring(), now=now(), **decided)
    assert count(case, "answers") == 0, "somebody who is no partner changed nothing"
    with unit_of_work(scope_of(case, PARTNER)) as work:
        decide_for_colleague(work, by=Actor(PARTNER, "周敏"), keys=settings.keyring(), now=now(), **decided)
    assert count(case, "answers") == 1
    assert count(case, "answers", PARTNER) == 0, "deciding about names opens no facts"


def test_a_partner_who_recused_herself_is_not_shown_what_a_colleague_asks_about_the_case(settings, case):
    settle(settings, case, "ask_partner", reason="名字一样，不是同一个人")
    assert case.checkup_id in asked_of_partner(settings, case)
    settle(settings, case, "recuse", PARTNER)
    assert case.checkup_id not in asked_of_partner(settings, case)


def test_a_partner_who_recused_herself_decides_nothing_about_the_case(settings, case):
    settle(settings, case, "ask_partner", reason="名字一样，不是同一个人")
    settle(settings, case, "recuse", PARTNER)
    decided = {"checkup_id": case.checkup_id, "person_id": ONE, "outcome": "clear", "reason": "核对过证件"}
    with pytest.raises(NotFound), unit_of_work(scope_of(case, PARTNER)) as work:
        decide_for_colleague(work, by=Actor(PARTNER, "周敏"), keys=settings.keyring(), now=now(), **decided)


def test_a_partner_who_recused_herself_is_not_asked_about_the_case(settings, case):
    settle(settings, case, "recuse", PARTNER)
    with pytest.raises(Invalid) as refused:
        settle(settings, case, "ask_partner")
    assert refused.value.faults[0].code == "no_partner"


def asked_of_partner(settings, case):
    with unit_of_work(scope_of(case, PARTNER)) as work:
        asked = list_for_partner(work, firm_id=case.firm_id, partner_id=PARTNER, keys=settings.keyring())
        return {one.checkup.id for one in asked}


def test_a_name_of_the_firms_own_list_can_only_be_cleared_by_a_partner(settings, case):
    add_firm_party(settings, case, side="adverse")
    with pytest.raises(Invalid) as refused:
        settle(settings, case, "clear")
    assert refused.value.faults[0].code == "needs_partner"
    assert count(case, "answers") == 0


def test_break_glass_still_opens_one_case_for_an_hour(settings, case):
    with unit_of_work(scope_of(case)) as work:
        asked = ask_access(work, checkup_id=case.checkup_id, why="等不及", by=Actor(ONE, "陈晓"), now=now())
    assert count(case, "answers") == 0
    with unit_of_work(scope_of(case)) as work:
        later = {"at": now() + dt.timedelta(hours=1)}
        tried = work.execute(text("UPDATE break_glass SET ends_at = :at"), later)
        assert tried.rowcount == 0, "nobody opens the glass alone"
    with unit_of_work(scope_of(case, THREE)) as work:
        allow_access(work, asked_id=asked.id, by=Actor(THREE, "何安"), now=now())
    assert count(case, "answers") == 1


def test_two_lawyers_who_take_at_once_make_one_review(settings, case):
    def take(person_id):
        try:
            settle(settings, case, "clear", person_id, takes=True)
        except Conflict as conflict:
            return conflict.code
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(take, (ONE, THREE)))
    assert results == ["faster", "taken"]
    with unit_of_work(Scope(Audience.WORKER, case.firm_id)) as work:
        events = work.execute(
            text("SELECT became FROM review_event WHERE checkup_id = :id AND kind = 'review' ORDER BY at, id"),
            {"id": case.checkup_id},
        ).scalars()
        assert list(events) == ["offered", "conflict_checked", "accepted"]


OF_CASE = [name for name, table in Base.metadata.tables.items() if {"checkup_id", "waiver_id"} & set(table.c.keys())]


@pytest.mark.parametrize("table", OF_CASE)
def test_every_table_of_a_case_asks_for_the_check_or_is_named_with_its_reason(table):
    reading = [a for a in MATRIX[table] if a.audience is Audience.FIRM and READ in a.verbs]
    is_walled = all("conflict_check" in access.predicate for access in reading)
    assert is_walled or table in READ_BEFORE, f"use facts({table!r}) in the matrix"


def test_whoever_recused_reads_nothing_of_an_application_for_relief(settings, app):
    case = make_case(settings, "signed", seed=77)
    waiver_id = make_waiver(settings, case, "recommended")
    tables = ("waiver_content", "waiver_evidence", "part_key")

    def seen(person_id):
        with unit_of_work(scope_of(case, person_id)) as work:
            return [
                work.scalar(text(f"SELECT count(*) FROM {table} WHERE owner_id = :id"), {"id": case.owner_id}) > 0
                for table in tables
            ]

    assert seen(ONE) == [True] * 3
    settle(settings, case, "recuse", THREE, reason="对方是我的客户")
    assert seen(THREE) == [False] * 3
    with unit_of_work(scope_of(case)) as work:
        paper = list_papers(work, waiver_id)[0]
    colleague = log_in(app, "lawyer3@hubin.example")
    assert colleague.get(f"/firm/waivers/{waiver_id}").status_code in (302, 404)
    assert colleague.get(f"/firm/waivers/{waiver_id}/papers/{paper.id}").status_code == 404


def test_nobody_books_minutes_on_a_case_behind_the_wall(settings, app):
    case = make_case(settings, "signed", seed=78)
    settle(settings, case, "recuse", THREE, reason="对方是我的客户")
    colleague = log_in(app, "lawyer3@hubin.example")
    assert colleague.post(f"/lawyer/checkups/{case.checkup_id}/beat").status_code == 404
    assert colleague.get(f"/lawyer/checkups/{case.checkup_id}/fees").status_code == 404
    assert log_in(app, "lawyer1@hubin.example").post(f"/lawyer/checkups/{case.checkup_id}/beat").status_code == 200
