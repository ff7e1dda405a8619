"""Officers and operators are added, renamed, reset and let go on screen; who goes is out at once, the last stays."""

import json
import re

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from bureau.complaints import desk
from bureau.complaints.complaints import Said, open_complaint
from demo.city import PASSWORD, demo_id
from tenants.audit import Actor
from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.models import PostEvent
from tenants.models import Person
from tests.factories import make_case, officer_scope, owner_scope
from tests.visits import log_in
from tests.working_off import work_but_papers

CITY, BAOSHAN, YOUYI = demo_id("bureau"), demo_id("bureau:310113"), demo_id("bureau:310113:1")
HEAD, OFFICER, OPERATOR = "officer@city.example", "officer2@city.example", "operator@famai.example"
NEW = "a-new-password-9"


@pytest.fixture
def head(app):
    return log_in(app, HEAD)


@pytest.fixture
def operator(app):
    return log_in(app, OPERATOR)


def mails(settings, email):
    work_but_papers(settings)
    sent = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(settings.outbox_dir.glob("*.json"))]
    return [one for one in sent if one["to"] == email]


def subjects(settings, email):
    return {one["subject"] for one in mails(settings, email)}


def come_in_by_mail(app, settings, email):
    """By the link in the newest mail that has one."""
    link = re.findall(r"/auth/forgotten/[\w.-]+", "".join(one["body"] for one in mails(settings, email)))[-1]
    assert app.test_client().post(link, data={"password": NEW}).status_code == 302
    return log_in(app, email, NEW)


def add(client, email, *, place=CITY, role="officer", name="新来的"):
    return client.post(f"/bureau/officers/{place}", data={"email": email, "name": name, "role": role})


def page_of(email, place=CITY):
    with unit_of_work(Scope(Audience.AUTH, token=email)) as session:
        person_id = session.scalars(select(Person.id).where(Person.email == email)).one()
    return f"/operator/people/{person_id}" if place is None else f"/bureau/officers/{place}/{person_id}"


def is_out(client, page="/bureau/"):
    return (client.get(page, follow_redirects=False).location or "").startswith("/auth/login")


def test_a_new_officer_sets_her_password_by_the_mail_and_begins(app, settings, head):
    assert add(head, "new@city.example").status_code == 302
    officer = come_in_by_mail(app, settings, "new@city.example")
    assert officer.get("/bureau/").status_code == 200
    assert officer.get("/bureau/officers").status_code == 403


def test_who_works_somewhere_here_is_added_nowhere_else(head):
    refused = add(head, "lawyer1@hubin.example")
    assert refused.status_code == 422
    assert "新来的" in refused.text


@pytest.mark.parametrize("data", [{"email": "x", "name": "a"}, {"email": "y@city.example", "name": " "}])
def test_what_is_wrong_of_a_new_officer_is_said(head, data):
    assert head.post(f"/bureau/officers/{CITY}", data={**data, "role": "officer"}).status_code == 422


def test_an_officer_who_leaves_is_out_at_once_and_is_told(app, settings, head):
    add(head, "leaving@city.example")
    leaver = come_in_by_mail(app, settings, "leaving@city.example")
    page = page_of("leaving@city.example")
    assert "现在登录着1处" in head.get(page).text
    assert head.post(f"{page}/end").location == f"/bureau/officers/{CITY}"
    assert is_out(leaver)
    assert app.test_client().post(
        "/auth/login", data={"email": "leaving@city.example", "password": NEW}
    ).status_code == 422  # fmt: skip
    assert "法脉：您的职务结束了" in subjects(settings, "leaving@city.example")


def test_who_comes_back_begins_with_a_new_password(app, settings, head):
    add(head, "back@city.example")
    come_in_by_mail(app, settings, "back@city.example")
    head.post(f"{page_of('back@city.example')}/end")
    assert add(head, "back@city.example").status_code == 302
    old = {"email": "back@city.example", "password": NEW}
    assert app.test_client().post("/auth/login", data=old).status_code == 422


def test_a_reset_leaves_nothing_that_opens_a_door(app, settings, head, admin_rows):
    before = log_in(app, OFFICER)
    assert "密码、验证器、恢复码和通行密钥都马上作废" in head.get(page_of(OFFICER)).text
    head.post(f"{page_of(OFFICER)}/reset")
    assert is_out(before)
    assert app.test_client().post("/auth/login", data={"email": OFFICER, "password": PASSWORD}).status_code == 422
    held = "SELECT sealed_totp, recovery_digests FROM credential WHERE person_id = :id"
    assert admin_rows(held, id=demo_id(OFFICER)) == [(None, "")]
    assert come_in_by_mail(app, settings, OFFICER).get("/bureau/").status_code == 200


def test_a_new_name_stands_in_the_list_and_old_acts_keep_the_old_one(settings, head):
    add(head, "named@city.example", name="旧名")
    head.post(f"{page_of('named@city.example')}/name", data={"name": "新名"})
    page = head.get("/bureau/officers").text
    assert page.index("新名 · 改名") < page.index("旧名 · 开账号")
    assert "法脉：您的名字改了" in subjects(settings, "named@city.example")


def test_no_name_is_no_name(head):
    assert head.post(f"{page_of(OFFICER)}/name", data={"name": " "}).status_code == 422


def test_the_last_head_neither_leaves_nor_becomes_an_officer(app):
    lonely = log_in(app, "officer@baoshan.example")
    page = page_of("officer@baoshan.example", BAOSHAN)
    assert "不能结束" in lonely.get(page).text
    for act, data in (("end", {}), ("role", {"role": "officer"})):
        assert lonely.post(f"{page}/{act}", data=data).status_code == 409
    assert lonely.get("/bureau/officers").status_code == 200


def test_the_head_above_helps_the_bureaus_below_and_theirs(app, settings, head):
    assert "友谊路司法所" in log_in(app, "officer@baoshan.example").get("/bureau/officers").text
    assert add(head, "young@youyi.example", place=YOUYI, role="head").status_code == 302
    assert head.post(f"{page_of('officer@youyi.example', YOUYI)}/end").status_code == 302
    young = come_in_by_mail(app, settings, "young@youyi.example")
    assert young.get("/bureau/officers").status_code == 200


@pytest.mark.parametrize("place", [CITY, demo_id("bureau:310110")])
def test_a_head_has_no_say_beside_or_above_her_bureau(app, place):
    baoshan = log_in(app, "officer@baoshan.example")
    assert baoshan.get(f"/bureau/officers/{place}").status_code == 404
    assert add(baoshan, "x@baoshan.example", place=place).status_code == 404
    assert baoshan.post(f"{page_of(OFFICER)}/end").status_code == 404


def test_the_page_says_when_only_one_would_be_left_to_decide(head, app):
    add(head, "second@baoshan.example", place=BAOSHAN)
    page = page_of("second@baoshan.example", BAOSHAN)
    assert "以后这里只剩一位" in head.get(page).text
    add(head, "third@baoshan.example", place=BAOSHAN)
    assert "以后这里只剩一位" not in head.get(page).text


def test_the_page_says_how_many_complaints_a_leaver_has_in_hand(settings, head):
    add(head, "busy@city.example")
    page = page_of("busy@city.example")
    busy = Actor(page.rsplit("/", 1)[1], "忙人")
    case = make_case(settings, "signed", seed=1)
    with unit_of_work(owner_scope(case)) as session:
        said = Said("没有人回我", "", False)
        row = open_complaint(session, checkup_id=case.checkup_id, said=said, keys=settings.keyring(), now=now())
    with unit_of_work(officer_scope()) as session:
        desk.take(session, complaint_id=row.id, by=busy, now=now())
    assert "在办的1件投诉" in head.get(page).text


def test_an_officer_has_no_say_over_colleagues_in_the_database_either(settings):
    scope = Scope(Audience.BUREAU, person_id=demo_id(OFFICER), bureau_id=CITY)
    with unit_of_work(scope) as session:
        for statement in (
            "UPDATE bureau_post SET role = 'head' WHERE person_id = :me",
            "DELETE FROM bureau_post WHERE person_id <> :me",
            "UPDATE person SET name = 'x' WHERE id <> :me",
        ):
            assert session.execute(text(statement), {"me": demo_id(OFFICER)}).rowcount == 0
    with pytest.raises(ProgrammingError, match="row-level security"), unit_of_work(scope) as session:
        session.execute(
            text("INSERT INTO bureau_post (bureau_id, person_id, role) VALUES (:bureau, :me, 'head')"),
            {"bureau": BAOSHAN, "me": demo_id(OFFICER)},
        )


def test_what_was_done_about_a_post_is_only_added(settings):
    with unit_of_work(officer_scope()) as session:
        row = PostEvent(id=new_id(), bureau_id=CITY, person_id=demo_id(OFFICER), person_name="赵", act="renamed",
                        actor_id=None, actor_name="x", was="officer", became="officer", at=now())  # fmt: skip
        session.add(row)
    for statement in ("UPDATE post_event SET act = 'ended'", "DELETE FROM post_event"):
        with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(officer_scope()) as session:
            session.execute(text(statement))


def test_the_last_operator_stays(operator):
    page = page_of(OPERATOR, None)
    assert "不能结束" in operator.get(page).text
    assert operator.post(f"{page}/end").status_code == 409


def test_an_operator_ends_another_who_is_out_at_once(app, settings, operator):
    assert operator.post("/operator/people", data={"email": "two@famai.example", "name": "小周"}).status_code == 302
    other = come_in_by_mail(app, settings, "two@famai.example")
    assert other.get("/operator/board").status_code == 200
    assert operator.post(f"{page_of('two@famai.example', None)}/end").status_code == 302
    assert is_out(other, "/operator/board")
    assert "职务结束" in operator.get("/operator/people").text
