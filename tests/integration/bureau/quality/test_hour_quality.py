import datetime as dt
import io
import uuid

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from bureau.complaints.case_erasure import forget_case
from bureau.hours import entries
from bureau.hours.models import ActivityDay, HourEntry
from bureau.hours.moves import Lawyer, Mover, get_entry, move
from bureau.hours.time_spans import MINUTE, Span
from bureau.quality import assessments, checklist, draws, results, sampling
from bureau.quality.assessor_packets import build_packet
from bureau.quality.models import AdvicePrint, Assessment
from bureau.quality.owner_consent import set_choice, withdraw_findings
from demo.city import demo_id
from tenants import audit
from tenants.audit import Actor
from tenants.clock import CITY, city_day
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid
from tests.factories import make_case, owner_scope, worker_scope
from tests.hours import FIRM, clinic, new_lawyer
from tests.visits import log_in
from webapp.tasks.hours import TASKS

CITY_BUREAU = demo_id("bureau")
OFFICERS = Scope(Audience.BUREAU, None, demo_id("officer@city.example"), CITY_BUREAU)
OFFICER = Actor(demo_id("officer@city.example"), "李科长")
NOW = dt.datetime(2026, 11, 25, 4, 0, tzinfo=dt.UTC)
DISTRICT = Scope(Audience.BUREAU, None, demo_id("officer@baoshan.example"), demo_id("bureau:310113"))


@pytest.fixture(scope="module", autouse=True)
def assessors(settings):
    """Three assessors of 江湾 and one of 沪滨."""
    chosen = [*((f"jiangwan:{number}", "jiangwan") for number in (1, 2, 3)), ("hubin:3", "hubin")]
    with unit_of_work(OFFICERS) as session:
        for person, firm in chosen:
            facts = {"person_id": demo_id(person), "works_at": demo_id(firm), "name": person}
            draws.appoint(session, bureau_id=CITY_BUREAU, is_appointed=True, now=NOW, **facts)


def in_state(entry_id, *steps):
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        for step in steps:
            move(session, get_entry(session, entry_id), step, by=Mover(None, "firm"), now=NOW - dt.timedelta(days=9))


def confirmed(month, lawyer):
    entry_id = clinic("09:00-10:00", lawyer=lawyer, day=dt.date(2026, month, 3))
    in_state(entry_id, "confirm")
    return entry_id


def draw(period):
    with unit_of_work(OFFICERS) as session:
        return draws.draw_sample(session, scope=OFFICERS, bureau_id=CITY_BUREAU, period=period, by=OFFICER, now=NOW)


def items(drawn):
    with unit_of_work(OFFICERS) as session:
        return results.list_items(session, drawn.id)


def state_of(entry_id):
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        return session.get_one(HourEntry, (FIRM, entry_id)).state


def assess(look, marks):
    scope = Scope(Audience.FIRM, demo_id("jiangwan"), look.assessor_id)
    with unit_of_work(scope) as session:
        assessments.submit_marks(
            session, person_id=look.assessor_id, assessment_id=look.id, raw={**marks, "reason": "证明人不清楚"}, now=NOW
        )


def decide(entry_id, step, why="看过两份评查"):
    with unit_of_work(OFFICERS) as session:
        results.decide_as_bureau(session, scope=OFFICERS, entry_id=entry_id, step=step, why=why, by=OFFICER, now=NOW)


@pytest.fixture(scope="module")
def drawn(settings):
    """The second month of 2026: three confirmed clinics, two drawn."""
    lawyer = new_lawyer()
    ids = [confirmed(2, lawyer) for _ in range(3)]
    return draw("2026-02"), ids


def test_the_draw_can_be_repeated_from_what_is_published(drawn):
    row, ids = drawn
    chosen = {item.entry.id for item in items(row)}
    assert row.seed == sampling.seed_of("2026-02", [tuple(log) for log in row.logs])
    assert chosen == set(sampling.draw(ids, seed=row.seed, percent=row.percent, least=row.least))
    assert row.population_hash == sampling.population_hash(ids)
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        assert row.seed in {one.seed for one in draws.list_draws(session)}


def test_the_seed_is_fixed_by_the_logs_of_the_period_not_by_the_moment_of_the_draw(drawn):
    row, ids = drawn
    with unit_of_work(OFFICERS) as session:
        before = draws._log_ends(session, [FIRM], row.until_on)
        audit.note(session, firm_id=FIRM, act="log.exported", by=OFFICER)
        assert draws._log_ends(session, [FIRM], row.until_on) == before


def test_a_period_is_drawn_once_and_only_when_it_is_over(drawn):
    for period, code in (("2026-02", "drawn"), ("2026-11", "not_ended"), ("2019-Q4", "nobody_to_draw")):
        with pytest.raises(Conflict, match=code):
            draw(period)
    with pytest.raises(Invalid):
        draw("2026-13")


def test_assessors_are_of_another_firm_and_see_no_firm(drawn):
    row, _ = drawn
    looks = [look for item in items(row) for look in item.looks]
    assert {look.assessor_id for look in looks} <= {demo_id(f"jiangwan:{number}") for number in (1, 2, 3)}
    scope = Scope(Audience.FIRM, demo_id("jiangwan"), looks[0].assessor_id)
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(scope) as session:
        session.execute(text("SELECT firm_id FROM assessment"))


def test_the_assessed_firm_sees_neither_row_nor_assessor(drawn):
    with unit_of_work(Scope(Audience.FIRM, FIRM, demo_id("hubin:1"))) as session:
        assert assessments.list_tasks(session, person_id=demo_id("jiangwan:1")) == []


def test_two_assessors_their_agreement_and_the_officers_decision(drawn):
    row, _ = drawn
    item = items(row)[0]
    with pytest.raises(Conflict, match="not_agreed"):
        decide(item.entry.id, "verify")
    assess(item.looks[0], {"proof": "yes", "time_fits": "yes"})
    assess(item.looks[1], {"proof": "no", "time_fits": "yes"})
    again = next(one for one in items(row) if one.entry.id == item.entry.id)
    assert again.verdict == "split"
    assert results.agreement([again])[0::2] == (50, 2)
    decide(item.entry.id, "reject", "没有签到表")
    assert state_of(item.entry.id) == "rejected"


def test_marks_are_given_once_and_the_packet_is_gone_afterwards(drawn):
    row, _ = drawn
    look = next(look for item in items(row) for look in item.looks if look.submitted_at is not None)
    with pytest.raises(Conflict):
        assess(look, {"proof": "yes", "time_fits": "yes"})
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        assert session.get_one(Assessment, (FIRM, look.id)).packet == {}


def test_a_period_closes_when_all_drawn_are_decided_and_verifies_the_rest(drawn):
    row, ids = drawn

    def close():
        with unit_of_work(OFFICERS) as session:
            return draws.close_draw(session, scope=OFFICERS, bureau_id=CITY_BUREAU, draw_id=row.id, by=OFFICER, now=NOW)

    with pytest.raises(Conflict, match="not_all_settled"):
        close()
    for item in items(row):
        if item.entry.state == "sampled":
            for look in item.looks:
                assess(look, {"proof": "yes", "time_fits": "yes"})
            decide(item.entry.id, "verify")
    assert close() == 1
    assert sorted(state_of(one) for one in ids) == ["rejected", "verified", "verified"]
    with pytest.raises(Conflict, match="not_now"):
        close()


def test_a_rejection_can_be_answered_and_the_answer_is_decided(settings):
    lawyer = new_lawyer()
    entry_id = clinic("09:00-10:00", lawyer=lawyer, day=dt.date(2026, 10, 9))
    in_state(entry_id, "confirm", "sample", "reject")
    with unit_of_work(Scope(Audience.FIRM, FIRM, lawyer.id)) as session:
        entries.reply(session, lawyer=lawyer, entry_id=entry_id, words="签到表补上了", now=NOW)
    with pytest.raises(Invalid):
        decide(entry_id, "verify", " ")
    decide(entry_id, "uphold", "签到表是事后补的")
    assert state_of(entry_id) == "upheld"
    with unit_of_work(Scope(Audience.FIRM, FIRM, lawyer.id)) as session, pytest.raises(Conflict):
        entries.reply(session, lawyer=lawyer, entry_id=entry_id, words="再说一次", now=NOW)


def test_who_declines_is_replaced_or_missed(settings):
    entry_id = confirmed(4, new_lawyer())
    row = draw("2026-04")
    look = next(item for item in items(row) if item.entry.id == entry_id).looks[0]
    scope = Scope(Audience.FIRM, demo_id("jiangwan"), look.assessor_id)
    with unit_of_work(scope) as session:
        assessments.decline(session, person_id=look.assessor_id, assessment_id=look.id, now=NOW)
    with unit_of_work(OFFICERS) as session:
        draws.ask_again(session, scope=OFFICERS, bureau_id=CITY_BUREAU, draw_id=row.id, by=OFFICER, now=NOW)
    looks = next(item for item in items(row) if item.entry.id == entry_id).looks
    assert [bool(one.declined_at) for one in looks] == [True, False, False]
    assert len({one.assessor_id for one in looks}) == 3


def test_who_leaves_her_firm_has_nothing_left_to_assess_and_somebody_else_is_asked(settings):
    entry_id = confirmed(5, new_lawyer())
    row = draw("2026-05")
    leaver = next(item for item in items(row) if item.entry.id == entry_id).looks[0]
    for _ in range(2):
        TASKS["replace_assessor"](settings, firm_id=str(demo_id("jiangwan")), leaver_id=str(leaver.assessor_id))
    looks = next(item for item in items(row) if item.entry.id == entry_id).looks
    assert [one.assessor_id for one in looks if one.declined_at is not None] == [leaver.assessor_id]
    assert sum(one.declined_at is None for one in looks) == 2
    with unit_of_work(Scope(Audience.FIRM, demo_id("jiangwan"), leaver.assessor_id)) as session:
        assert not any(one.is_open for one in assessments.list_tasks(session, person_id=leaver.assessor_id))
        held = select(Assessment.packet).where(Assessment.id == leaver.id)
        assert session.scalar(held) == {}
    with unit_of_work(OFFICERS) as session:
        assert leaver.assessor_id not in {one.person_id for one in draws.list_assessors(session)}


def test_who_leaves_another_firm_goes_on_assessing(settings):
    with unit_of_work(OFFICERS) as session:
        before = {one.person_id for one in draws.list_assessors(session)}
    TASKS["replace_assessor"](settings, firm_id=str(demo_id("suzhouhe")), leaver_id=str(demo_id("hubin:3")))
    with unit_of_work(OFFICERS) as session:
        assert {one.person_id for one in draws.list_assessors(session)} == before


@pytest.fixture
def case_packet(settings):
    """(case, look) of a drawn checkup whose owner has said nothing about assessors."""
    at = dt.datetime(2026, 6, 10, 4, 0, tzinfo=dt.UTC)
    case = make_case(settings, "signed", lawyer=2, seed=31, at=at)
    me = Lawyer(FIRM, case.lawyer_id, "周敏")
    with unit_of_work(Scope(Audience.WORKER, FIRM, me.id)) as session:
        entry = HourEntry(
            firm_id=FIRM, lawyer_id=me.id, lawyer_name=me.name, checkup_id=case.checkup_id, owner_id=case.owner_id,
            category="checkup", source="amended", day=city_day(at), minutes=20, state="confirmed", made_at=at,
            confirmed_at=at, confirmed_by="owner", spans=checklist_spans(at),
        )  # fmt: skip
        session.add(entry)
    return case, entry.id


def checklist_spans(at):
    return (Span(at, at + 20 * MINUTE),)


def packet_of(case, entry_id):
    with unit_of_work(worker_scope(case)) as session:
        return build_packet(session, session.get_one(HourEntry, (FIRM, entry_id)))


def choose(case, granted):
    with unit_of_work(owner_scope(case)) as session:
        set_choice(session, checkup_id=case.checkup_id, granted=granted, by=Actor(case.owner_id, "店主"), now=NOW)
    with unit_of_work(worker_scope(case)) as session:  # what the worker was asked for
        withdraw_findings(session, case.checkup_id)


def test_findings_are_in_a_packet_only_with_the_owners_consent(case_packet):
    case, entry_id = case_packet
    assert "findings" not in packet_of(case, entry_id)
    choose(case, True)
    packet = packet_of(case, entry_id)
    assert packet["findings"]
    assert {key for one in packet["findings"] for key in one} == {
        "risk", "colour", "urgent", "machine", "action", "lawyer",
    }  # fmt: skip
    choose(case, False)
    assert "findings" not in packet_of(case, entry_id)


def test_a_consent_that_is_taken_back_empties_packets_that_are_out(case_packet):
    case, entry_id = case_packet
    choose(case, True)
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        row_id = session.scalars(select(Assessment.draw_id)).first() or draw_any(session)
        packet = {"kind": "case", "findings": [{"risk": "x"}]}
        look = Assessment(
            firm_id=FIRM, draw_id=row_id, period="x", entry_id=entry_id, assessor_id=uuid.uuid4(), assessor_name="x",
            packet=packet, appointed_at=NOW,
        )  # fmt: skip
        session.add(look)
    choose(case, False)
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        assert session.get_one(Assessment, (FIRM, look.id)).packet == {"kind": "case"}
        session.delete(session.get_one(Assessment, (FIRM, look.id)))


def draw_any(session):
    return draws.list_draws(session)[0].id


def test_erasing_a_case_takes_trace_print_and_note_and_leaves_the_time(case_packet, settings):
    case, entry_id = case_packet
    with unit_of_work(worker_scope(case)) as session:
        session.add(AdvicePrint(firm_id=FIRM, checkup_id=case.checkup_id, lawyer_id=case.lawyer_id, print=1, length=99))
        session.get_one(HourEntry, (FIRM, entry_id)).sealed_note = b"sealed"
        session.flush()
        forget_case(session, firm_id=FIRM, checkup_id=case.checkup_id, now=NOW)
        for table in (ActivityDay, AdvicePrint):
            kept = select(func.count()).select_from(table).where(table.checkup_id == case.checkup_id)
            assert session.scalar(kept) == 0
        session.expire_all()
        entry = session.get_one(HourEntry, (FIRM, entry_id))
        assert (entry.sealed_note, entry.minutes) == (None, 20)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM activity_day",
        "SELECT packet FROM assessment",
        "SELECT about FROM hour_anomaly",
        "SELECT key FROM hour_anomaly",
        "UPDATE hour_entry SET state = 'verified'",
        "UPDATE hour_entry SET credited_minutes = 0",
    ],
)
def test_the_bureaus_role_reads_no_trace_and_changes_no_hours(settings, statement):
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(OFFICERS) as session:
        session.execute(text(statement))


def test_periods_end_on_their_last_day():
    assert checklist.period_end("2026-Q1") == dt.date(2026, 3, 31)
    assert checklist.period_end("2024-02") == dt.date(2024, 2, 29)
    today = NOW.astimezone(CITY).date()
    assert checklist.ended_periods(today)[:2] == ["2026-Q3", "2026-Q2"]
    assert all(checklist.period_end(one) < today for one in checklist.ended_periods(today))


def test_the_shortlist_and_its_bundle_hold_process_only(app):
    lawyer = new_lawyer()
    for day in range(1, 5):
        in_state(clinic("06:00-19:00", lawyer=lawyer, day=dt.date(2025, 5, day)), "confirm", "accept")
    officer = log_in(app, "officer@city.example")
    assert "新律师" in officer.get("/bureau/hours/shortlist?year=2025").text
    book = load_workbook(io.BytesIO(officer.get("/bureau/hours/shortlist.xlsx?year=2025").data))
    assert book["律师"].max_row == 2
    assert book["记录"].max_row == 5
    assert book["经过"].max_row == 1 + 4 * 3
