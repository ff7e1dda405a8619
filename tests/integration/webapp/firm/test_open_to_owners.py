"""A firm is shown to owners once a lawyer can log in and a roster stands, and never without a day for the next look."""

import datetime as dt
import re
import uuid

import pytest

from bureau.day.waiting import FIRM_REVIEWS, list_waiting
from checkup.owner.open_firms import is_open
from demo.city import demo_id
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.joining import add_lawyer, apply_firm, come_in, contact_of, decide, open_to_owners, outbox, plan_roster
from tests.owners import DETAILS
from tests.parties import FORM, Party
from tests.visits import log_in

BAOSHAN = demo_id("bureau:310113")


@pytest.fixture
def officer(app):
    return log_in(app, "officer@baoshan.example")


@pytest.fixture
def admitted(app, officer):
    """(name, path at the bureau) of a firm that was admitted just now: nobody has come in yet."""
    name, path = apply_firm(app, officer)
    assert decide(officer, path, "admit").status_code == 302
    return name, path


def slug_of(admin_rows, name):
    return admin_rows("SELECT slug FROM firm WHERE name = :name", name=name)[0][0]


def is_listed(app, name):
    return name in app.test_client().get("/").text


def test_an_admitted_firm_without_a_lawyer_is_not_shown_and_takes_nobody(app, officer, admitted, admin_rows):
    name, path = admitted
    slug = slug_of(admin_rows, name)
    assert not is_listed(app, name)
    assert name not in str(app.test_client().get("/api/v1/services").json)
    assert "这家所还没有准备好" in app.test_client().get(f"/f/{slug}").text
    assert app.test_client().get(f"/f/{slug}/start").location == f"/f/{slug}"
    assert app.test_client().post(f"/f/{slug}/start", data=DETAILS).status_code == 409
    assert "还没有律师能登录" in officer.get(path).text
    assert "店主还看不到" in officer.get("/bureau/firms").text


def test_nobody_moves_to_a_firm_where_nobody_would_answer(app, admitted, admin_rows):
    owner = app.test_client()
    url = owner.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    page = owner.get(f"{url}/mine").text
    assert "上海江湾" in page
    assert admitted[0] not in page
    target = admin_rows("SELECT id FROM firm WHERE name = :name", name=admitted[0])[0][0]
    assert owner.post(f"{url}/mine/move", data={"firm": str(target)}).status_code in (404, 422)


def test_an_admin_alone_opens_no_firm_and_a_lawyer_without_a_roster_neither(app, settings, officer, admitted):
    name, path = admitted
    admin = come_in(app, settings, contact_of(name))
    assert not is_listed(app, name)
    add_lawyer(app, settings, admin, f"l-{contact_of(name)}")
    assert not is_listed(app, name)
    assert "还没有排过值班" in officer.get(path).text
    plan_roster(admin)
    assert is_listed(app, name)
    assert "1位律师能登录" in officer.get(path).text


def test_a_firm_whose_last_lawyer_leaves_is_shown_no_more(app, settings, admitted):
    name, _ = admitted
    admin = open_to_owners(app, settings, name)
    assert is_listed(app, name)
    people = admin.get("/firm/people").text
    lawyer = re.search(r"/firm/people/([\w-]+)/junior", people)[1]
    assert admin.post(f"/firm/people/{lawyer}/end", data={"cases": "0"}).status_code == 302
    assert not is_listed(app, name)


def test_a_ticket_goes_to_no_firm_where_nobody_would_take_it(app, settings, officer, admitted, admin_rows):
    name, path = admitted
    decide(officer, path, "activate")
    party = Party(app, settings, uuid.uuid4().hex, "12345")
    refused = party.send({"reference": "S-1", **FORM, "firm": slug_of(admin_rows, name)})
    assert refused.status_code == 422
    number = party.send({"reference": "S-2", **FORM}, message_id="m2").json["number"]
    ticket = admin_rows("SELECT id FROM ticket WHERE number = :number", number=number)[0][0]
    assert name not in officer.get(f"/bureau/tickets/{ticket}").text
    firm_id = path.rsplit("/", 1)[1]
    assert officer.post(f"/bureau/tickets/{ticket}", data={"step": "route", "firm": firm_id}).status_code == 422


def test_who_is_admitted_is_looked_at_again_within_a_year(app, officer):
    _, path = apply_firm(app, officer)
    for days in (None, 0, 400):
        assert decide(officer, path, "admit", review_in=days).status_code == 422
    assert decide(officer, path, "admit", review_in=90).status_code == 302
    day = city_day(now()) + dt.timedelta(days=90)
    assert f"{day.year}年{day.month}月{day.day}日" in officer.get(path).text


def test_the_firm_is_told_by_when_it_is_looked_at_again(settings, admitted):
    day = city_day(now()) + dt.timedelta(days=90)
    said = [one["body"] for one in outbox(settings) if one["to"] == contact_of(admitted[0])]
    assert any(f"司法局最晚{day.year}年{day.month}月{day.day}日再看一次" in one for one in said)


def waiting(on):
    me = demo_id("officer@baoshan.example")
    with unit_of_work(Scope(Audience.BUREAU, person_id=me, bureau_id=BAOSHAN)) as session:
        held = list_waiting(session, bureau_id=BAOSHAN, me=me, today=on)
    return next((one.count for one in held if one.kind == FIRM_REVIEWS), 0)


def test_when_the_day_comes_it_waits_for_the_officer_until_she_has_looked(officer, admitted):
    day = city_day(now()) + dt.timedelta(days=90)
    before = waiting(day)
    assert before >= 1
    assert waiting(day - dt.timedelta(days=1)) < before
    said = {"why": "看过案卷", "review_on": (day + dt.timedelta(days=90)).isoformat()}
    assert officer.post(f"{admitted[1]}/review", data=said).status_code == 302
    assert "看过案卷" in officer.get(admitted[1]).text
    assert waiting(day) == before - 1


def test_a_firm_that_serves_nobody_is_not_looked_at_again(app, officer):
    _, path = apply_firm(app, officer)
    said = {"why": "看过案卷", "review_on": (city_day(now()) + dt.timedelta(days=9)).isoformat()}
    assert officer.post(f"{path}/review", data=said).status_code == 409


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.OWNER, Audience.CLIENT])
def test_that_a_firm_is_open_is_known_and_nobodys_name(settings, audience):
    with unit_of_work(Scope(audience)) as session:
        assert is_open(session, demo_id("hubin"))
