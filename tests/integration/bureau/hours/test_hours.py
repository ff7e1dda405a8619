import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from bureau.hours import confirmation, totals
from bureau.hours import entries as claiming
from bureau.hours.activity_trace import find_day, note_beat, note_save
from bureau.hours.clinics import Clinic
from bureau.hours.credited_minutes import credit
from bureau.hours.models import HourEntry
from bureau.hours.moves import Lawyer, Mover, get_entry, move
from bureau.hours.rule_book import load_book, set_category
from bureau.hours.rules import RuleBook
from bureau.hours.states import COUNTED
from bureau.hours.suggestions import explain, refresh_suggestions
from bureau.hours.time_spans import MINUTE, Span, day_bounds, minutes, parse_spans, union
from checkup.cases.models import Checkup
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import city_day
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tests.factories import lawyer_scope, make_case, owner_scope, worker_scope
from tests.hours import ADMIN, DAY, FIRM, NOON, clinic, firm_says, new_lawyer

DAYS = itertools.count()
OFFICERS = Scope(Audience.BUREAU, None, demo_id("officer@baoshan.example"), demo_id("bureau:310113"))


@pytest.fixture
def case(settings):
    """Signed by 周敏, each on a day of its own: no test's minutes are another's."""
    return make_case(settings, "signed", lawyer=2, seed=11, at=NOON - dt.timedelta(days=next(DAYS)))


def noon(case):
    with unit_of_work(lawyer_scope(case)) as session:
        return session.get_one(Checkup, (case.firm_id, case.checkup_id)).signed_at


def me(case):
    return Lawyer(case.firm_id, case.lawyer_id, "周敏")


def suggested(case, length=23):
    """One suggestion over so many minutes of heartbeats from noon on."""
    with unit_of_work(lawyer_scope(case)) as session:
        for minute in range(length):
            now = noon(case) + minute * MINUTE
            note_beat(session, checkup_id=case.checkup_id, lawyer_id=case.lawyer_id, now=now)
        return refresh(session, case)[0].id


def refresh(session, case):
    return refresh_suggestions(
        session, lawyer=me(case), today=city_day(NOON), now=noon(case), checkup_id=case.checkup_id
    )


def submitted(case, length=23):
    entry_id = suggested(case, length)
    with unit_of_work(lawyer_scope(case)) as session:
        claiming.submit(session, lawyer=me(case), entry_id=entry_id, now=NOON)
    return entry_id


def find(entry_id):
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        return session.get(HourEntry, (FIRM, entry_id))


def owner_says(case, answer):
    with unit_of_work(owner_scope(case)) as session:
        count = confirmation.answer_as_owner(
            session, checkup_id=case.checkup_id, answer=answer, by=Actor(case.owner_id, "店主"), now=NOON
        )
    with unit_of_work(worker_scope(case)) as session:  # what the worker was asked for
        credit(session, firm_id=case.firm_id, lawyer_id=case.lawyer_id)
    return count


def test_the_trace_becomes_a_suggestion_that_explains_itself(case):
    entry = find(suggested(case))
    assert (entry.state, entry.minutes, entry.source) == ("suggested", 23, "activity")
    with unit_of_work(lawyer_scope(case)) as session:
        day = find_day(session, checkup_id=case.checkup_id, lawyer_id=case.lawyer_id, day=city_day(noon(case)))
        assert explain(session, day=day, book=RuleBook()).steps[0].minutes == 23


def test_a_suggestion_grows_with_the_trace_by_a_new_entry(case):
    first = suggested(case, 5)
    with unit_of_work(lawyer_scope(case)) as session:
        note_save(session, checkup_id=case.checkup_id, lawyer_id=case.lawyer_id, now=noon(case) + 7 * MINUTE)
        again = refresh(session, case)
    assert [entry.minutes for entry in again] == [8]
    assert find(first).state == "replaced"


def test_nothing_is_suggested_twice(case):
    submitted(case)
    with unit_of_work(lawyer_scope(case)) as session:
        assert refresh(session, case) == []


def test_nobody_else_reads_the_trace_not_even_the_firms_admin(case):
    suggested(case)
    for scope in (Scope(Audience.FIRM, FIRM, ADMIN.id), owner_scope(case)):
        try:
            with unit_of_work(scope) as session:
                rows = session.execute(text("SELECT 1 FROM activity_day WHERE lawyer_id = :l"), {"l": case.lawyer_id})
                assert rows.all() == []
        except ProgrammingError as refused:
            assert "permission denied" in str(refused)  # noqa: PT017 - both ways of seeing nothing are right


def test_the_owner_confirms_with_one_tap(case):
    entry_id = submitted(case)
    assert owner_says(case, "yes") == 1
    entry = find(entry_id)
    assert (entry.state, entry.confirmed_by, entry.credited_minutes) == ("confirmed", "owner", 23)
    with pytest.raises(Conflict):
        owner_says(case, "yes")


@pytest.mark.parametrize("change", ["minutes = 600", "credited_minutes = 600", "lawyer_id = owner_id"])
def test_an_owners_role_touches_neither_what_is_claimed_nor_what_counts(case, change):
    submitted(case)
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(owner_scope(case)) as session:
        session.execute(text(f"UPDATE hour_entry SET {change}"))


@pytest.mark.parametrize("state", ["verified", "rejected", "dropped"])
def test_an_owners_role_says_yes_or_asks_and_decides_nothing_else(case, state):
    submitted(case)
    with pytest.raises(ProgrammingError, match="row-level security"), unit_of_work(owner_scope(case)) as session:
        session.execute(text("UPDATE hour_entry SET state = :state"), {"state": state})


def test_what_an_owner_has_said_her_role_does_not_change_again(case):
    entry_id = submitted(case)
    owner_says(case, "yes")
    with unit_of_work(owner_scope(case)) as session:
        changed = session.execute(text("UPDATE hour_entry SET state = 'questioned' WHERE id = :id"), {"id": entry_id})
        assert changed.rowcount == 0


def test_an_owners_no_is_a_question_that_the_lawyer_answers(case):
    entry_id = submitted(case)
    owner_says(case, "less")
    assert find(entry_id).state == "questioned"
    with unit_of_work(lawyer_scope(case)) as session:
        claiming.reply(session, lawyer=me(case), entry_id=entry_id, words="含电话沟通", now=NOON)
    assert firm_says(entry_id) == "confirmed"


def test_a_correction_is_a_new_entry_and_its_note_is_sealed(case, settings):
    old = submitted(case)
    owner_says(case, "yes")
    with unit_of_work(lawyer_scope(case)) as session:
        spans = parse_spans("12:00-12:10", city_day(noon(case)))
        keys = settings.keyring()
        made = claiming.correct(session, lawyer=me(case), entry_id=old, spans=spans, note="多算了", keys=keys, now=NOON)
        assert claiming.open_note(session, entry=made, keys=keys) == "多算了"
        made_id = made.id
    replaced, made = find(old), find(made_id)
    assert (replaced.state, replaced.minutes, replaced.credited_minutes) == ("replaced", 23, 0)
    assert (made.state, made.corrects_id, made.note) == ("submitted", old, "")
    assert "多算了".encode() not in made.sealed_note


def test_the_firm_cannot_confirm_its_own_hours(settings):
    entry_id = clinic("09:00-10:00", lawyer=Lawyer(FIRM, ADMIN.id, "陈晓"))
    with pytest.raises(Conflict, match="own_hours"):
        firm_says(entry_id)


def test_a_rejection_needs_a_reason(settings):
    entry_id = clinic("09:00-10:00", lawyer=new_lawyer())
    with pytest.raises(Invalid):
        firm_says(entry_id, "reject", " ")
    assert firm_says(entry_id, "reject", "没有签到表") == "rejected"


def test_overlapping_entries_count_their_minutes_once(settings):
    lawyer = new_lawyer()
    first, second = clinic("09:00-10:00", lawyer=lawyer), clinic("09:30-11:00", lawyer=lawyer)
    firm_says(first)
    firm_says(second)
    assert [find(one).credited_minutes for one in (first, second)] == [60, 60]


def test_minutes_of_a_replaced_entry_go_to_the_one_that_also_claimed_them(settings):
    lawyer = new_lawyer()
    first, second = clinic("09:00-10:00", lawyer=lawyer), clinic("09:30-11:00", lawyer=lawyer)
    firm_says(first)
    firm_says(second)
    with unit_of_work(Scope(Audience.FIRM, FIRM, lawyer.id)) as session:
        claiming.correct(
            session, lawyer=lawyer, entry_id=first, spans=parse_spans("09:00-09:10", DAY), note="早走",
            keys=settings.keyring(), now=NOON,
        )  # fmt: skip
    assert [find(one).credited_minutes for one in (first, second)] == [0, 90]


def test_the_database_itself_refuses_a_minute_counted_twice(settings):
    lawyer = new_lawyer()
    first, second = clinic("09:00-10:00", lawyer=lawyer), clinic("09:30-11:00", lawyer=lawyer)
    firm_says(first)
    with pytest.raises(IntegrityError, match="credited_once"), unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        session.get_one(HourEntry, (FIRM, second)).credited = parse_spans("09:59-10:01", DAY)


def test_the_database_itself_refuses_two_rules_for_one_day(settings):
    late, early = dt.date(2030, 1, 1), dt.date(2029, 1, 1)
    facts = {"bureau_id": demo_id("bureau:310113"), "code": "street_duty", "name": "街面", "name_en": "Street"}
    with unit_of_work(OFFICERS) as session:
        for weight, day in ((100, early), (120, late), (90, dt.date(2029, 6, 1))):
            set_category(session, weight=weight, from_on=day, by=OFFICERS.person_id, now=NOON, **facts)
        book = load_book(session, facts["bureau_id"])
        assert [book.weight("street_duty", day) for day in (early, dt.date(2029, 5, 31), late)] == [100, 100, 90]
    with pytest.raises(IntegrityError, match="one_at_a_time"), unit_of_work(OFFICERS) as session:
        session.execute(text("UPDATE hour_category SET until_on = NULL WHERE code = 'street_duty'"))


def test_a_bureau_reads_process_only(case):
    entry_id = submitted(case)
    with unit_of_work(OFFICERS) as session:
        seen = {entry.id: entry for entry in totals.list_entries(session, year=2026)}
        assert seen[entry_id].minutes == 23
    for column in ("owner_id", "note", "sealed_note"):
        with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(OFFICERS) as session:
            session.execute(text(f"SELECT {column} FROM hour_entry"))


def test_another_firms_lawyer_finds_nothing(case):
    entry_id = submitted(case)
    stranger = Lawyer(demo_id("jiangwan"), demo_id("jiangwan:1"), "林知远")
    with pytest.raises(NotFound), unit_of_work(Scope(Audience.FIRM, stranger.firm_id, stranger.id)) as session:
        claiming.submit(session, lawyer=stranger, entry_id=entry_id, now=NOON)


def test_the_target_is_reached_by_hours_or_by_two_legal_aid_cases(settings):
    lawyer = new_lawyer()
    for number in ("沪援001", "沪援002", "沪援002"):
        firm_says(clinic(f"{9 + int(number[-1])}:00-{10 + int(number[-1])}:00", lawyer=lawyer, category="legal_aid",
                         reference=number))  # fmt: skip
    with unit_of_work(Scope(Audience.FIRM, FIRM, lawyer.id)) as session:
        progress = totals.progress_of(session, lawyer_id=lawyer.id, year=2026, book=RuleBook())
    assert (progress.totals.aid_cases, progress.totals.counted, progress.is_reached) == (2, 120, True)


def test_the_hours_of_a_lawyer_who_moves_to_another_firm_stay_hers(settings):
    lawyer = new_lawyer()
    firm_says(clinic("09:00-10:00", lawyer=lawyer))
    with unit_of_work(Scope(Audience.FIRM, demo_id("jiangwan"), lawyer.id)) as session:
        assert [e.minutes for e in totals.list_entries(session, year=2026, lawyer_id=lawyer.id)] == [60]
    with unit_of_work(Scope(Audience.FIRM, demo_id("jiangwan"), demo_id("jiangwan:1"))) as session:
        assert totals.list_entries(session, year=2026, lawyer_id=lawyer.id) == []


# What people do to one lawyer's entries, in any order: (what, to which entry, begin, length).
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(("add", "add", "confirm", "question", "reject", "correct", "correct")),
        st.integers(0, 9),
        st.integers(0, 120),
        st.integers(1, 60),
    ),
    min_size=3,
    max_size=12,
)


@given(DEEDS)
@budget(max_examples=25, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_in_whatever_order_each_minute_counts_once(settings, deeds):
    lawyer, ids = new_lawyer(), []
    begin = day_bounds(DAY).start + dt.timedelta(hours=8)
    with unit_of_work(Scope(Audience.FIRM, FIRM, lawyer.id)) as session:
        for what, which, start, length in deeds:
            spans = (Span(begin + start * MINUTE, begin + (start + length) * MINUTE),)
            if what == "add" or not ids:
                form = Clinic(DAY, spans, "clinic", "x", "y", "", "")
                ids.append(claiming.add_clinic(session, lawyer=lawyer, clinic=form, now=NOON).id)
                continue
            chosen = ids[which % len(ids)]
            try:
                if what == "correct":
                    made = claiming.correct(
                        session,
                        lawyer=lawyer,
                        entry_id=chosen,
                        spans=spans,
                        note="改",
                        keys=settings.keyring(),
                        now=NOON,
                    )
                    ids.append(made.id)
                else:
                    move(session, get_entry(session, chosen), what, by=Mover(None, "firm"), now=NOON)
            except Conflict:
                continue
        entries = session.scalars(select(HourEntry).where(HourEntry.lawyer_id == lawyer.id)).all()
        standing = [entry for entry in entries if entry.state in COUNTED]
        assert sum(e.credited_minutes for e in entries) == minutes(union(*(e.spans for e in standing)))
        assert all(e.credited_minutes == minutes(e.credited) for e in entries)
        assert all(not e.credited for e in entries if e.state not in COUNTED)
        before = {entry.id: entry.credited for entry in entries}
        credit(session, firm_id=FIRM, lawyer_id=lawyer.id)
        assert before == {entry.id: entry.credited for entry in entries}
