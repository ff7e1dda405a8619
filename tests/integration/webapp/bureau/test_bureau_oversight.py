"""Emergency mode, government purchase, standards and licences: each switched, paid and looked at once."""

import csv
import datetime as dt
import io
import re
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from billing.books.money import Money
from bureau.oversight.purchases import (
    Offer,
    decide_settlement,
    get_lot,
    list_settlements,
    make_statement,
    open_lot,
    propose_settlement,
    take_deliveries,
)
from bureau.oversight.standards import read_register, recheck_licences
from bureau.parameters.emergencies import Plan, agree, list_in_force, switch_off, switch_on
from bureau.parameters.in_force import get_value
from demo.city import demo_id
from tenants import audit
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid
from tests.factories import lawyer_scope, make_case
from tests.visits import log_in

LI = Actor(uuid.uuid4(), "李科长")
BAOSHAN, YANGPU, CITY = demo_id("bureau:310113"), demo_id("bureau:310110"), demo_id("bureau")
TODAY = city_day(now())


def as_bureau(bureau_id=BAOSHAN):
    return unit_of_work(Scope(Audience.BUREAU, person_id=LI.id, bureau_id=bureau_id))


def plan(begins, ends, **relaxed):
    return Plan("台风", "受灾的店优先", "Hit shops first", begins, ends, relaxed)


@pytest.fixture
def emergency(settings):
    """In force at 宝山 for one day, and ended afterwards."""
    with as_bureau() as session:
        day = TODAY + dt.timedelta(days=400)
        row = switch_on(session, bureau_id=BAOSHAN, plan=plan(day, day, review_days=15), by=LI, now=now())
    yield row
    with as_bureau() as session:
        session.execute(text("UPDATE emergency SET ended_at = :at WHERE id = :id"), {"id": row.id, "at": now()})


def test_an_emergency_relaxes_a_parameter_on_its_days_and_in_its_part_only(emergency):
    day = emergency.begins_on
    for bureau_id, on, value in ((BAOSHAN, day, 15), (BAOSHAN, day + dt.timedelta(days=1), 5), (YANGPU, day, 5)):
        with as_bureau(bureau_id) as session:
            assert get_value(session, bureau_id=bureau_id, key="complaint_days", on=on) == 1
            assert get_value(session, bureau_id=bureau_id, key="review_days", on=on) in (value, 7)


def test_two_emergencies_do_not_overlap(emergency):
    before = emergency.begins_on - dt.timedelta(days=9)
    with as_bureau() as session, pytest.raises(Conflict, match="already_on"):
        switch_on(session, bureau_id=BAOSHAN, plan=plan(before, emergency.begins_on), by=LI, now=now())


def test_the_banner_reaches_owners_and_lawyers_put_their_names_down(app):
    officer = log_in(app, "officer@baoshan.example")
    typed = {"reason": "演练", "banner": "今天演练", "banner_en": "A drill", "begins_on": TODAY.isoformat(),
             "ends_on": TODAY.isoformat()}  # fmt: skip
    assert officer.post("/bureau/emergency", data=typed).status_code == 302
    guest, lawyer = app.test_client(), log_in(app, "lawyer1@hubin.example")
    assert "今天演练" not in guest.get("/").text
    assert "今天演练" in guest.get("/f/hubin").text
    assert "今天演练" not in guest.get("/f/jiangwan").text
    emergency_id = re.search(r"emergency-roster/([\w-]+)", lawyer.get("/lawyer/emergency-roster").text)[1]
    lawyer.post(f"/lawyer/emergency-roster/{emergency_id}")
    assert "陈晓" in officer.get("/bureau/emergency").text
    above = log_in(app, "officer@city.example")
    assert "今天演练" in above.get("/bureau/emergency").text
    elsewhere = log_in(app, "officer@youyi.example")
    assert "今天演练" not in elsewhere.get("/bureau/emergency").text
    assert elsewhere.post(f"/bureau/emergency/{emergency_id}/end").status_code == 404
    assert above.post(f"/bureau/emergency/{emergency_id}/end").status_code == 302
    assert "今天演练" not in guest.get("/f/hubin").text
    assert officer.post(f"/bureau/emergency/{emergency_id}/end").status_code == 409


def test_what_the_city_opens_stands_on_the_first_page(app):
    officer = log_in(app, "officer@city.example")
    typed = {"reason": "演练", "banner": "全市演练", "banner_en": "A city drill", "begins_on": TODAY.isoformat(),
             "ends_on": TODAY.isoformat()}  # fmt: skip
    assert officer.post("/bureau/emergency", data=typed).status_code == 302
    guest = app.test_client()
    assert "全市演练" in guest.get("/").text
    emergency_id = re.search(r"emergency/([\w-]+)/end", officer.get("/bureau/emergency").text)[1]
    officer.post(f"/bureau/emergency/{emergency_id}/end")
    assert "全市演练" not in guest.get("/").text


def test_one_officer_alone_relaxes_clocks_and_neither_money_nor_samples_until_a_second_agrees(settings):
    day = TODAY + dt.timedelta(days=500)
    with as_bureau() as session:
        relaxed = {"review_days": 9, "subsidy": 1_000_000, "sample_percent": 1, "award_minutes": 0}
        row = switch_on(session, bureau_id=BAOSHAN, plan=plan(day, day, **relaxed), by=LI, now=now())
        before = {key: get_value(session, bureau_id=BAOSHAN, key=key, on=day) for key in relaxed}
        with pytest.raises(Conflict, match="two_people"):
            agree(session, emergency_id=row.id, by=LI, now=now())
        agree(session, emergency_id=row.id, by=Actor(uuid.uuid4(), "王科员"), now=now())
        after = {key: get_value(session, bureau_id=BAOSHAN, key=key, on=day) for key in relaxed}
        with pytest.raises(Conflict, match="not_now"):
            agree(session, emergency_id=row.id, by=Actor(uuid.uuid4(), "周科员"), now=now())
    assert before["review_days"] == 9
    assert (before["subsidy"], before["award_minutes"]) == (0, 3000)
    assert before["sample_percent"] > 1
    assert after == relaxed


def test_what_nobody_else_agrees_to_lapses_after_its_second_day(settings):
    day = TODAY + dt.timedelta(days=600)
    with as_bureau() as session:
        row = switch_on(session, bureau_id=BAOSHAN, plan=plan(day, day + dt.timedelta(days=90)), by=LI, now=now())
        held = [bool(list_in_force(session, on=day + dt.timedelta(days=n), levels=[BAOSHAN])) for n in (0, 1, 2, 90)]
        assert held == [True, True, False, False]
        agree(session, emergency_id=row.id, by=Actor(uuid.uuid4(), "王科员"), now=now())
        assert list_in_force(session, on=day + dt.timedelta(days=90), levels=[BAOSHAN])


def test_the_end_of_an_emergency_changes_no_day_that_is_over(settings):
    day = TODAY - dt.timedelta(days=300)
    with as_bureau() as session:
        row = switch_on(session, bureau_id=BAOSHAN, plan=plan(day, day, review_days=12), by=LI, now=now())
        switch_off(session, emergency_id=row.id, by=LI, now=now())
        assert get_value(session, bureau_id=BAOSHAN, key="review_days", on=day) == 12


def test_nobody_changes_what_an_emergency_says(emergency):
    for column in ("banner", "relaxed", "ends_on"):
        with pytest.raises(ProgrammingError, match="permission denied"), as_bureau() as session:
            session.execute(text(f"UPDATE emergency SET {column} = {column}"))  # noqa: S608 - ours


def signed_case(settings, *, days_ago=0, seed=1, is_logged=True):
    """A signed checkup, with the entry that the lawyer's page writes into the log."""
    case = make_case(settings, "signed", at=now() - dt.timedelta(days=days_ago), seed=seed)
    if is_logged:
        with unit_of_work(lawyer_scope(case)) as session:
            by = Actor(case.lawyer_id, "陈晓")
            audit.note(session, firm_id=case.firm_id, act="case.signed", by=by, about_id=case.checkup_id)
    return case


def open_one(session, *, units=100, begins=TODAY, ends=TODAY, price=19_950):
    offer = Offer("试点", Money(price), units, begins, ends)
    return open_lot(session, bureau_id=BAOSHAN, firm_id=demo_id("hubin"), offer=offer, by=LI, now=now())


def test_a_checkup_is_paid_once_under_whatever_lot(settings):
    case = signed_case(settings, seed=11)
    with as_bureau() as session:
        first, second = open_one(session), open_one(session)
        assert take_deliveries(session, lot_id=first.id) >= 1
        assert take_deliveries(session, lot_id=first.id) == 0
        assert take_deliveries(session, lot_id=second.id) == 0
        statement = make_statement(session, first)
    assert case.checkup_id in {unit.checkup_id for unit in statement.units}
    assert statement.total == Money(19_950 * len(statement.units))


def test_what_the_log_does_not_prove_is_not_paid(settings):
    case = signed_case(settings, seed=12, is_logged=False)
    with as_bureau() as session:
        lot = open_one(session)
        take_deliveries(session, lot_id=lot.id)
        assert case.checkup_id not in {unit.checkup_id for unit in make_statement(session, lot).units}


def test_a_lot_takes_no_more_than_its_units_and_only_in_its_days(settings):
    for seed in (13, 14, 15):
        signed_case(settings, days_ago=40, seed=seed)
    day = TODAY - dt.timedelta(days=40)
    with as_bureau() as session:
        lot = open_one(session, units=2, begins=day, ends=day)
        assert take_deliveries(session, lot_id=lot.id) == 2


WANG = Actor(uuid.uuid4(), "王科员")


def settle(session, lot, *, is_final, decision="approve"):
    row = propose_settlement(session, lot_id=lot.id, is_final=is_final, by=LI, now=now())
    return decide_settlement(session, settlement_id=row.id, decision=decision, by=WANG, now=now())


def test_a_lot_that_is_settled_for_good_does_not_change(settings):
    with as_bureau() as session:
        lot = open_one(session)
        settle(session, lot, is_final=True)
        for act in (
            lambda: take_deliveries(session, lot_id=lot.id),
            lambda: propose_settlement(session, lot_id=lot.id, is_final=True, by=LI, now=now()),
        ):
            with pytest.raises(Conflict, match="settled"):
                act()


def test_public_money_is_settled_by_a_second_officer_only(settings):
    with as_bureau() as session:
        lot = open_one(session)
        row = propose_settlement(session, lot_id=lot.id, is_final=True, by=LI, now=now())
        assert lot.settled_at is None
        with pytest.raises(Conflict, match="two_people"):
            decide_settlement(session, settlement_id=row.id, decision="approve", by=LI, now=now())
        with pytest.raises(Conflict, match="waiting"):
            propose_settlement(session, lot_id=lot.id, is_final=True, by=WANG, now=now())
        decide_settlement(session, settlement_id=row.id, decision="reject", by=WANG, now=now())
        assert lot.settled_at is None


def test_a_part_is_settled_and_the_lot_goes_on(settings):
    day = TODAY - dt.timedelta(days=70)
    signed_case(settings, days_ago=70, seed=41)
    with as_bureau() as session:
        lot = open_one(session, begins=day, ends=day)
        assert take_deliveries(session, lot_id=lot.id) == 1
        assert settle(session, lot, is_final=False).units == 1
        with pytest.raises(Conflict, match="nothing"):
            propose_settlement(session, lot_id=lot.id, is_final=False, by=LI, now=now())
    signed_case(settings, days_ago=70, seed=42)
    with as_bureau() as session:
        lot = get_lot(session, lot.id)
        assert take_deliveries(session, lot_id=lot.id) == 1
        assert settle(session, lot, is_final=True).units == 1
        statement = make_statement(session, lot)
    assert statement.settled == statement.total == Money(2 * 19_950)


def test_before_a_settlement_the_page_says_how_much_for_how_many_and_what_it_ends(app, settings):
    with as_bureau() as session:
        lot = open_one(session, units=3, ends=TODAY + dt.timedelta(days=9))
    officer = log_in(app, "officer@baoshan.example")
    page = officer.get(f"/bureau/lots/{lot.id}/settle").text
    assert "还有3份没有交付，合¥598.50" in page
    assert "不能再交付，也不能再开；剩下的3份、¥598.50不再买" in page
    assert officer.post(f"/bureau/lots/{lot.id}/settle", data={"final": "no"}).status_code == 409
    assert officer.post(f"/bureau/lots/{lot.id}/settle", data={"final": "yes"}).status_code == 302
    assert "等另一位同事批" in officer.get("/bureau/lots").text
    with as_bureau() as session:
        assert get_lot(session, lot.id).settled_at is None


def test_a_part_says_what_it_leaves_over_to_who_proposes_and_to_who_approves(app, settings):
    day = TODAY - dt.timedelta(days=80)
    signed_case(settings, days_ago=80, seed=51)
    with as_bureau() as session:
        lot = open_one(session, units=3, begins=day, ends=day)
        take_deliveries(session, lot_id=lot.id)
    signed_case(settings, days_ago=80, seed=52)
    page = log_in(app, "officer@baoshan.example").get(f"/bureau/lots/{lot.id}/settle").text
    assert "这次会付：<strong>1份 · ¥199.50</strong>" in page
    assert "以前已经结算¥0.00。这一批还有2份没有交付，合¥399.00。" in page
    assert "另有1份已经签发、日志里有凭证，还没有核对进来：这次不付。 要一起付，请先回去点“核对交付”。" in page
    assert "剩下的2份、¥399.00以后接着交付、接着结算" in page
    with as_bureau() as session:
        propose_settlement(session, lot_id=lot.id, is_final=False, by=WANG, now=now())
    shown = log_in(app, "officer@baoshan.example").get("/bureau/lots").text
    assert "批准以后不能撤回；剩下的2份、¥399.00接着交付、接着结算。" in shown


def test_where_a_bureau_has_one_officer_the_one_above_is_the_second_for_its_money(app, settings):
    alone, above = log_in(app, "officer@baoshan.example"), log_in(app, "officer@city.example")
    with as_bureau() as session:
        lot = open_one(session, units=7)
    assert alone.post(f"/bureau/lots/{lot.id}/settle", data={"final": "yes"}).status_code == 302
    with as_bureau() as session:
        number = list_settlements(session, lot)[0].id
    assert "这里没有别的同事：上级可以批" in alone.get("/bureau/lots").text
    assert alone.post(f"/bureau/lots/settlements/{number}", data={"decision": "approve"}).status_code == 409
    assert "等您批的结算" in above.get("/bureau/").text
    assert f"/bureau/lots/settlements/{number}" in above.get("/bureau/lots").text
    elsewhere = log_in(app, "officer@youyi.example")
    assert elsewhere.post(f"/bureau/lots/settlements/{number}", data={"decision": "approve"}).status_code == 404
    assert above.post(f"/bureau/lots/settlements/{number}", data={"decision": "approve"}).status_code == 302
    with as_bureau() as session:
        assert get_lot(session, lot.id).settled_by == "李科长"


def test_what_was_agreed_in_a_lot_is_changed_by_nobody(settings):
    for column in ("unit_minor", "units", "title"):
        with pytest.raises(ProgrammingError, match="permission denied"), as_bureau() as session:
            session.execute(text(f"UPDATE lot SET {column} = {column}"))  # noqa: S608 - ours


def test_nobody_may_change_or_take_back_a_unit(settings):
    for statement in ("UPDATE lot_unit SET unit_minor = 1", "DELETE FROM lot_unit"):
        with pytest.raises(ProgrammingError, match="permission denied"), as_bureau() as session:
            session.execute(text(statement))


def test_a_bureau_buys_only_in_its_own_part(settings):
    with pytest.raises(ProgrammingError, match="row-level security"), as_bureau(YANGPU) as session:
        offer = Offer("越区", Money(1), 1, TODAY, TODAY)
        open_lot(session, bureau_id=YANGPU, firm_id=demo_id("hubin"), offer=offer, by=LI, now=now())


def test_the_settlement_adds_up_to_the_fen(app, settings):
    signed_case(settings, seed=16)
    officer = log_in(app, "officer@baoshan.example")
    wrong = officer.post("/bureau/lots", data={"title": "x", "unit": "1.005", "units": "0"})
    assert wrong.status_code == 422
    assert "最小到分" in wrong.text
    typed = {"title": "结算演示", "firm": demo_id("hubin"), "unit": "199.50", "units": "5",
             "begins_on": TODAY.isoformat(), "ends_on": TODAY.isoformat()}  # fmt: skip
    assert officer.post("/bureau/lots", data=typed).status_code == 302
    lot = re.findall(r"/bureau/lots/([\w-]+)/deliveries", officer.get("/bureau/lots").text)[0]
    officer.post(f"/bureau/lots/{lot}/deliveries")
    rows = list(csv.reader(io.StringIO(officer.get(f"/bureau/lots/{lot}/statement.csv").text.lstrip("\ufeff"))))
    assert sum(round(float(row[4]) * 100) for row in rows[1:-1]) == round(float(rows[-1][4]) * 100)
    assert len({row[2] for row in rows[1:-1]}) == len(rows) - 2


REGISTER = "licence_number,status,as_of\nDEMO-HUBIN,suspended,2026-11-20\n"


def test_a_register_flags_what_is_not_valid_or_not_known(settings):
    with as_bureau(CITY) as session:
        checked = recheck_licences(session, read_register(REGISTER.encode()), today=TODAY, now=now())
    wrong = {firm.slug: status for firm, status in checked.wrong}
    assert wrong["hubin"] == "suspended"
    assert wrong["jiangwan"] == "unknown"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff\xfe", "not_a_register"), (b"a,b\n1,2\n", "not_a_register"), (b"", "not_a_register"),
     (b"licence_number,status,as_of\nX,fine,2026-01-01\n", "bad_line"),
     (b"licence_number,status,as_of\nX,valid,soon\n", "bad_line")],
)  # fmt: skip
def test_a_file_that_is_no_register_is_refused(content, code):
    with pytest.raises(Invalid) as refused:
        read_register(content)
    assert refused.value.faults[0].code == code


def test_a_standard_is_met_on_evidence_and_due_again_in_a_year(app):
    officer = log_in(app, "officer@baoshan.example")
    page = f"/bureau/firms/{demo_id('hubin')}/standards"
    assert officer.post(page, data={"standard": "secrecy", "met": "yes", "evidence": " "}).status_code == 422
    assert officer.post(page, data={"standard": "secrecy", "met": "yes", "evidence": "看过制度"}).status_code == 302
    shown = officer.get(page).text
    assert "看过制度" in shown
    assert f"下次 {TODAY.year + 1}年" in shown


def test_nothing_is_in_force_by_itself(settings):
    with as_bureau() as session:
        assert list_in_force(session, on=TODAY + dt.timedelta(days=3000)) == []
