"""An owner sees on which phones she is logged in and ends any of them; nothing of hers opens by an ended session."""

import datetime as dt
import re
import uuid

import pytest
from sqlalchemy import create_engine, text, update

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.models import OwnerSession
from tenants.login.owner_sessions import IDLE, LONGEST, list_devices
from tenants.login.sessions import token_digest
from tests.owners import DETAILS, codes
from tests.visits import held_id
from webapp.tasks.keeping import forget

PHONE = "13800138000"
IPHONE, WINDOWS = "Mozilla/5.0 (iPhone) Safari/604.1", "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0"


@pytest.fixture
def admin_run(settings):
    """Changes rows as the owner of the database does."""
    engine = create_engine(settings.admin_database_url)

    def run(statement, **values):
        with engine.begin() as connection:
            connection.execute(text(statement), values)

    yield run
    engine.dispose()


def take_code(client, url, phone=PHONE):
    page = client.post(f"{url}/elsewhere", data={"phone": phone}).text
    return re.search(r'class="code"><strong>([\w-]+)<', page)[1]


def resume(client, code, phone=PHONE, **how):
    return client.post("/resume", data={"code": code, "phone": phone}, **how)


@pytest.fixture
def first(app):
    """Her own phone, in which she began: (browser, the checkup's address)."""
    client = app.test_client()
    sent = client.post("/f/hubin/start", data=DETAILS, headers={"User-Agent": IPHONE})
    return client, sent.location.rstrip("/")


@pytest.fixture
def second(app, first):
    """A computer on which she went on by her code."""
    client = app.test_client()
    assert resume(client, take_code(*first), headers={"User-Agent": WINDOWS}).status_code == 302
    return client


def is_in(client, url):
    return client.get(f"{url}/mine").status_code == 200


def last_used(client, at):
    """The session that this browser holds was used last at this instant."""
    digest = token_digest(held_id(client)[5])
    with unit_of_work(Scope(Audience.PUBLIC, token=digest)) as work:
        work.execute(update(OwnerSession).where(OwnerSession.digest == digest).values(seen_at=at))


def devices_of(client):
    scope = Scope(Audience.SELF, person_id=uuid.UUID(held_id(client)[1]))
    with unit_of_work(scope) as work:
        return list_devices(work, now())


def test_she_sees_each_device_by_its_kind_and_which_is_this_one(first, second):
    client, _ = first
    page = client.get("/me").text
    here, there = (
        re.search(rf"<strong>{name}</strong>(.*?)</li>", page, re.S)[1]
        for name in ("iPhone · Safari", "Windows · Chrome")
    )
    assert ("就是这台" in here, "就是这台" in there) == (True, False)
    assert ("第一次用" in here, "让它退出" in there) == (True, True)


def test_one_device_is_ended_and_the_others_stay(first, second):
    client, url = first
    other = next(one for one in devices_of(client) if one.name.startswith("Windows"))
    client.post(f"/me/devices/{other.id}/end")
    assert (is_in(client, url), is_in(second, url)) == (True, False)


def test_all_others_are_ended_at_once(first, second):
    client, url = first
    second.post("/me/devices/end-others")
    assert (is_in(client, url), is_in(second, url)) == (False, True)


def test_nobody_ends_another_owners_device(app, first, second):
    client, url = first
    stranger = app.test_client()
    stranger.post("/f/hubin/start", data=DETAILS)
    for one in devices_of(client):
        stranger.post(f"/me/devices/{one.id}/end")
    stranger.post("/me/devices/end-others")
    assert [is_in(client, url), is_in(second, url)] == [True, True]


def test_a_cookie_that_was_copied_opens_nothing_after_she_has_left(app, first):
    client, url = first
    with client.session_transaction() as held:
        copied = dict(held)
    client.post("/me/leave")
    thief = app.test_client()
    with thief.session_transaction() as held:
        held.update(copied)
    assert not is_in(thief, url)


def test_a_session_that_nobody_used_for_long_opens_nothing(first):
    client, url = first
    last_used(client, now() - IDLE - dt.timedelta(minutes=1))
    assert not is_in(client, url)


def test_the_last_use_is_written_down_and_the_cookie_lives_on_with_it(first):
    client, url = first
    last_used(client, now() - dt.timedelta(days=2))
    assert "session=" in client.get(f"{url}/mine").headers.get("Set-Cookie", "")
    assert devices_of(client)[0].seen_at > now() - dt.timedelta(minutes=1)


def test_coming_in_again_in_the_same_browser_leaves_one_session(first):
    client, url = first
    resume(client, take_code(client, url))
    assert len(devices_of(client)) == 1


def test_a_token_of_one_owner_says_nothing_for_another(app, first):
    client, url = first
    stranger = app.test_client()
    stranger.post("/f/hubin/start", data=DETAILS)
    own, theirs = held_id(stranger), held_id(client)
    with stranger.session_transaction() as held:
        held["_user_id"] = " ".join([*theirs[:5], own[5]])
    assert not is_in(stranger, url)


def test_erasing_her_last_checkup_ends_every_device(first, second):
    client, url = first
    client.post(f"{url}/mine/erase")
    assert second.get("/me").status_code == 404
    assert client.get("/me").status_code == 404


def test_erasing_one_of_two_checkups_leaves_her_with_the_other(first):
    client, url = first
    client.post("/f/jiangwan/start", data={**DETAILS, "name": "王姐二店"})
    client.post(f"{url}/mine/erase")
    page = client.get("/me").text
    assert page.count("/me/checkups/") == 1


def test_what_nobody_uses_any_more_is_forgotten_at_night(first, second, settings, admin_rows):
    client, _ = first
    last_used(second, now() - IDLE - dt.timedelta(hours=1))
    forget(settings)
    digests = [token_digest(held_id(one)[5]) for one in (client, second)]
    query = "SELECT digest FROM owner_session WHERE digest = ANY(:digests)"
    assert admin_rows(query, digests=digests) == [(digests[0],)]


def test_a_session_has_a_last_day_however_often_it_is_used(first, admin_run):
    client, url = first
    admin_run(
        "UPDATE owner_session SET began_at = :at WHERE digest = :digest",
        at=now() - LONGEST - dt.timedelta(hours=1),
        digest=token_digest(held_id(client)[5]),
    )
    assert not is_in(client, url)


@pytest.fixture
def locked(app, first):
    """(Her own phone, logged out, and her code), after a stranger who saw it has typed five wrong phones for it."""
    client, url = first
    code = take_code(client, url)
    client.post("/me/leave")
    stranger = app.test_client()
    for n in range(5):
        assert "请再核对" in resume(stranger, code, f"1390000000{n}").text
    return client, code


def test_five_wrong_phones_lock_a_code_for_strangers(app, locked):
    answer = resume(app.test_client(), locked[1])
    assert answer.status_code == 422
    assert "15分钟" in answer.text


def test_the_phone_on_which_a_code_was_issued_is_not_locked_out_by_strangers(locked):
    client, code = locked
    assert resume(client, code).status_code == 302


def test_a_locked_code_opens_again_after_a_quarter_of_an_hour(app, locked, admin_run):
    admin_run("UPDATE attempt SET locked_until = locked_until - interval '16 minutes' WHERE locked_until IS NOT NULL")
    assert resume(app.test_client(), locked[1]).status_code == 302


def test_a_code_that_nobody_has_is_not_counted(app, admin_rows):
    before = admin_rows("SELECT count(*) FROM attempt")
    assert "请再核对" in resume(app.test_client(), "AAAA-AAAA").text
    assert admin_rows("SELECT count(*) FROM attempt") == before


def test_a_stranger_who_types_wrong_codes_for_her_number_does_not_lock_her_own_phone_out(app, settings, first):
    client, _ = first
    own, stranger = {"phone": "13912345678"}, app.test_client()
    client.post("/me/phone", data=own)
    client.post("/me/code", data={**own, "code": codes(settings, own["phone"])[-1]})
    client.post("/me/leave")
    for _ in range(6):
        stranger.post("/me/phone", data=own)
        stranger.post("/me/code", data={**own, "code": "000000"})
    assert stranger.post("/me/phone", data=own).status_code == 429
    assert client.post("/me/phone", data=own).status_code == 200
    assert client.post("/me/code", data={**own, "code": codes(settings, own["phone"])[-1]}).status_code == 302
