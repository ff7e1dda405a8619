"""Staff come in: password, second factor, invitation, sessions that end."""

import datetime as dt
import json
import logging
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from sqlalchemy import create_engine, select, text

from demo.city import PASSWORD
from demo.staff import join_firm
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.sessions import token_digest
from tenants.models import Firm, Membership
from tests.owners import DETAILS
from tests.visits import held_id, log_in
from tests.working_off import work_but_papers

OWN_PASSWORD = "tall-trees-in-rain-1"
ADMIN = "lawyer1@jiangwan.example"


@pytest.fixture
def admin(app):
    return log_in(app, ADMIN)


@pytest.fixture
def invited(admin, settings):
    """Invite an e-mail; returns the path of the link that arrived. Seats of those invited before are given back."""
    for row in re.findall(r"<tr>.*?</tr>", admin.get("/firm/people").text):
        if "@jiangwan.example" in row and not re.search(r"lawyer\d@", row):
            admin.post(re.search(r"/firm/people/[\w-]+/end", row)[0])

    def invite(email, role="lawyer"):
        answer = admin.post("/firm/people/invite", data={"email": email, "role": role})
        assert answer.status_code == 302, answer.text
        work_but_papers(settings)
        bodies = [file.read_text(encoding="utf-8") for file in settings.outbox_dir.glob("*.json")]
        sent = [json.loads(body) for body in bodies if email in body and "invitation" in body]
        mine = max(sent, key=lambda message: message["at"])["body"]
        return re.search(r"/auth/invitation/[\w-]+", mine)[0]

    return invite


def test_an_invited_lawyer_joins_and_works(app, invited):
    link = invited("new.lawyer@jiangwan.example")
    client = app.test_client()
    assert "江湾" in client.get(link).text
    assert client.post(link, data={"name": "新律师", "password": "tall-trees-in-rain-1"}).status_code == 302
    assert log_in(app, "new.lawyer@jiangwan.example", "tall-trees-in-rain-1").get("/lawyer/").status_code == 200


def test_an_invitation_works_once(app, invited):
    link = invited("once@jiangwan.example")
    app.test_client().post(link, data={"name": "一次", "password": "tall-trees-in-rain-1"})
    again = app.test_client().post(link, data={"name": "二次", "password": "tall-trees-in-rain-2"})
    assert again.status_code == 409
    assert "邀请只能用一次" in again.text


def test_a_weak_password_is_refused_and_the_invitation_stays(app, invited):
    link = invited("weak@jiangwan.example")
    assert app.test_client().post(link, data={"name": "弱", "password": "short"}).status_code == 422
    assert app.test_client().post(link, data={"name": "强", "password": "tall-trees-in-rain-1"}).status_code == 302


def test_somebody_known_elsewhere_joins_only_with_the_own_password(app, invited):
    link = invited("lawyer2@hubin.example")
    assert app.test_client().post(link, data={"name": "x", "password": "not-her-password"}).status_code == 422
    assert app.test_client().post(link, data={"name": "x", "password": PASSWORD}).status_code == 302
    places = log_in(app, "lawyer2@hubin.example").get("/auth/account").text
    assert places.count('name="place"') == 2


@pytest.mark.parametrize(
    "email", ["аdmin@jiangwan.example", "a b@x.example", "no-at-sign", "a@b"]
)  # the first а is Cyrillic
def test_a_look_alike_or_broken_address_is_refused(admin, email):
    answer = admin.post("/firm/people/invite", data={"email": email, "role": "lawyer"})
    assert answer.status_code == 422
    assert "邮箱不对" in answer.text


def test_the_last_admin_cannot_leave(admin):
    people = re.findall(r"<tr><td>([^<]+)</td>.*?管理员.*?/firm/people/([\w-]+)/end", admin.get("/firm/people").text)
    assert len(people) == 1
    answer = admin.post(f"/firm/people/{people[0][1]}/end")
    assert answer.status_code == 409
    assert "最后一位管理员" in answer.text


def test_a_member_who_is_removed_is_out_at_once(app, admin, invited):
    link = invited("leaving@jiangwan.example")
    app.test_client().post(link, data={"name": "要走", "password": "tall-trees-in-rain-1"})
    client = log_in(app, "leaving@jiangwan.example", "tall-trees-in-rain-1")
    row = re.search(r"要走</td>.*?/firm/people/([\w-]+)/end", admin.get("/firm/people").text, re.S)[1]
    assert admin.post(f"/firm/people/{row}/end").status_code == 302
    assert client.get("/lawyer/").location.startswith("/auth/login")
    assert app.test_client().post(
        "/auth/login", data={"email": "leaving@jiangwan.example", "password": "tall-trees-in-rain-1"}
    ).status_code == 422  # fmt: skip


def test_a_lawyer_who_is_no_admin_may_not_run_the_firm(app):
    answer = log_in(app, "lawyer2@jiangwan.example").get("/firm/people")
    assert answer.status_code == 403
    assert "您的职务没有这项权限" in answer.text


def test_five_wrong_passwords_lock_the_door_even_for_the_right_one(app):
    email = "lawyer3@jiangwan.example"
    for _ in range(5):
        assert app.test_client().post("/auth/login", data={"email": email, "password": "x"}).status_code == 422
    locked = app.test_client().post("/auth/login", data={"email": email, "password": PASSWORD})
    assert locked.status_code == 429
    assert "先停15分钟" in locked.text


def test_five_wrong_old_passwords_lock_the_change_of_a_password(app, invited):
    link = invited("borrowed@jiangwan.example")
    app.test_client().post(link, data={"name": "借用", "password": "tall-trees-in-rain-1"})
    client = log_in(app, "borrowed@jiangwan.example", "tall-trees-in-rain-1")
    typed = {"old": "wrong", "new": "tall-trees-in-rain-2"}
    assert [client.post("/auth/account/password", data=typed).status_code for _ in range(5)] == [422] * 5
    assert client.post("/auth/account/password", data=typed | {"old": "tall-trees-in-rain-1"}).status_code == 429


def test_five_wrong_passwords_lock_an_invitation_to_an_account_that_exists(app, invited):
    link = invited("lawyer3@hubin.example")
    tried = [app.test_client().post(link, data={"name": "谁", "password": "tall-trees-in-snow-7"}) for _ in range(5)]
    assert [answer.status_code for answer in tried] == [422] * 5
    assert app.test_client().post(link, data={"name": "谁", "password": PASSWORD}).status_code == 429


def test_with_an_authenticator_the_password_alone_opens_nothing(app, invited):
    link = invited("careful@jiangwan.example")
    app.test_client().post(link, data={"name": "细心", "password": "tall-trees-in-rain-1"})
    client = log_in(app, "careful@jiangwan.example", "tall-trees-in-rain-1")
    secret = re.search(r"<code>([A-Z2-7]{16,})</code>", client.get("/auth/second/set-up").text)[1]
    wrong = client.post("/auth/second/set-up", data={"code": "000000"})
    assert wrong.status_code == 422
    totp = pyotp.TOTP(secret)
    code = totp.at(now() - dt.timedelta(seconds=30))
    recovery = re.findall(
        r"<code>([0-9a-f]{4}-[0-9a-f]{4})</code>", client.post("/auth/second/set-up", data={"code": code}).text
    )
    assert len(recovery) == 8
    fresh = log_in(app, "careful@jiangwan.example", "tall-trees-in-rain-1")
    assert fresh.get("/lawyer/").location.startswith("/auth/login")
    assert fresh.get("/auth/second/set-up").status_code == 404, "the password alone replaces no authenticator"
    assert fresh.post("/auth/second/set-up", data={"code": code}).status_code == 404
    assert fresh.post("/auth/second", data={"code": code}).status_code == 422, "a code works once"
    assert fresh.post("/auth/second", data={"code": totp.at(now())}).status_code == 302
    assert fresh.get("/lawyer/").status_code == 200
    lost = log_in(app, "careful@jiangwan.example", "tall-trees-in-rain-1")
    assert lost.post("/auth/second", data={"code": recovery[0]}).status_code == 302


def test_a_new_password_ends_every_other_session(app, invited):
    link = invited("twice@jiangwan.example")
    app.test_client().post(link, data={"name": "两处", "password": "tall-trees-in-rain-1"})
    here, there = (log_in(app, "twice@jiangwan.example", "tall-trees-in-rain-1") for _ in range(2))
    assert here.get("/auth/account").text.count("/end") == 1
    assert here.post("/auth/account/password", data={"old": "wrong", "new": "tall-trees-in-rain-2"}).status_code == 422
    assert here.post(
        "/auth/account/password", data={"old": "tall-trees-in-rain-1", "new": "tall-trees-in-rain-2"}
    ).status_code == 200  # fmt: skip
    assert here.get("/lawyer/").status_code == 200
    assert there.get("/lawyer/").location.startswith("/auth/login")


def test_a_session_token_is_stored_as_digest_only(app, admin):
    kind, person, token = held_id(admin)
    assert token_digest(token) != token
    assert admin.post("/auth/logout").status_code == 302
    with admin.session_transaction() as held:
        held["_user_id"] = f"{kind} {person} {token}"
    assert admin.get("/lawyer/").location.startswith("/auth/login")


def test_two_admins_who_remove_each_other_leave_one(app, admin, invited):
    link = invited("second.admin@jiangwan.example", role="firm_admin")
    app.test_client().post(link, data={"name": "二管", "password": "tall-trees-in-rain-1"})
    other = log_in(app, "second.admin@jiangwan.example", "tall-trees-in-rain-1")
    people = dict(re.findall(r"<tr><td>([^<]+)</td>.*?/firm/people/([\w-]+)/end", admin.get("/firm/people").text))
    with ThreadPoolExecutor(2) as both:
        first = both.submit(admin.post, f"/firm/people/{people['二管']}/end")
        second = both.submit(other.post, f"/firm/people/{people['林知远']}/end")
        assert {first.result().status_code, second.result().status_code} <= {302, 409}
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        query = select(Membership.person_id).where(Membership.role == "firm_admin")
        left = set(work.scalars(query)) & {uuid.UUID(people["二管"]), uuid.UUID(people["林知远"])}
        assert len(left) == 1
        firm = work.scalars(select(Firm.id).where(Firm.slug == "jiangwan")).one()
    join_firm(firm, uuid.UUID(people["林知远"]), "firm_admin", "lawyer")


def test_no_log_line_holds_a_password_a_code_a_phone_or_an_answer(app, settings, caplog):
    caplog.set_level(logging.DEBUG)
    owner = app.test_client()
    url = owner.post("/f/hubin/start", data={**DETAILS, "name": "日志面馆"}).location
    owner.post(f"{url}/question/con.written", data={"answer": "few"})
    owner.post("/me/phone", data={"phone": "13812345678"})
    owner.post("/me/code", data={"phone": "13812345678", "code": "012345"})
    app.test_client().post("/auth/login", data={"email": ADMIN, "password": "wrong-password-x"})
    assert not re.search("日志面馆|13812345678|012345|wrong-password-x|验证码", caplog.text)


def test_a_wrong_password_and_a_right_one_are_lines_of_one_door_and_name_nobody(app, caplog):
    caplog.set_level(logging.INFO, "famai.doors")
    email = "officer@baoshan.example"
    app.test_client().post("/auth/login", data={"email": email, "password": "wrong-password-x"})
    log_in(app, email)
    lines = [(one.door, one.outcome, one.who) for one in caplog.records if one.name == "famai.doors"]
    assert [line[:2] for line in lines] == [("password", "wrong"), ("password", "in")]
    assert lines[0][2] == lines[1][2]
    assert not re.search("officer|baoshan", str([vars(one) for one in caplog.records if one.name == "famai.doors"]))


@pytest.mark.parametrize("mode", ["no-cors", "cors", "same-origin"])
def test_a_picture_asked_for_after_the_log_out_takes_no_log_in_form_its_session(app, mode):
    answer = app.test_client().get("/bureau/", headers={"Sec-Fetch-Mode": mode})
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (401, None)


def test_whoever_goes_to_a_page_without_a_session_is_led_to_the_log_in(app):
    for headers in ({}, {"Sec-Fetch-Mode": "navigate"}):
        assert app.test_client().get("/bureau/", headers=headers).location == "/auth/login?next=/bureau/"


def test_an_expired_invitation_says_what_to_do(app, invited, settings):
    link = invited("late@jiangwan.example")
    engine = create_engine(settings.admin_database_url)
    with engine.begin() as connection:
        late = text("UPDATE invitation SET expires_at = :at WHERE email = 'late@jiangwan.example'")
        connection.execute(late, {"at": now()})
    engine.dispose()
    for answer in (app.test_client().get(link), app.test_client().post(link, data={"password": OWN_PASSWORD})):
        assert answer.status_code == 409
        assert "请律所的管理员再发一次" in answer.text


def test_a_member_who_forgot_the_password_gets_a_new_one_by_invitation(app, invited):
    link = invited("forgot@jiangwan.example")
    app.test_client().post(link, data={"name": "忘了", "password": OWN_PASSWORD})
    again = invited("forgot@jiangwan.example")
    app.test_client().post(again, data={"password": "another-long-one-2"})
    assert log_in(app, "forgot@jiangwan.example", "another-long-one-2").get("/lawyer/").status_code == 200
