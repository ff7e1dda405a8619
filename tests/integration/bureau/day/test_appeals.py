"""An appeal against a decision on relief finds somebody who may decide it, also where one officer is alone."""

import json

import pytest
from sqlalchemy import create_engine, text

from billing.waivers import owner_steps
from billing.waivers.content import get_waiver
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import unit_of_work
from tests.factories import make_case, make_waiver, owner_scope
from tests.visits import log_in
from tests.working_off import work_but_papers

LI, ZHAO, WANG = "officer@city.example", "officer2@city.example", "officer@baoshan.example"


@pytest.fixture
def refused_by(settings, app):
    """A firm's application that this officer has refused and its owner objects to: (case, id)."""

    def make(email, seed):
        case = make_case(settings, "signed", seed=seed)
        waiver_id = make_waiver(settings, case, "recommended")
        with unit_of_work(owner_scope(case)) as session:
            version = get_waiver(session, waiver_id).version
        said = {"version": version, "text": "条件不够", "outcome": "half_price"}
        assert log_in(app, email).post(f"/bureau/waivers/{waiver_id}/refuse", data=said).status_code == 302
        with unit_of_work(owner_scope(case)) as session:
            by = Actor(case.owner_id, "店主")
            keys = settings.keyring()
            owner_steps.appeal(session, waiver_id=waiver_id, text="不服", keys=keys, by=by, now=now())
        return case, waiver_id

    return make


@pytest.fixture
def without(settings):
    """Take posts away for the length of a test."""
    engine = create_engine(settings.admin_database_url)
    kept = []

    def remove(*emails):
        with engine.begin() as connection:
            for email in emails:
                who = {"person": demo_id(email)}
                gone = text("DELETE FROM bureau_post WHERE person_id = :person RETURNING *")
                kept.extend(row._mapping for row in connection.execute(gone, who))

    yield remove
    with engine.begin() as connection:
        for row in kept:
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO bureau_post ({names}) VALUES ({values})"), dict(row))  # noqa: S608
    engine.dispose()


def told(settings):
    """(to whom, subject) of every mail about an appeal."""
    work_but_papers(settings)
    held = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    return sorted((one["to"], one["subject"], one["body"]) for one in held if "有一份减免申诉" in one["subject"])


def new_mails(settings, before):
    return {(to, subject) for to, subject, body in told(settings) if (to, subject, body) not in before}


def decided_state(case, waiver_id):
    with unit_of_work(owner_scope(case)) as session:
        return get_waiver(session, waiver_id).state


def decide(app, email, case, waiver_id, decision="uphold"):
    with unit_of_work(owner_scope(case)) as session:
        version = get_waiver(session, waiver_id).version
    said = {"version": version, "text": "维持", "outcome": "half_price"}
    return log_in(app, email).post(f"/bureau/waivers/{waiver_id}/{decision}", data=said)


def test_where_the_officer_in_charge_is_alone_the_bureau_above_is_asked_and_decides(settings, app, refused_by):
    before = told(settings)
    case, waiver_id = refused_by(WANG, 1)
    asked = {(email, "法脉：有一份减免申诉等您决定") for email in (LI, ZHAO)}
    assert new_mails(settings, before) == asked
    page = log_in(app, WANG).get(f"/bureau/waivers/{waiver_id}").text
    assert "这里没有别的同事：由上级司法局决定，已经发邮件告诉它" in page
    assert decide(app, WANG, case, waiver_id).status_code == 409
    assert decide(app, ZHAO, case, waiver_id).status_code == 302
    assert decided_state(case, waiver_id) == "decided"


def test_where_there_is_a_colleague_she_is_asked_and_nobody_below(settings, app, refused_by):
    before = told(settings)
    _, waiver_id = refused_by(LI, 2)
    assert new_mails(settings, before) == {(ZHAO, "法脉：有一份减免申诉等您决定")}
    assert "申诉请另一位同事来决定" in log_in(app, LI).get(f"/bureau/waivers/{waiver_id}").text


def test_where_the_highest_officer_is_alone_the_bureau_in_charge_decides(settings, app, refused_by, without):
    without(ZHAO)
    before = told(settings)
    case, waiver_id = refused_by(LI, 3)
    assert new_mails(settings, before) == {(WANG, "法脉：有一份减免申诉等您决定")}
    assert decide(app, WANG, case, waiver_id, "allow").status_code == 302
    assert decided_state(case, waiver_id) == "granted"


def test_where_nobody_else_works_at_all_she_is_told_to_have_somebody_added(settings, app, refused_by, without):
    without(ZHAO, WANG, "officer@youyi.example")
    before = told(settings)
    _, waiver_id = refused_by(LI, 4)
    assert new_mails(settings, before) == {(LI, "法脉：有一份减免申诉还没有人能决定")}
    assert "现在没有别人能决定。请负责人添加一位同事" in log_in(app, LI).get(f"/bureau/waivers/{waiver_id}").text


def test_an_appeal_that_was_decided_before_its_mail_is_told_to_nobody(settings, app, refused_by):
    before = told(settings)
    case, waiver_id = refused_by(LI, 5)
    assert decide(app, ZHAO, case, waiver_id).status_code == 302
    assert new_mails(settings, before) == set()
