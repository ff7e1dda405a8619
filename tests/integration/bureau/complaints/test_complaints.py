import datetime as dt

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from bureau.complaints import complaints, outcomes
from bureau.complaints import desk as complaint_desk
from bureau.complaints.complaints import Said
from bureau.complaints.officers_mail import tell_officers
from checkup.cases.key_rotation import rewrap_firm
from checkup.cases.models import Checkup
from checkup.owner import ratings
from checkup.owner.ratings import Given
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import CITY, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tenants.models import Message
from tests.bodies import find_body
from tests.factories import lawyer_scope, make_case, owner_scope, worker_scope
from webapp.tasks.mending import TASKS

OFFICER = Actor(demo_id("officer@baoshan.example"), "王科员")
FRIDAY = dt.datetime(2026, 3, 6, 21, 40, tzinfo=CITY)


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=68)


def bureau_scope(district="310113"):
    return Scope(Audience.BUREAU, bureau_id=demo_id(f"bureau:{district}"))


def complain(settings, case, words="律师三天没回话", phone="13800138000", at=None):
    with unit_of_work(owner_scope(case)) as session:
        return complaints.open_complaint(
            session, checkup_id=case.checkup_id, said=Said(words, phone, True), keys=settings.keyring(), now=at or now()
        ).id


def own(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        return complaints.find_own(session, checkup_id=case.checkup_id, keys=settings.keyring())


def desk(district="310113"):
    with unit_of_work(bureau_scope(district)) as session:
        return {line.id: line for line in complaint_desk.list_complaints(session, now=now())}


def entry(settings, complaint_id, district="310113"):
    with unit_of_work(bureau_scope(district)) as session:
        return complaint_desk.open_entry(session, complaint_id=complaint_id, keys=settings.keyring(), now=now())


def settle(settings, complaint_id, outcome="已换了一位律师，明天打给您。"):
    with unit_of_work(bureau_scope()) as session:
        complaint_desk.settle(
            session, complaint_id=complaint_id, outcome=outcome, by=OFFICER, keys=settings.keyring(), now=now()
        )


def rate(settings, case, *answers, words=""):
    with unit_of_work(owner_scope(case)) as session:
        given = Given(*answers, words)
        return ratings.rate(session, checkup_id=case.checkup_id, given=given, keys=settings.keyring(), now=now())


def test_a_rating_is_kept_and_a_newer_one_holds(settings, case):
    rate(settings, case, 5, 4, 5, words="很好")
    rate(settings, case, 2, 4, 5, words="说得太快")
    with unit_of_work(owner_scope(case)) as session:
        found = ratings.find_rating(session, case.checkup_id)
        assert (found.useful, found.moment) == (2, "signed")
        assert ratings.open_words(session, found, settings.keyring()) == "说得太快"


def test_only_a_signed_checkup_is_rated(settings):
    with pytest.raises(Conflict):
        rate(settings, make_case(settings, "submitted", seed=68), 5, 5, 5)


def test_only_after_a_bad_rating_is_a_call_offered(settings, case):
    rate(settings, case, 3, 3, 3)
    with pytest.raises(Conflict), unit_of_work(owner_scope(case)) as session:
        ratings.answer_offer(session, checkup_id=case.checkup_id, wants_call=True)


def test_the_bureau_of_the_firm_reads_what_the_owner_wrote_and_its_clock(settings, case):
    complaint = complain(settings, case, at=FRIDAY)
    seen = entry(settings, complaint)
    assert (seen.words, seen.phone) == ("律师三天没回话", "13800138000")
    assert seen.line.name == "上海沪滨律师事务所"
    assert (seen.line.due_on, seen.line.is_late) == (dt.date(2026, 3, 9), True)


def test_another_districts_bureau_sees_nothing_and_the_city_everything(settings, case):
    complaint = complain(settings, case)
    assert complaint not in desk("310110")
    with pytest.raises(NotFound):
        entry(settings, complaint, "310110")
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=demo_id("bureau"))) as session:
        assert complaint in {line.id for line in complaint_desk.list_complaints(session, now=now())}


@pytest.mark.parametrize("column", ["owner_id", "checkup_id", "*"])
def test_the_bureaus_role_cannot_find_the_case_behind_a_complaint(settings, case, column):
    complain(settings, case)
    with pytest.raises(ProgrammingError), unit_of_work(bureau_scope()) as session:
        session.execute(text(f"SELECT {column} FROM complaint"))


def test_the_firm_concerned_has_no_door_to_complaints(settings, case):
    complain(settings, case)
    for table in ("complaint", "complaint_key", "complaint_event"):
        with pytest.raises(ProgrammingError), unit_of_work(lawyer_scope(case)) as session:
            session.execute(text(f"SELECT 1 FROM {table}"))


def test_what_was_written_is_sealed(settings, case):
    complain(settings, case)
    with unit_of_work(worker_scope(case)) as session:
        query = text("SELECT sealed_words, sealed_phone FROM complaint WHERE checkup_id = :id")
        words, phone = session.execute(query, {"id": case.checkup_id}).one()
    assert "律师".encode() not in words
    assert b"13800138000" not in phone


def test_complaining_twice_adds_to_the_one_that_runs(settings, case):
    assert complain(settings, case) == complain(settings, case, words="还有一件事")
    assert own(settings, case).words == "还有一件事"


def test_the_outcome_reaches_the_owner(settings, case):
    complaint = complain(settings, case)
    with unit_of_work(bureau_scope()) as session:
        complaint_desk.take(session, complaint_id=complaint, by=OFFICER, now=now())
    settle(settings, complaint)
    assert (own(settings, case).state, own(settings, case).outcome) == ("settled", "已换了一位律师，明天打给您。")
    TASKS["tell_complaint_outcome"](settings, firm_id=str(case.firm_id), complaint_id=str(complaint))
    with unit_of_work(worker_scope(case)) as session:
        number = session.get_one(Checkup, (case.firm_id, case.checkup_id)).case_number
        subjects = session.scalars(select(Message.subject).where(Message.recipient == number)).all()
    assert f"{number}：司法局有答复了" in subjects


def test_every_step_of_a_complaint_is_an_event(settings, case):
    complaint = complain(settings, case)
    with unit_of_work(bureau_scope()) as session:
        complaint_desk.take(session, complaint_id=complaint, by=OFFICER, now=now())
    settle(settings, complaint)
    steps = [(event.became, event.actor_name) for event in entry(settings, complaint).events]
    assert steps == [("opened", ""), ("in_hand", "王科员"), ("settled", "王科员")]


def test_a_complaint_is_settled_once_and_with_words(settings, case):
    complaint = complain(settings, case)
    with pytest.raises(Invalid):
        settle(settings, complaint, " ")
    settle(settings, complaint)
    with pytest.raises(Conflict):
        settle(settings, complaint)


def test_the_owner_may_take_a_complaint_back(settings, case):
    complaint = complain(settings, case)
    with unit_of_work(owner_scope(case)) as session:
        complaints.withdraw(session, checkup_id=case.checkup_id, now=now())
    with pytest.raises(Conflict):
        settle(settings, complaint)


def test_an_erased_case_leaves_a_complaint_without_words(settings, case):
    complaint = complain(settings, case)
    with unit_of_work(worker_scope(case)) as session:
        outcomes.forget_complaints(session, firm_id=case.firm_id, checkup_id=case.checkup_id, now=now())
    seen = entry(settings, complaint)
    assert (seen.words, seen.phone, seen.line.state) == ("", "", "withdrawn")


def test_a_new_firm_key_still_opens_complaints(settings, case):
    complaint, keys = complain(settings, case), settings.keyring()
    with unit_of_work(worker_scope(case)) as session:
        query = text("SELECT wrapped_key FROM firm WHERE id = :id")
        was = session.execute(query, {"id": case.firm_id}).scalar_one()
        becomes = keys.new_firm_key(str(case.firm_id))
        assert rewrap_firm(session, firm_id=case.firm_id, was=was, becomes=becomes, keys=keys)
        rewrap_firm(session, firm_id=case.firm_id, was=becomes, becomes=was, keys=keys)
    assert entry(settings, complaint).words == "律师三天没回话"


def complain_of_a_body(settings, case, words="答应了没办"):
    said = Said(words, "", False)
    with unit_of_work(owner_scope(case)) as session:
        given = {"checkup_id": case.checkup_id, "said": said, "keys": settings.keyring(), "now": now()}
        return complaints.open_complaint(session, about=find_body("和商"), **given).id


def test_a_complaint_about_a_body_goes_to_the_bureau_that_is_above_both(settings, case):
    complaint = complain_of_a_body(settings, case)
    assert complaint not in desk()
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=demo_id("bureau"))) as session:
        seen = complaint_desk.open_entry(session, complaint_id=complaint, keys=settings.keyring(), now=now())
    assert (seen.line.is_body, "和商" in seen.line.name, seen.words) == (True, True, "答应了没办")
    with unit_of_work(worker_scope(case)) as session:
        assert tell_officers(session, firm_id=case.firm_id, complaint_id=complaint, now=now()) > 0
        query = select(Message.recipient).where(Message.template == "complaint_opened")
        assert "officer@city.example" in set(session.scalars(query))


def test_a_complaint_about_a_body_is_another_than_one_about_the_firm(settings, case):
    about_firm, about_body = complain(settings, case), complain_of_a_body(settings, case)
    assert about_body != about_firm
    assert complain_of_a_body(settings, case, "还是没办") == about_body
    with unit_of_work(owner_scope(case)) as session:
        complaints.withdraw(session, checkup_id=case.checkup_id, now=now(), provider_id=find_body("和商").id)
    assert own(settings, case).state == "opened"


def test_an_erased_case_takes_what_was_said_about_a_body_along(settings, case):
    complaint = complain_of_a_body(settings, case)
    with unit_of_work(worker_scope(case)) as session:
        outcomes.forget_complaints(session, firm_id=case.firm_id, checkup_id=case.checkup_id, now=now())
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=demo_id("bureau"))) as session:
        seen = complaint_desk.open_entry(session, complaint_id=complaint, keys=settings.keyring(), now=now())
    assert (seen.words, seen.line.state) == ("", "withdrawn")
