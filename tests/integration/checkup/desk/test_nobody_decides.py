"""Who waits for a partner's word that nobody can give is told, the case counts as stuck, and its owner is led on."""

import uuid

import pytest
from sqlalchemy import select

from checkup.cases.models import Checkup
from checkup.desk.conflict_step import list_for_partner, settle_check
from checkup.desk.handover import hand_over
from checkup.desk.next_step import follow_review
from checkup.review.models import Review
from demo.city import demo_id
from demo.staff import join_firm
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.memberships import end_membership
from tenants.models import Message
from tests.factories import make_case, worker_scope
from tests.visits import be_owner, log_in

FIRM = demo_id("hubin")
ONE, PARTNER, THREE = (demo_id(f"hubin:{number}") for number in (1, 2, 3))


@pytest.fixture
def case(settings):
    return make_case(settings, seed=uuid.uuid4().int % 10_000)


def says(settings, case, person_id, outcome):
    with unit_of_work(Scope(Audience.FIRM, FIRM, person_id)) as session:
        settle_check(
            session, checkup_id=case.checkup_id, by=Actor(person_id, "某律师"), outcome=outcome, reason="像是客户",
            parties_version=0, takes_case=False, keys=settings.keyring(), now=now(),
        )  # fmt: skip


def follow(case):
    with unit_of_work(worker_scope(case)) as session:
        follow_review(session, checkup_id=case.checkup_id, now=now())
        review = session.get(Review, (FIRM, case.checkup_id))
        return review is not None and review.stuck_since is not None


def told(template, case):
    """Who was written to about this case, by this template."""
    with unit_of_work(worker_scope(case)) as session:
        number = session.get_one(Checkup, (FIRM, case.checkup_id)).case_number
        sent = select(Message.recipient).where(Message.template == template, Message.subject.contains(number))
        return session.scalars(sent).all()


@pytest.fixture
def unheard(settings, case):
    """She asked the firm's only partner, who recused herself afterwards."""
    says(settings, case, THREE, "ask_partner")
    says(settings, case, PARTNER, "recuse")
    return case


def test_who_asked_is_told_that_nobody_can_decide_any_more(unheard):
    assert told("case_unheard", unheard) == ["lawyer3@hubin.example"]


def test_who_asked_reads_who_can_help(app, unheard):
    page = log_in(app, "lawyer3@hubin.example").get(f"/lawyer/checkups/{unheard.checkup_id}/names").text
    assert "请管理员请一位合伙人" in page
    assert "有结果会告诉您" not in page


def test_a_colleague_who_may_still_act_keeps_the_case_moving(unheard):
    assert not follow(unheard)


def test_when_the_others_recuse_too_admins_and_owner_are_told_once(settings, unheard):
    says(settings, unheard, ONE, "recuse")
    assert follow(unheard)
    assert follow(unheard)
    assert told("case_stuck", unheard) == ["lawyer1@hubin.example"]
    assert len(told("owner_stuck", unheard)) == 1


def test_the_owner_of_a_stuck_case_is_led_to_another_firm(settings, app, unheard):
    says(settings, unheard, ONE, "recuse")
    follow(unheard)
    page = be_owner(app, unheard).get(f"/checkup/{unheard.checkup_id}/mine").text
    assert "现在没有律师能接您的体检" in page
    assert "换一家律所" in page


def test_a_new_partner_finds_the_question_and_the_case_moves_again(settings, unheard):
    says(settings, unheard, ONE, "recuse")
    assert follow(unheard)
    suzhou = demo_id("suzhouhe:1")
    join_firm(FIRM, suzhou, "partner")
    try:
        with unit_of_work(Scope(Audience.FIRM, FIRM, suzhou)) as session:
            asked = list_for_partner(session, firm_id=FIRM, partner_id=suzhou, keys=settings.keyring())
        assert unheard.checkup_id in {one.checkup.id for one in asked}
        assert not follow(unheard)
    finally:
        with unit_of_work(Scope(Audience.FIRM, FIRM, ONE)) as session:
            end_membership(session, firm_id=FIRM, person_id=suzhou, now=now())


def test_who_asked_a_partner_who_then_leaves_is_told_too(settings, case):
    says(settings, case, THREE, "ask_partner")
    with unit_of_work(Scope(Audience.FIRM, FIRM, ONE)) as session:
        end_membership(session, firm_id=FIRM, person_id=PARTNER, now=now())
    try:
        with unit_of_work(worker_scope(case)) as session:
            hand_over(session, firm_id=FIRM, person_id=PARTNER, heir_id=None, now=now())
        assert told("case_unheard", case) == ["lawyer3@hubin.example"]
    finally:
        join_firm(FIRM, PARTNER, "lawyer", "partner")


def test_the_last_who_could_act_reads_before_she_recuses_what_becomes_of_the_case(settings, app, case):
    page = f"/lawyer/checkups/{case.checkup_id}/names"
    assert "所里再没有别人能接" not in log_in(app, "lawyer2@hubin.example").get(page).text
    for person in (ONE, THREE):
        says(settings, case, person, "recuse")
    assert "所里再没有别人能接" in log_in(app, "lawyer2@hubin.example").get(page).text
