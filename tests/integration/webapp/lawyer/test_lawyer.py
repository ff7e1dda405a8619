import datetime as dt
import re

import pytest
from sqlalchemy import exists, select

from checkup.cases.models import Checkup, FindingRow
from checkup.review.models import Review
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.models import LoginSession
from tenants.login.sessions import token_digest
from tenants.models import Firm
from tests.factories import CLEAR_AND_MINE
from tests.visits import held_id, log_in, version_of
from webapp.worker_loop import run_worker


@pytest.fixture
def lawyer(app):
    return log_in(app, "lawyer1@hubin.example")


@pytest.fixture
def waiting(settings):
    """(firm id, checkup id) of a submitted checkup of the lawyer's firm."""
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        firm_id = session.scalar(select(Firm.id).where(Firm.slug == "hubin"))
    waits = (Checkup.state == "submitted", Checkup.review_wanted)
    of_it = (FindingRow.checkup_id == Checkup.id, FindingRow.state == "found")
    with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
        some, red = exists().where(*of_it), exists().where(*of_it, FindingRow.colour == "red")
        return firm_id, session.scalars(select(Checkup.id).where(*waits, some, ~red).order_by(Checkup.id)).first()


def test_a_wrong_password_is_refused_without_saying_which(app):
    response = app.test_client().post("/auth/login", data={"email": "lawyer1@hubin.example", "password": "x"})
    assert response.status_code == 422
    assert "邮箱或密码不对" in response.text


def test_the_queue_needs_a_log_in(app):
    assert "/auth/login" in app.test_client().get("/lawyer/").location


def test_another_firms_lawyer_gets_not_found(app, waiting):
    outsider = log_in(app, "lawyer1@jiangwan.example")
    assert outsider.get(f"/lawyer/checkups/{waiting[1]}").status_code == 404


def test_a_review_from_taking_to_signature_is_verifiable(app, lawyer, waiting, settings):
    firm_id, checkup_id = waiting
    url = f"/lawyer/checkups/{checkup_id}"
    assert lawyer.post(f"{url}/names", data=CLEAR_AND_MINE).status_code == 302
    with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
        found = (FindingRow.checkup_id == checkup_id, FindingRow.state == "found")
        risks = list(session.scalars(select(FindingRow.risk).where(*found)))
    assert risks
    page = lawyer.get(url).text
    assert lawyer.post(f"{url}/sign", data={"version": version_of(page)}).status_code == 409
    for place, risk in enumerate(risks):
        form = {"version": version_of(lawyer.get(url).text), "action": "confirm", "reason": "", "percent": "50"}
        if place == 0:
            form |= {"action": "change", "reason": "已看过合同"}
        response = lawyer.post(f"{url}/findings/{risk}", data=form)
        assert response.status_code == 302, response.text
    stale = lawyer.post(f"{url}/advice", data={"version": "0", "advice": "先补合同"})
    assert stale.status_code == 409
    assert "先补合同" in stale.text
    lawyer.post(f"{url}/advice", data={"version": version_of(stale.text), "advice": "先补合同"})
    assert lawyer.post(f"{url}/sign", data={"version": version_of(lawyer.get(url).text)}).status_code == 302
    number = re.search(r"/verify/(\w+)", lawyer.get(url).text).group(1)
    assert "这份报告是真的" in app.test_client().get(f"/verify/{number}").text
    with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
        changed = session.get_one(FindingRow, (firm_id, checkup_id, risks[0]))
        assert changed.lawyer_likelihood == 0.5
        assert session.get_one(Review, (firm_id, checkup_id)).signed_at is not None
    run_worker(settings, wait=False)
    assert lawyer.get(f"{url}/report.pdf").data.startswith(b"%PDF-")
    assert number in app.test_client().get("/dev/outbox").text


def test_an_unknown_verification_number_is_not_found(app):
    assert app.test_client().get("/verify/NOSUCH").status_code == 404


def test_every_route_declares_its_audience(app):
    undeclared = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(_unwrapped(app.view_functions[rule.endpoint]), "audience")
    ]
    assert undeclared == []


def _unwrapped(view):
    while not hasattr(view, "audience") and hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


def test_an_idle_session_ends_and_leads_back_after_the_log_in(lawyer, waiting):
    page = f"/lawyer/checkups/{waiting[1]}"
    digest = token_digest(held_id(lawyer)[2])
    with unit_of_work(Scope(Audience.PUBLIC, token=digest)) as session:
        session.get_one(LoginSession, digest).seen_at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    answer = lawyer.post(f"{page}/advice", data={"advice": "x"}, headers={"Referer": f"http://localhost{page}"})
    assert answer.location == f"/auth/login?next={page}"
