"""What waits for an officer is counted in her menu and on her first page; what has one day is mailed at once."""

import datetime as dt
import json
import re

import pytest
from sqlalchemy import select

from bureau.complaints.complaints import Said, open_complaint
from bureau.day.waiting import COMPLAINTS, PARAMETERS, list_waiting
from bureau.parameters.in_force import propose_value
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Message
from tests.factories import lawyer_scope, make_case, owner_scope, worker_scope
from tests.visits import log_in
from tests.working_off import work_but_papers

BAOSHAN, TODAY = demo_id("bureau:310113"), city_day(now())
ME = demo_id("officer@baoshan.example")


@pytest.fixture
def case(settings):
    return make_case(settings, "signed")


def complain(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        said = Said(words="没有回音", wants_call=False, phone="")
        open_complaint(session, checkup_id=case.checkup_id, said=said, keys=settings.keyring(), now=now())


def waiting():
    with unit_of_work(Scope(Audience.BUREAU, person_id=ME, bureau_id=BAOSHAN)) as session:
        held = list_waiting(session, bureau_id=BAOSHAN, me=ME, today=TODAY)
    return {one.kind: one for one in held}


def count(kind):
    return waiting()[kind].count if kind in waiting() else 0


def test_a_complaint_is_counted_in_the_menu_and_on_the_first_page_with_its_day(app, settings, case):
    before = count(COMPLAINTS)
    complain(settings, case)
    one = waiting()[COMPLAINTS]
    assert one.count == before + 1
    assert one.first_due is not None
    page = log_in(app, "officer@baoshan.example").get("/bureau/").text
    assert re.search(rf"投诉 <span class=\"count\">{one.count}<", page)
    assert "在办的投诉" in page
    assert "最早的" in page


def test_a_dead_end_shows_the_menu_and_counts_nothing(app, settings, case):
    complain(settings, case)
    officer = log_in(app, "officer@baoshan.example")
    assert "件等着" in officer.get("/bureau/").text
    dead_end = officer.get("/bureau/no-such-page")
    assert (dead_end.status_code, "投诉" in dead_end.text, "件等着" in dead_end.text) == (404, True, False)


def test_a_complaint_is_written_to_the_officers_at_once_and_says_nothing_of_the_case(settings, case):
    complain(settings, case)
    work_but_papers(settings)
    with unit_of_work(worker_scope(case)) as session:
        told = session.scalars(select(Message).where(Message.template == "complaint_opened")).all()
    assert {one.recipient for one in told} == {"officer@baoshan.example"}
    assert not any("没有回音" in one.body for one in told)


def test_the_firm_does_not_see_that_somebody_complained(settings, case):
    complain(settings, case)
    work_but_papers(settings)
    with unit_of_work(lawyer_scope(case)) as session:
        assert session.scalars(select(Message).where(Message.template == "complaint_opened")).all() == []


def test_what_she_proposed_herself_does_not_wait_for_her(settings):
    before = count(PARAMETERS)
    for by in (Actor(ME, "王科员"), Actor(demo_id("officer@youyi.example"), "友谊所")):
        with unit_of_work(Scope(Audience.BUREAU, person_id=by.id, bureau_id=BAOSHAN)) as session:
            propose_value(session, bureau_id=BAOSHAN, key="review_days", value=4, why="试",
                          effective_from=TODAY + dt.timedelta(days=900), by=by, now=now())  # fmt: skip
    assert count(PARAMETERS) == before + 1


def test_an_officer_elsewhere_sees_nothing_of_it(app, settings, case):
    complain(settings, case)
    assert "没有等着办的" in log_in(app, "officer@youyi.example").get("/bureau/").text


def mails(settings):
    """(to whom, subject) of every mail so far."""
    work_but_papers(settings)
    files = settings.outbox_dir.glob("*.json")
    held = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return {(one["to"], one["subject"]) for one in held if "应急模式" in one["subject"]}


def open_emergency(app, email):
    typed = {"reason": "台风", "banner": "受灾的店优先", "banner_en": "Hit shops first", "begins_on": TODAY.isoformat(),
             "ends_on": TODAY.isoformat()}  # fmt: skip
    officer = log_in(app, email)
    assert officer.post("/bureau/emergency", data=typed).status_code == 302
    number = re.search(r"emergency/([\w-]+)/end", officer.get("/bureau/emergency").text)[1]
    return lambda: officer.post(f"/bureau/emergency/{number}/end")


def test_an_emergency_is_mailed_at_once_to_whoever_is_above(app, settings):
    end = open_emergency(app, "officer@baoshan.example")
    told = {f"officer{n}@city.example" for n in ("", "2")}
    assert mails(settings) == {(email, "法脉：宝山区司法局（演示）打开了应急模式") for email in told}
    end()


def test_an_emergency_of_the_city_is_mailed_to_the_colleague_who_may_agree(app, settings):
    before = mails(settings)
    end = open_emergency(app, "officer@city.example")
    assert mails(settings) - before == {("officer2@city.example", "法脉：上海市司法局（演示）打开了应急模式")}
    end()


def test_an_emergency_that_was_ended_before_its_mail_is_told_to_nobody(app, settings):
    before = mails(settings)
    open_emergency(app, "officer@youyi.example")()
    assert mails(settings) == before
