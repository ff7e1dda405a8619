import datetime as dt

import pytest
from sqlalchemy import select

from checkup.cases import checkups
from checkup.cases.models import Checkup
from checkup.owner import recheck
from checkup.owner.consents import set_consent
from tenants.audit import SYSTEM
from tenants.clock import city_day, now
from tenants.database import unit_of_work
from tenants.errors import Conflict
from tenants.models import Message
from tests.factories import Case, make_case, owner_scope, worker_scope

MONTHS_AGO = dt.timedelta(days=200)


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=68, at=now() - MONTHS_AGO)


def again(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        row = recheck.start_recheck(session, checkup_id=case.checkup_id, keys=settings.keyring(), now=now())
    return Case(case.firm_id, row.id, case.owner_id, case.lawyer_id)


def opened(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        return checkups.open_checkup(session, checkup_id=case.checkup_id, keys=settings.keyring())


def nudge(case):
    with unit_of_work(worker_scope(case)) as session:
        recheck.nudge(session, firm_id=case.firm_id, public_url="https://famai.example", now=now())
        number = session.get_one(Checkup, (case.firm_id, case.checkup_id)).case_number
        query = select(Message).where(Message.recipient == number, Message.subject.contains("再查一次"))
        return len(session.scalars(query).all())


def switch(case, purpose, granted):
    with unit_of_work(owner_scope(case)) as session:
        set_consent(session, checkup_id=case.checkup_id, purpose=purpose, granted=granted, by=SYSTEM, now=now())


def test_a_recheck_is_of_the_same_business_with_every_answer_carried(settings, case):
    first, second = opened(settings, case), opened(settings, again(settings, case))
    assert second.row.business_id == first.row.business_id
    assert second.row.previous_id == first.row.id
    assert second.answers == first.answers
    assert all(second.record.is_carried(question) for question in second.answers)


def test_a_carried_answer_keeps_the_day_it_was_given(settings, case):
    first, second = opened(settings, case), opened(settings, again(settings, case))
    question = next(iter(first.answers))
    assert second.record.entries[question]["at"] == first.record.entries[question]["at"]


def test_confirming_a_carried_answer_takes_its_mark_away(settings, case):
    new = again(settings, case)
    question, value = next((q, v) for q, v in opened(settings, new).answers.items() if isinstance(v, str))
    with unit_of_work(owner_scope(new)) as session:
        checkups.save_answer(
            session, checkup_id=new.checkup_id, question_id=question, raw=value, by="owner", via="web",
            keys=settings.keyring(), now=now(),
        )  # fmt: skip
    record = opened(settings, new).record
    assert not record.is_carried(question)
    assert [one["via"] for one in record.replaced] == ["carried"]


def test_asking_twice_goes_on_with_the_draft_that_has_begun(settings, case):
    assert again(settings, case).checkup_id == again(settings, case).checkup_id


def test_what_a_lawyer_still_reads_is_not_checked_again(settings):
    with pytest.raises(Conflict):
        again(settings, make_case(settings, "in_review", seed=68))


def test_taking_back_the_consent_holds_for_every_checkup_of_the_business(settings, case):
    new = again(settings, case)
    assert opened(settings, new).row.review_wanted
    switch(new, "review", False)
    assert not opened(settings, new).row.review_wanted
    assert not opened(settings, case).row.review_wanted


def test_an_owner_who_agreed_is_told_once_that_it_is_time(case):
    assert nudge(case) == 0
    switch(case, "follow_up", True)
    assert nudge(case) == 1
    assert nudge(case) == 1


def test_who_has_looked_again_is_not_told(settings, case):
    switch(case, "follow_up", True)
    again(settings, case)
    assert nudge(case) == 0


def test_before_its_months_are_over_nobody_is_told(settings):
    fresh = make_case(settings, "signed", seed=68)
    switch(fresh, "follow_up", True)
    assert nudge(fresh) == 0


def test_the_trend_has_a_step_for_every_submitted_checkup(settings, case):
    new = again(settings, case)
    with unit_of_work(owner_scope(case)) as session:
        assert len(recheck.load_trend(session, checkup_id=case.checkup_id)) == 1
        checkups.submit_checkup(session, checkup_id=new.checkup_id, keys=settings.keyring(), now=now())
        steps = recheck.load_trend(session, checkup_id=new.checkup_id)
    assert [step.now.on < city_day(now()) for step in steps] == [True, False]
    assert (steps[1].new, steps[1].gone) == ((), ())
