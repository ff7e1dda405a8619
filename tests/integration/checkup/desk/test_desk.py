"""Offers, silence, the green channel, rosters, lists and views: on the database, by the services that people use."""

import datetime as dt
import io
import re

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from checkup.cases.models import Checkup
from checkup.conflicts import firm_list
from checkup.conflicts.models import ConflictCheck, FirmParty
from checkup.conflicts.parties import read_names, save_names
from checkup.conflicts.rechecking import recheck_case
from checkup.conflicts.values import CaseNames
from checkup.desk import green_channel, inactivity, offers
from checkup.desk.assignment import return_review, take_review
from checkup.desk.models import GreenCall
from checkup.desk.next_step import follow_review
from checkup.review.models import Review, ReviewEvent
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import city_day, now, start_of
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Invalid
from tests.factories import find_no_conflict, lawyer_scope, make_case, owner_scope, worker_scope
from tests.owners import DETAILS
from tests.visits import log_in
from webapp.tasks.desk import offer_waiting, ring_on, watch_reviews

FIRM = demo_id("hubin")
DAYS = dt.timedelta(days=1)


def row_of(session, case):
    return session.scalars(select(Checkup).where(Checkup.id == case.checkup_id)).one()


def review_of(case):
    with unit_of_work(worker_scope(case)) as session:
        return session.get(Review, (case.firm_id, case.checkup_id))


def became(case, kind="review"):
    with unit_of_work(worker_scope(case)) as session:
        query = select(ReviewEvent.became, ReviewEvent.why).where(ReviewEvent.checkup_id == case.checkup_id)
        return session.execute(query.where(ReviewEvent.kind == kind).order_by(ReviewEvent.at, ReviewEvent.id)).all()


@pytest.fixture
def waiting(settings):
    return make_case(settings, seed=41)


def offer(case, at=None):
    with unit_of_work(worker_scope(case)) as session:
        return offers.offer_case(session, checkup_id=case.checkup_id, now=at or now())


def test_a_waiting_case_is_offered_with_reasons_and_told_without_a_name(waiting):
    match = offer(waiting)
    review = review_of(waiting)
    assert (review.state, review.lawyer_id, review.offer_reasons) == (
        "offered",
        match.person_id,
        " ".join(match.reasons),
    )
    with unit_of_work(worker_scope(waiting)) as session:
        number = row_of(session, waiting).case_number
        told = session.execute(
            text("SELECT recipient, body FROM message WHERE subject LIKE :number"), {"number": f"{number}%请您看"}
        ).one()
    assert told.recipient.endswith("@hubin.example")
    assert offer(waiting) is None, "twice is once"


def test_an_offer_that_lapses_goes_to_somebody_else(waiting):
    first = offer(waiting)
    later = now() + 6 * DAYS
    with unit_of_work(worker_scope(waiting)) as session:
        assert waiting.checkup_id in offers.list_lapsed(session, firm_id=FIRM, now=later)
        offers.lapse_offer(session, checkup_id=waiting.checkup_id, now=later)
    second = offer(waiting, later)
    assert second is not None
    assert second.person_id != first.person_id
    assert ("returned", "lapsed") in became(waiting)


def test_a_lawyer_passes_an_offer_without_blame(app, waiting):
    match = offer(waiting)
    with unit_of_work(Scope(Audience.FIRM, FIRM, match.person_id)) as session:
        return_review(session, checkup_id=waiting.checkup_id, by=Actor(match.person_id, ""), why="unsaid", now=now())
    assert review_of(waiting).state == "returned"
    assert offer(waiting).person_id != match.person_id


@pytest.mark.parametrize(("state", "silent", "expected"), [("in_review", 6, "warn"), ("in_review", 1, "nothing")])
def test_a_silent_lawyer_is_warned(settings, state, silent, expected):
    case = make_case(settings, state, seed=42)
    with unit_of_work(worker_scope(case)) as session:
        assert inactivity.watch_case(session, checkup_id=case.checkup_id, now=now() + silent * DAYS) == expected


def test_after_the_warning_the_case_goes_to_others_with_all_that_was_done(settings):
    case = make_case(settings, "in_review", seed=43)
    with unit_of_work(worker_scope(case)) as session:
        inactivity.watch_case(session, checkup_id=case.checkup_id, now=now() + 6 * DAYS)
    with unit_of_work(worker_scope(case)) as session:
        assert inactivity.watch_case(session, checkup_id=case.checkup_id, now=now() + 11 * DAYS) == "reassign"
        assert row_of(session, case).state == "submitted"
    review = review_of(case)
    assert (review.state, review.lawyer_id) == ("reassigned", None)
    with unit_of_work(lawyer_scope(case)) as session:
        assert session.scalar(text("SELECT count(*) FROM answers WHERE checkup_id = :id"), {"id": case.checkup_id}) == 0


@pytest.fixture
def urgent(settings):
    for seed in range(60, 140):
        case = make_case(settings, seed=seed)
        with unit_of_work(worker_scope(case)) as session:
            if row_of(session, case).urgent_count:
                return case
    raise AssertionError("no urgent case among the seeds")


def call_of(case):
    with unit_of_work(worker_scope(case)) as session:
        return session.get(GreenCall, (case.firm_id, case.checkup_id))


def test_an_urgent_case_rings_the_roster_then_the_next_and_has_an_owner_all_the_time(urgent):
    at = start_of(city_day(now())) + dt.timedelta(hours=10)
    with unit_of_work(worker_scope(urgent)) as session:
        follow_review(session, checkup_id=urgent.checkup_id, now=at)
    first = call_of(urgent)
    assert (first.state, first.due_at) == ("ringing", at + dt.timedelta(hours=2))
    assert first.responsible_name
    with unit_of_work(worker_scope(urgent)) as session:
        assert urgent.checkup_id in green_channel.list_due(session, firm_id=FIRM, now=first.due_at)
        green_channel.follow_call(session, checkup_id=urgent.checkup_id, now=first.due_at)
    second = call_of(urgent)
    assert second.responsible_id not in (None, first.responsible_id)
    assert second.rung == 2


def test_whoever_takes_an_urgent_case_answers_for_it_until_the_owner_was_spoken_to(settings, urgent):
    with unit_of_work(worker_scope(urgent)) as session:
        follow_review(session, checkup_id=urgent.checkup_id, now=now())
    person = demo_id("hubin:3")
    find_no_conflict(settings, urgent, person)
    with unit_of_work(Scope(Audience.FIRM, FIRM, person)) as session:
        take_review(session, checkup_id=urgent.checkup_id, lawyer_id=person, now=now())
    held = call_of(urgent)
    assert (held.state, held.responsible_id) == ("held", person)
    with unit_of_work(worker_scope(urgent)) as session:
        green_channel.end_call(session, row_of(session, urgent), now=now(), why="spoken")
    assert call_of(urgent).ended_at is not None
    assert [state for state, _ in became(urgent, "green")][-2:] == ["held", "done"]


def test_a_new_name_that_is_a_conflict_closes_the_facts_until_a_partner_decides(settings):
    case = make_case(settings, "in_review", seed=44)
    with unit_of_work(owner_scope(case)) as session:
        names = CaseNames(counterparties=("永興餐飲",))
        save_names(session, checkup_id=case.checkup_id, names=names, keys=settings.keyring())
    with unit_of_work(worker_scope(case)) as session:
        assert recheck_case(session, checkup_id=case.checkup_id, keys=settings.keyring(), now=now()) == 1
    with unit_of_work(lawyer_scope(case)) as session:
        check = session.get_one(ConflictCheck, (case.firm_id, case.checkup_id, case.lawyer_id))
        assert check.outcome == "ask_partner"
        assert session.scalar(text("SELECT count(*) FROM answers WHERE checkup_id = :id"), {"id": case.checkup_id}) == 0


def test_names_are_sealed_and_open_to_the_firm_before_the_facts(settings, waiting):
    with unit_of_work(owner_scope(waiting)) as session:
        names = CaseNames("王姐", ("李四",), ("房东张三",))
        save_names(session, checkup_id=waiting.checkup_id, names=names, keys=settings.keyring())
    with unit_of_work(lawyer_scope(waiting)) as session:
        sealed = session.scalar(
            text("SELECT sealed FROM case_parties WHERE checkup_id = :id"), {"id": waiting.checkup_id}
        )
        assert "房东".encode() not in bytes(sealed)
        assert read_names(session, row_of(session, waiting), settings.keyring())[0] == names
        assert (
            session.scalar(text("SELECT count(*) FROM answers WHERE checkup_id = :id"), {"id": waiting.checkup_id}) == 0
        )


def test_only_an_admin_changes_the_firms_list():
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        unit_of_work(Scope(Audience.FIRM, FIRM, demo_id("hubin:3"))) as session,
    ):
        firm_list.add_party(session, firm_id=FIRM, name="某某", side="client", now=now())


def test_a_table_is_imported_whole_or_not_at_all():
    scope = Scope(Audience.FIRM, FIRM, demo_id("hubin:1"))
    good = "名字,是谁,信用代码,案号\n上海表格贸易有限公司,客户,,1\n刘表格,对方,,2\n".encode("gb18030")
    with unit_of_work(scope) as session:
        assert firm_list.import_table(session, firm_id=FIRM, content=good, now=now()) == 2
    with unit_of_work(scope) as session:
        assert firm_list.import_table(session, firm_id=FIRM, content=good, now=now()) == 0, "known lines add nothing"
    with pytest.raises(Invalid) as refused, unit_of_work(scope) as session:
        firm_list.import_table(session, firm_id=FIRM, content="好名字,客户\n坏的,朋友\n,对方\n".encode(), now=now())
    assert [(fault.code, fault.params["line"]) for fault in refused.value.faults] == [
        ("unknown_option", 2),
        ("required", 3),
    ]
    with unit_of_work(scope) as session:
        assert session.scalars(select(FirmParty).where(FirmParty.name == "好名字")).first() is None
        assert [row.name for row in firm_list.list_parties(session, firm_id=FIRM, search="表格贸易")][0].startswith(
            "上海表格"
        )


@pytest.fixture
def lawyer(app):
    return log_in(app, "lawyer1@hubin.example")


def test_room_is_said_and_refused_when_it_makes_no_sense(lawyer):
    form = {"a_month": "2", "domains": ["emp", "pre"], "languages": ["zh", "en"], "from_hour": "19", "to_hour": "22"}
    assert lawyer.post("/lawyer/room", data=form).status_code == 302
    assert 'value="19"' in lawyer.get("/lawyer/room").text
    refused = lawyer.post("/lawyer/room", data={"a_month": "many", "from_hour": "25"})
    assert refused.status_code == 422
    assert 'value="many"' in refused.text


def test_a_view_is_saved_shown_and_dropped(lawyer):
    assert lawyer.post("/lawyer/views", data={"name": "急的用工", "domain": "emp", "urgent": "yes"}).status_code == 302
    page = lawyer.get("/lawyer/").text
    assert "急的用工" in page
    view = re.search(r"/lawyer/views/([\w-]+)/drop", page)[1]
    assert lawyer.post(f"/lawyer/views/{view}/drop").status_code == 302
    assert "急的用工" not in lawyer.get("/lawyer/").text
    assert lawyer.post("/lawyer/views", data={"name": " "}).status_code == 422


def test_filters_hold_back_what_does_not_fit(lawyer, urgent):
    with unit_of_work(worker_scope(urgent)) as session:
        row = row_of(session, urgent)
        number, domain = row.case_number, row.domains.split()[0]
    assert number in lawyer.get(f"/lawyer/?urgent=yes&domain={domain}&language=zh").text
    for query in ("state=mine", "language=en", "mode=deep&state=done", "district=none", "domain=none"):
        assert number not in lawyer.get(f"/lawyer/?{query}").text, query


def test_the_admin_plans_the_roster_and_imports_a_list(lawyer):
    page = lawyer.get("/firm/roster").text
    day = re.search(r'name="(\d{4}-\d\d-\d\d)-1"', page)[1]
    person = str(demo_id("hubin:3"))
    assert lawyer.post("/firm/roster", data={f"{day}-1": person, f"{day}-2": person}).status_code == 422
    assert lawyer.post("/firm/roster", data={f"{day}-1": person}).status_code == 302
    assert lawyer.post("/firm/roster", data={"fill": "yes"}).status_code == 302
    sent = {"table": (io.BytesIO("新客户有限公司,客户\n错的,什么\n".encode()), "list.csv")}
    refused = lawyer.post("/firm/parties/import", data=sent)
    assert refused.status_code == 422
    assert "第2行" in refused.text


def test_an_owner_tells_names_and_keeps_what_was_typed_when_it_is_too_much(app, settings):
    client = app.test_client()
    from_start = client.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    assert client.post(f"{from_start}/names", data={"counterparties": "房东张三\n永興餐飲"}).status_code == 302
    page = client.get(f"{from_start}/names").text
    assert "房东张三" in page
    refused = client.post(f"{from_start}/names", data={"counterparties": "\n".join(f"第{n}家" for n in range(30))})
    assert refused.status_code == 422
    assert "第29家" in refused.text
    assert "房东张三" in client.get(f"{from_start}/mine/export").text


def test_the_periodic_jobs_can_run_twice(settings, waiting):
    for job in (offer_waiting, watch_reviews, ring_on, offer_waiting, watch_reviews, ring_on):
        assert job(settings) >= 0
    assert review_of(waiting).state == "offered"
