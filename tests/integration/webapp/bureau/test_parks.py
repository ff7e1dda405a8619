"""A partner applies, its bureau admits it, its people come in by mail; over HTTP, as people do."""

import re

import pytest

from tests.joining import PASSWORD, outbox
from tests.parks import OFFICER
from tests.visits import log_in

FORM = {
    "kind": "incubator", "name": "顾村孵化器", "name_en": "", "district": "310113", "address": "顾村路1号",
    "phone": "021-5555 4321", "contact_name": "丁主任", "contact_email": "ding@parks.example",
}  # fmt: skip


@pytest.fixture
def officer(app):
    return log_in(app, OFFICER)


@pytest.fixture
def applied(app, officer):
    """The path of a partner that waits at its bureau."""

    def apply(**changed):
        said = FORM | changed
        assert app.test_client().post("/partners/join", data=said).status_code == 200
        page = officer.get("/bureau/partners").text
        return re.search(rf'href="(/bureau/partners/[\w-]+)">{said["name"]}', page)[1]

    return apply


def come_in(app, settings, email):
    mail = next(one for one in outbox(settings) if one["to"] == email)
    link = re.search(r"/auth/invitation/[\w.-]+", mail["body"])[0]
    assert app.test_client().post(link, data={"name": "丁一", "password": PASSWORD}).status_code == 302
    return log_in(app, email, PASSWORD)


def test_whoever_is_admitted_comes_in_by_her_mail(app, settings, officer, applied):
    path = applied(name="大场孵化器", contact_email="dachang@parks.example")
    assert "合作单位的准入申请" in officer.get("/bureau/").text
    assert officer.post(f"{path}/admit", data={"why": "核实过"}).status_code == 302
    principal = come_in(app, settings, "dachang@parks.example")
    assert principal.get("/auth/home").location.startswith("/partner")
    said = {"address": "大场路9号", "phone": "021-5555 9999", "contact": "丁一", "email": "dachang@parks.example"}
    assert principal.post("/partner/page", data=said).status_code == 302
    assert "大场路9号" in officer.get(path).text


def test_whoever_is_refused_is_told_why(settings, officer, applied):
    path = applied(name="杨行孵化器", contact_email="yanghang@parks.example")
    assert officer.post(f"{path}/refuse", data={"why": "不在本区"}).status_code == 302
    mail = next(one for one in outbox(settings) if one["to"] == "yanghang@parks.example")
    assert "不在本区" in mail["body"]


def test_a_partner_that_leaves_is_out_at_once(app, settings, officer, applied):
    path = applied(name="庙行孵化器", contact_email="miaohang@parks.example")
    officer.post(f"{path}/admit", data={"why": "核实过"})
    principal = come_in(app, settings, "miaohang@parks.example")
    officer.post(f"{path}/leave", data={"why": "关门了"})
    assert principal.get("/partner/page").location.startswith("/auth/login")


def test_a_decision_without_a_reason_is_refused(officer, applied):
    assert officer.post(f"{applied(name='罗泾孵化器')}/admit", data={"why": " "}).status_code == 422


def test_another_districts_bureau_does_not_find_it(app, applied):
    beside = log_in(app, "officer@youyi.example")
    assert beside.get(applied(name="月浦孵化器")).status_code == 404
