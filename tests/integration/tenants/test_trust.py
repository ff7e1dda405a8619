"""Keys that rotate, logs that show tampering, erasure that survives a restored backup."""

import base64
import os
import uuid

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import text

from checkup.cases.sealing import Keyring
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.credentials import authenticate, set_password
from tests.own_city import answer, opened_by_master, own_city, seal_by_master, start
from tests.visits import held_id
from webapp.app import create_app


@pytest.fixture
def city(tmp_path, settings):
    """A city of its own whose keys and backups may be turned over: (settings, run famai …, admin SQL)."""
    with own_city(tmp_path / "city", settings) as made:
        yield made


def test_after_a_firm_key_rotation_answers_open_and_the_old_key_is_gone(city):
    settings, run, sql = city
    _, scope, checkup = start(settings)
    before = sql("SELECT wrapped_key FROM firm WHERE slug = 'hubin'")
    result = run("keys", "rotate-firm", "hubin")
    assert result.exit_code == 0, result.output
    assert sql("SELECT wrapped_key FROM firm WHERE slug = 'hubin'") != before
    assert answer(settings, scope, checkup) == "few"


def test_a_rotation_of_an_unknown_firm_says_so(city):
    _, run, _ = city
    result = run("keys", "rotate-firm", "nowhere")
    assert result.exit_code == 1
    assert "no firm" in result.output


def test_after_a_master_key_rotation_only_the_new_master_opens(city):
    settings, run, _ = city
    _, scope, checkup = start(settings)
    new = base64.b64encode(os.urandom(32)).decode()
    assert run("keys", "rotate-master", FAMAI_NEW_MASTER_KEY=new).exit_code == 0
    assert answer(settings, scope, checkup, Keyring(base64.b64decode(new))) == "few"
    with pytest.raises(InvalidTag):
        answer(settings, scope, checkup)


def test_after_a_master_key_rotation_whatever_the_master_sealed_opens_with_the_new_key_alone(city):
    settings, run, sql = city
    old, new = settings.keyring().master, os.urandom(32)
    seal_by_master(sql, old)
    result = run("keys", "rotate-master", FAMAI_NEW_MASTER_KEY=base64.b64encode(new).decode())
    assert result.exit_code == 0, result.output
    assert set(opened_by_master(sql, new).values()) == {"opens"}


def test_a_whole_log_verifies_and_a_changed_or_removed_entry_is_named(city):
    settings, run, sql = city
    client, _, _ = start(settings)
    for purpose in ("cloud", "statistics", "follow_up"):
        checkup = held_id(client)[3]
        client.post(f"/checkup/{checkup}/mine/consent", data={"purpose": purpose, "granted": "yes"})
    assert run("audit", "verify").exit_code == 0
    sql("UPDATE audit_entry SET why = 'nothing happened' WHERE number = 2")
    changed = run("audit", "verify")
    assert changed.exit_code == 1
    assert "hubin: entry 2 was altered" in changed.output
    sql("DELETE FROM audit_entry WHERE number >= 2")
    assert "removed" in run("audit", "verify").output


def test_nobody_can_write_the_log_by_hand(settings):
    for audience in (Audience.OWNER, Audience.FIRM, Audience.BUREAU, Audience.WORKER, Audience.OPERATOR):
        with pytest.raises(Exception, match="permission denied"), unit_of_work(Scope(audience)) as work:
            work.execute(text("UPDATE audit_entry SET why = ''"))


def test_a_new_city_gets_its_bureaus_and_officers_by_command(city):
    settings, run, _ = city
    bureau = run("bureau", "add", "新区司法局", "New Bureau", "--district", "310115").output.split()[-1]
    password = run("bureau", "officer", bureau, "first@new.example", "首位").output.split()[-1]
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False)
    answer = app.test_client().post("/auth/login", data={"email": "first@new.example", "password": password})
    assert answer.status_code == 302
    assert run("bureau", "officer", bureau, "first@new.example", "再来").exit_code == 1
    assert run("bureau", "add", "x", "x", "--under", str(uuid.uuid4())).exit_code == 1


def test_a_first_password_that_a_command_has_printed_is_good_for_a_week(city):
    settings, run, sql = city
    password = run("operator", "add", "late@new.example", "晚来").output.split()[-1]
    sql("UPDATE credential SET good_until = good_until - interval '8 days' WHERE good_until IS NOT NULL")
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False)
    sent = {"email": "late@new.example", "password": password}
    assert app.test_client().post("/auth/login", data=sent).status_code == 422


def test_a_password_that_she_chose_herself_is_good_for_good(city):
    settings, run, sql = city
    password = run("operator", "add", "soon@new.example", "早来").output.split()[-1]
    chosen = "tall-trees-in-rain-1"
    with unit_of_work(Scope(Audience.AUTH, token="soon@new.example")) as work:  # noqa: S106 - an e-mail
        person = authenticate(work, "soon@new.example", password)
    with unit_of_work(Scope(Audience.AUTH, person_id=person.id)) as work:
        set_password(work, person_id=person.id, old=password, new=chosen)
    assert sql("SELECT good_until FROM credential WHERE person_id = :id", id=person.id) == [(None,)]
