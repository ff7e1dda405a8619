"""Who is told what in time: owners in a hurry, lawyers who were answered, admins when nobody may act; and heirs."""

import datetime as dt
import re
import uuid

import pytest
from sqlalchemy import select

from checkup.cases.models import Checkup
from checkup.correspondence.case_status import get_turn, read_status
from checkup.correspondence.messages import answer_lawyer, ask_owner, write_to_lawyer, write_to_owner
from checkup.correspondence.unread import note_seen, tell_lawyer
from checkup.desk import green_channel, offers
from checkup.desk.assignment import take_review
from checkup.desk.conflict_step import settle_check
from checkup.desk.filters import Filters
from checkup.desk.models import GreenCall
from checkup.desk.next_step import follow_review
from checkup.desk.queue import list_queue
from checkup.desk.stuck import list_stuck
from checkup.owner.erasure import erase_checkup
from checkup.review.models import Review
from checkup.signoff import corrections, decisions, signing
from demo.cases import Case
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Membership, Message, Person
from tests.factories import (
    CLEAR_AND_MINE,
    add_member,
    find_no_conflict,
    lawyer_scope,
    make_case,
    owner_scope,
    worker_scope,
)
from tests.owners import DETAILS, answer_all
from tests.visits import log_in

FIRM, DAY = demo_id("hubin"), dt.timedelta(days=1)
MORNING = dt.datetime(2026, 3, 3, 2, tzinfo=dt.UTC)  # a Tuesday, ten o'clock in the city


def row_of(session, case):
    return session.scalars(select(Checkup).where(Checkup.id == case.checkup_id)).one()


def review_of(case):
    with unit_of_work(worker_scope(case)) as session:
        return session.get(Review, (case.firm_id, case.checkup_id))


def follow(case, at):
    with unit_of_work(worker_scope(case)) as session:
        follow_review(session, checkup_id=case.checkup_id, now=at)


def status(case, at):
    with unit_of_work(owner_scope(case)) as session:
        return read_status(session, checkup_id=case.checkup_id, now=at)


def take(settings, case, person_id, at):
    find_no_conflict(settings, case, person_id)
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, person_id)) as session:
        take_review(session, checkup_id=case.checkup_id, lawyer_id=person_id, now=at)


def mails(case, words):
    """(recipient, body) of every mail about the case whose subject has these words."""
    with unit_of_work(worker_scope(case)) as session:
        about = Message.subject.startswith(row_of(session, case).case_number) & Message.subject.contains(words)
        query = select(Message.recipient, Message.body).where(about, Message.channel == "email")
        return [tuple(one) for one in session.execute(query.order_by(Message.queued_at))]


@pytest.fixture
def urgent(settings):
    for seed in range(60, 140):
        case = make_case(settings, seed=seed, at=MORNING)
        with unit_of_work(worker_scope(case)) as session:
            if row_of(session, case).urgent_count:
                return case
    raise AssertionError("no urgent case among the seeds")


def test_an_owner_in_a_hurry_is_told_by_when_and_by_whom(settings, urgent):
    follow(urgent, MORNING)
    promised = status(urgent, MORNING).promise
    assert (promised.name, promised.by, promised.is_late) == ("", MORNING.replace(day=4, hour=10), False)
    take(settings, urgent, demo_id("hubin:3"), MORNING + DAY)
    held = status(urgent, MORNING + DAY).promise
    with unit_of_work(worker_scope(urgent)) as session:
        name = session.scalars(select(Person.name).where(Person.id == demo_id("hubin:3"))).one()
    assert (held.name, held.by) == (name, MORNING.replace(day=5, hour=10))


def test_a_call_that_nobody_takes_is_late_for_the_owner(urgent):
    follow(urgent, MORNING)
    assert status(urgent, MORNING + 2 * DAY).promise.is_late


def test_whoever_is_rung_and_recuses_herself_answers_for_it_no_longer(settings, urgent):
    follow(urgent, MORNING)
    rung = responsible(urgent)
    recuse(settings, urgent, rung)
    follow(urgent, MORNING)
    assert responsible(urgent) not in (None, rung)


def responsible(case):
    with unit_of_work(worker_scope(case)) as session:
        return session.get_one(GreenCall, (case.firm_id, case.checkup_id)).responsible_id


def test_late_stays_late_when_the_lawyer_gets_more_time(settings, urgent):
    follow(urgent, MORNING)
    take(settings, urgent, demo_id("hubin:3"), MORNING)
    with unit_of_work(worker_scope(urgent)) as session:
        green_channel.follow_call(session, checkup_id=urgent.checkup_id, now=MORNING + 2 * DAY)
    assert status(urgent, MORNING + 2 * DAY).promise.is_late


def test_a_written_word_ends_the_call(settings, urgent):
    follow(urgent, MORNING)
    take(settings, urgent, demo_id("hubin:3"), MORNING)
    with unit_of_work(Scope(Audience.FIRM, FIRM, demo_id("hubin:3"))) as session:
        write_to_owner(
            session, checkup_id=urgent.checkup_id, text="我来办。", files=(), lawyer_id=demo_id("hubin:3"),
            lawyer_name="陈晓", keys=settings.keyring(), now=MORNING,
        )  # fmt: skip
    assert status(urgent, MORNING).promise is None


@pytest.fixture
def client(app):
    return log_in(app, "lawyer1@hubin.example")


@pytest.fixture
def mine(settings):
    """A case in review with the lawyer who logs in as `client`."""
    return make_case(settings, "in_review", seed=7)


def write(case, settings, at=None):
    with unit_of_work(owner_scope(case)) as session:
        write_to_lawyer(
            session, checkup_id=case.checkup_id, text="房东又来了", files=(), owner_id=case.owner_id,
            keys=settings.keyring(), now=at or now(),
        )  # fmt: skip


def tell(case):
    with unit_of_work(worker_scope(case)) as session:
        tell_lawyer(session, checkup_id=case.checkup_id, link="https://famai.example/x", now=now())


def test_the_lawyer_gets_one_mail_without_content_until_she_opens_the_case(settings, mine, client):
    for _ in range(2):
        write(mine, settings)
        tell(mine)
    ((to, body),) = mails(mine, "回了话")
    assert to.endswith("@hubin.example")
    assert "https://famai.example/x" in body
    assert "房东" not in body
    assert client.get(f"/lawyer/checkups/{mine.checkup_id}/messages").status_code == 200
    assert review_of(mine).unread_at is None
    write(mine, settings)
    tell(mine)
    assert len(mails(mine, "回了话")) == 2


def test_the_queue_marks_what_the_lawyer_has_not_opened(settings, mine, client):
    write(mine, settings)
    assert "店主来了消息" in client.get("/lawyer/?state=mine").text
    client.get(f"/lawyer/checkups/{mine.checkup_id}")
    assert review_of(mine).unread_at is None


def test_a_colleague_who_looks_does_not_take_the_mark_away(app, settings, mine):
    write(mine, settings)
    colleague = demo_id("hubin:2")
    find_no_conflict(settings, mine, colleague)
    with unit_of_work(Scope(Audience.FIRM, FIRM, colleague)) as session:
        note_seen(session, checkup_id=mine.checkup_id, person_id=colleague, now=now())
    assert review_of(mine).unread_at is not None


def recuse(settings, case, person_id):
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, person_id)) as session:
        settle_check(
            session, checkup_id=case.checkup_id, by=Actor(person_id, "x"), outcome="recuse", reason="",
            parties_version=0, takes_case=False, keys=settings.keyring(), now=now(),
        )  # fmt: skip


def lawyers_of(case):
    with unit_of_work(worker_scope(case)) as session:
        query = select(Membership.person_id).where(Membership.firm_id == case.firm_id)
        return set(session.scalars(query.where(Membership.role.in_(("lawyer", "partner")))))


@pytest.fixture
def stuck(settings):
    case = make_case(settings, seed=8)
    for person_id in lawyers_of(case):
        recuse(settings, case, person_id)
    follow(case, now())
    return case


def test_when_nobody_may_act_the_admins_are_told_once(stuck):
    follow(stuck, now())
    with unit_of_work(worker_scope(stuck)) as session:
        query = select(Person.email).join(Membership, Membership.person_id == Person.id)
        admins = set(session.scalars(query.where(Membership.firm_id == FIRM, Membership.role == "firm_admin")))
    assert admins
    assert sorted(to for to, _ in mails(stuck, "没有人能接")) == sorted(admins)
    assert review_of(stuck).state == "pool", "offered to nobody"


def test_the_queue_and_the_admins_page_name_it(stuck, client):
    with unit_of_work(worker_scope(stuck)) as session:
        number = row_of(session, stuck).case_number
    assert "没有人能接" in client.get("/lawyer/").text
    assert number in client.get("/firm/people").text


def test_a_case_that_went_elsewhere_is_named_no_more(stuck):
    with unit_of_work(owner_scope(stuck)) as session:
        number, by = row_of(session, stuck).case_number, Actor(stuck.owner_id, "店主")
        erase_checkup(session, checkup_id=stuck.checkup_id, asked_by="moved", by=by, now=now())
    with unit_of_work(worker_scope(stuck)) as session:
        assert number not in list_stuck(session, firm_id=FIRM)


def test_the_owners_page_says_what_happens_next(app, settings):
    owner = app.test_client()
    url = owner.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    answer_all(owner, url)
    owner.post(f"{url}/submit")
    case = Case(FIRM, uuid.UUID(url.rsplit("/", 1)[-1]), uuid.UUID(int=0), None)
    for person_id in lawyers_of(case):
        recuse(settings, case, person_id)
    follow(case, now())
    page = owner.get(f"{url}/result").text
    assert "您可以换一家律所" in page
    assert f"{url}/mine#move" in page
    assert "点同意" not in page, "a letter of a firm that cannot act is not offered"
    assert 'id="move"' in owner.get(f"{url}/mine").text


def test_the_owners_pages_show_the_green_channel(app, settings):
    owner = app.test_client()
    url = owner.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    answer_all(owner, url)
    owner.post(f"{url}/submit")
    checkup_id = uuid.UUID(url.rsplit("/", 1)[-1])
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        row = session.get_one(Checkup, (FIRM, checkup_id))
        row.urgent_count = 1
        follow_review(session, checkup_id=checkup_id, now=now() - 9 * DAY)
    assert "到现在还没有律师接" in owner.get(f"{url}/result").text
    code = re.search(
        r"<strong>(\w{4}-\w{4})</strong>", owner.post(f"{url}/elsewhere", data={"phone": "02155556666"}).text
    )[1]
    number = re.search(r"SH\d\d-\w{6}", owner.get(f"{url}/result").text)[0]
    by_code = app.test_client().post("/status", data={"number": number, "code": code}).text
    assert 'href="tel:12348"' in by_code


def test_a_lawyer_who_joins_ends_it(stuck):
    add_member(FIRM, "lawyer")
    follow(stuck, now())
    assert not status(stuck, now()).is_stuck


def test_the_queue_leaves_out_the_days_on_which_the_owner_was_asked(settings):
    case = make_case(settings, "in_review", at=MORNING, seed=9)
    given = {"checkup_id": case.checkup_id, "keys": settings.keyring()}
    with unit_of_work(lawyer_scope(case)) as session:
        asked = ask_owner(
            session, risk=None, text="还在吗？", lawyer_id=case.lawyer_id, lawyer_name="陈晓", now=MORNING, **given
        ).id
    later = MORNING + 3 * DAY
    with unit_of_work(owner_scope(case)) as session:
        answer_lawyer(session, question_id=asked, text="在", files=(), owner_id=case.owner_id, now=later, **given)
    with unit_of_work(lawyer_scope(case)) as session:
        review_screen = get_turn(session, row_of(session, case), later)
    # A colleague, who may not read the question, sees the same day.
    with unit_of_work(Scope(Audience.FIRM, FIRM, demo_id("hubin:3"))) as session:
        found = list_queue(session, firm_id=FIRM, person_id=demo_id("hubin:3"), filters=Filters(), now=later)
    clock = next(one.clock for one in found if one.checkup.id == case.checkup_id)
    assert clock.why == "review"
    assert clock.day == review_screen.due.day == dt.date(2026, 3, 13)


@pytest.fixture
def left(settings):
    """A signed case whose lawyer began a correction and then recused herself."""
    case = make_case(settings, "signed", seed=10)
    with unit_of_work(lawyer_scope(case)) as session:
        version = session.get_one(Review, (case.firm_id, case.checkup_id)).version
        corrections.begin_correction(
            session, checkup_id=case.checkup_id, lawyer_id=case.lawyer_id, why="漏看", version=version,
            keys=settings.keyring(), now=now(),
        )  # fmt: skip
    recuse(settings, case, case.lawyer_id)
    return case


def test_a_correction_whose_lawyer_recused_is_offered_and_shown_to_others(left):
    with unit_of_work(worker_scope(left)) as session:
        assert left.checkup_id in offers.list_waiting(session, firm_id=FIRM)
        match = offers.offer_case(session, checkup_id=left.checkup_id, now=now())
    assert match.person_id != left.lawyer_id
    with unit_of_work(Scope(Audience.FIRM, FIRM, match.person_id)) as session:
        given = {"firm_id": FIRM, "person_id": match.person_id, "now": now()}
        for state in ("open", "waiting", "offered"):
            found = list_queue(session, filters=Filters(state=state), **given)
            assert left.checkup_id in [one.checkup.id for one in found], state


def test_another_lawyer_finishes_a_correction_that_was_left(settings, left):
    heir = demo_id("hubin:2")
    take(settings, left, heir, now())
    given = {"checkup_id": left.checkup_id, "lawyer_id": heir, "keys": settings.keyring(), "now": now()}
    with unit_of_work(Scope(Audience.FIRM, FIRM, heir)) as session:
        version = session.get_one(Review, (left.firm_id, left.checkup_id)).version
        decisions.save_advice(session, advice="先补合同", version=version, **given)
        edition = signing.sign_off(session, version=version + 1, **given)
    assert (edition.number, edition.lawyer_id) == (2, heir)
    with unit_of_work(owner_scope(left)) as session:
        assert row_of(session, left).state == "signed"


def test_the_heir_takes_it_on_the_page_of_names(app, left):
    heir = log_in(app, "lawyer2@hubin.example")
    assert "更正中" in heir.get("/lawyer/?state=waiting").text
    names = f"/lawyer/checkups/{left.checkup_id}/names"
    assert 'value="take"' in heir.get(names).text
    assert heir.post(names, data=CLEAR_AND_MINE).location.endswith(str(left.checkup_id))
    assert 'id="signing"' in heir.get(f"/lawyer/checkups/{left.checkup_id}").text
    assert "更正中" in heir.get("/lawyer/?state=mine").text


def test_an_heir_may_also_keep_what_was_signed(settings, left):
    heir = demo_id("hubin:2")
    take(settings, left, heir, now())
    with unit_of_work(Scope(Audience.FIRM, FIRM, heir)) as session:
        version = session.get_one(Review, (left.firm_id, left.checkup_id)).version
        corrections.keep_edition(
            session, checkup_id=left.checkup_id, lawyer_id=heir, version=version, keys=settings.keyring(), now=now()
        )
    assert (review_of(left).state, review_of(left).edition) == ("signed", 1)


def test_recusal_after_signing_keeps_the_report(settings):
    case = make_case(settings, "signed", seed=11)
    recuse(settings, case, case.lawyer_id)
    assert review_of(case).state == "signed"
