"""From a finding to help over HTTP: the owner, the body with accounts, the body with a link in its mail, the lawyer."""

import re
import uuid
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from billing.waivers.follow_up import revoke
from billing.waivers.models import Waiver
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Provider
from tests.bodies import find_body
from tests.factories import make_case, make_waiver, officer_scope
from tests.referring import follow, refer, take_steps
from tests.visits import be_owner, log_in

CHIEF = "chief@heshang.example"
PACKET = {"level": "contact", "words": "想把钱要回来", "person": "王姐", "phone": "13800138000"}


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=7)


@pytest.fixture
def owner(app, case):
    return be_owner(app, case)


def send(owner, case, body="和商", topic="own:debt", **changed):
    path = f"/checkup/{case.checkup_id}/help/to/{topic}/{find_body(body).slug}"
    made = owner.post(path, data={**PACKET, **changed})
    assert made.status_code == 302, made.text
    page = owner.get(made.location).text
    answer = owner.post(f"{made.location}/send")
    return made.location, page, answer


def test_the_whole_way_with_accounts(app, owner, case):
    assert "和商" in owner.get(f"/checkup/{case.checkup_id}/help/to/own:debt").text
    at, preview, answer = send(owner, case)
    assert "13800138000" in preview
    assert answer.status_code == 302
    body = log_in(app, CHIEF)
    path = re.findall(r'href="(/provider/referrals/[\w-]+)"', body.get("/provider/").text)[0]
    assert "想把钱要回来" in body.get(path).text
    for step, words in (("accept", ""), ("begin", "约了周三"), ("ask", "欠条有吗？")):
        assert body.post(path, data={"step": step, "words": words}).status_code == 302
    assert "欠条有吗" in owner.get(at).text
    assert owner.post(f"{at}/answer", data={"words": "有，拍了照"}).status_code == 302
    assert "有，拍了照" in body.get(path).text
    assert body.post(path, data={"step": "close", "words": "谈成了"}).status_code == 422
    assert body.post(path, data={"step": "close", "words": "谈成了", "outcome": "done"}).status_code == 302
    assert "谈成了" in owner.get(at).text


def test_a_step_out_of_turn_is_a_conflict(app, owner, case, settings):
    refer(settings, case)
    body = log_in(app, CHIEF)
    path = re.findall(r'href="(/provider/referrals/[\w-]+)"', body.get("/provider/").text)[0]
    assert body.post(path, data={"step": "answer", "words": "x"}).status_code == 409


def test_a_second_referral_of_the_matter_is_refused_in_words(owner, case):
    send(owner, case)
    assert send(owner, case)[2].status_code == 409


def test_a_mailed_link_takes_one_step(app, settings, owner, case):
    at, _page, _answer = send(owner, case, body="友谊路")
    link = follow(settings, case)[-1]
    stranger = app.test_client()
    assert "王姐" not in stranger.get(link).text
    assert "王姐" in stranger.post(link).text
    assert stranger.post(link, data={"step": "accept", "words": ""}).status_code == 200
    assert stranger.post(link).status_code == 410
    assert stranger.get(link).status_code == 410
    assert "接了" in owner.get(at).text


def test_her_lawyer_sees_where_it_stands(app, owner, case):
    send(owner, case)
    page = log_in(app, "lawyer1@hubin.example").get(f"/lawyer/checkups/{case.checkup_id}/referrals")
    assert "和商" in page.text


def test_without_a_number_the_contact_level_is_refused(owner, case):
    path = f"/checkup/{case.checkup_id}/help/to/own:debt/{find_body('和商').slug}"
    assert owner.post(path, data={**PACKET, "phone": ""}).status_code == 422


def test_a_certificate_that_was_revoked_between_is_said_on_both_sides(app, settings, owner, case):
    waiver_id = make_waiver(settings, case, "granted")
    at, page, _answer = send(owner, case)
    assert "<s>" in page
    with unit_of_work(officer_scope()) as session:
        waiver = session.scalars(select(Waiver).where(Waiver.id == waiver_id)).one()
        by = Actor(officer_scope().person_id, "李科长")
        revoke(session, waiver_id=waiver_id, version=waiver.version, reason="changed", by=by, now=now())
    theirs = f"/provider/referrals/{at.rsplit('/', 1)[1]}"
    assert "这张减免证明现在无效" in log_in(app, CHIEF).get(theirs).text
    assert "您的减免证明现在用不上了" in owner.get(at).text


def test_a_body_with_a_link_hears_of_a_revoked_certificate_too(app, settings, case):
    waiver_id = make_waiver(settings, case, "granted")
    with unit_of_work(officer_scope()) as session:
        waiver = session.scalars(select(Waiver).where(Waiver.id == waiver_id)).one()
        number, by = waiver.certificate_number, Actor(officer_scope().person_id, "李科长")
        revoke(session, waiver_id=waiver_id, version=waiver.version, reason="changed", by=by, now=now())
    with taking_certificates("友谊路"):
        refer(settings, case, body="友谊路", certificate=number)
    assert "这张减免证明现在无效" in app.test_client().post(follow(settings, case)[-1]).text


@contextmanager
def taking_certificates(name):
    """The body asks less for a certificate meanwhile."""
    body = find_body(name)
    scope = Scope(Audience.BUREAU, bureau_id=body.bureau_id)
    with unit_of_work(scope) as session:
        session.get_one(Provider, body.id).takes_certificates = True
    yield
    with unit_of_work(scope) as session:
        session.get_one(Provider, body.id).takes_certificates = False


def test_she_rates_and_complains_of_what_has_ended(app, settings, owner, case):
    at, _page, _answer = send(owner, case)
    assert owner.get(f"{at}/rating").location.endswith(at)
    take_steps(settings, uuid.UUID(at.rsplit("/", 1)[1]), "accept", "begin", "close:failed")
    assert f"{at}/rating" in owner.get(at).text
    assert owner.post(f"{at}/rating", data={"helped": "1"}).status_code == 422
    assert owner.post(f"{at}/rating", data={"helped": "1", "kind": "4"}).status_code == 302
    assert f"{at}/complaint" in owner.get(f"{at}/rating").text
    assert owner.post(f"{at}/complaint", data={"words": "拖了一个月"}).status_code == 302
    assert "拖了一个月" in owner.get(f"{at}/complaint").text
    desk = log_in(app, "officer@city.example")
    rows = desk.get("/bureau/complaints").text.split("<tr>")
    (path,) = re.findall(r'href="(/bureau/complaints/[\w-]+)"', "".join(row for row in rows if "和商" in row))
    assert "拖了一个月" in desk.get(path).text
    assert owner.post(f"{at}/complaint/withdraw").status_code == 302
    assert "您收回了" in owner.get(f"{at}/complaint").text


def test_a_body_and_its_bureau_see_the_same_numbers(app, settings, owner, case):
    send(owner, case)
    line = re.compile(r"<dt>转来</dt>\s*<dd>(\d+)件")
    hers = line.search(log_in(app, CHIEF).get("/provider/numbers").text)
    page = log_in(app, "officer@city.example").get(f"/bureau/providers/{find_body('和商').id}").text
    assert hers[1] == line.search(page)[1] != "0"
