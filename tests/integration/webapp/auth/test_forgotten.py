"""A password that was forgotten: a mailed link, once; nobody learns who has an account."""

import datetime as dt
import json
import re

import pytest

from demo.city import PASSWORD
from tenants.clock import now
from tenants.login.throttle import MOST_SENDS
from tests.visits import log_in
from tests.working_off import work_but_papers
from webapp.edge.record_links import MINUTES

NEW = "a-new-password-9"
OWN, OTHER = "officer@baoshan.example", "lawyer1@hubin.example"
LAWYER, OFFICER, ADMIN = "lawyer2@hubin.example", "officer@city.example", "lawyer1@jiangwan.example"


def mails(settings, email):
    work_but_papers(settings)
    bodies = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    return sorted(
        (one for one in bodies if one["to"] == email and "重设密码" in one["subject"]), key=lambda one: one["at"]
    )


def ask(app, email):
    return app.test_client().post("/auth/forgotten", data={"email": email})


def link_for(app, settings, email):
    assert ask(app, email).status_code == 200
    return re.search(r"/auth/forgotten/[\w.-]+", mails(settings, email)[-1]["body"])[0]


@pytest.mark.parametrize("email", [LAWYER, OFFICER, ADMIN])
def test_lawyers_officers_and_admins_come_back_by_a_mailed_link(app, settings, email):
    before = log_in(app, email)
    link = link_for(app, settings, email)
    assert app.test_client().get(link).status_code == 200
    answer = app.test_client().post(link, data={"password": NEW})
    assert answer.location == "/auth/login?reset=1"
    assert log_in(app, email, NEW).get("/auth/home").status_code == 302
    assert app.test_client().post("/auth/login", data={"email": email, "password": PASSWORD}).status_code == 422
    assert before.get("/auth/home").location.startswith("/auth/login")


def test_the_link_works_once(app, settings):
    link = link_for(app, settings, "lawyer3@hubin.example")
    assert app.test_client().post(link, data={"password": NEW}).status_code == 302
    assert app.test_client().get(link).status_code == 409
    assert app.test_client().post(link, data={"password": "another-long-one-3"}).status_code == 409


def test_the_link_is_good_for_an_hour(app, settings, clock_at):
    link = link_for(app, settings, "lawyer2@jiangwan.example")
    clock_at(now() + dt.timedelta(minutes=MINUTES + 1))
    assert app.test_client().get(link).status_code == 409


def test_a_stranger_gets_the_same_answer_and_no_mail(app, settings):
    known, unknown = ask(app, "lawyer3@jiangwan.example"), ask(app, "nobody@nowhere.example")
    same = [re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text) for answer in (known, unknown)]
    assert same[0] == same[1]
    assert (len(mails(settings, "lawyer3@jiangwan.example")), mails(settings, "nobody@nowhere.example")) == (1, [])


def test_five_links_an_hour_are_enough(app, settings):
    email = "lawyer1@hubin.example"
    for _ in range(MOST_SENDS + 2):
        assert ask(app, email).status_code == 200
    assert len(mails(settings, email)) == MOST_SENDS


def test_the_second_factor_is_asked_as_before(app, settings, monkeypatch):
    monkeypatch.setattr("webapp.views.auth.login.has_totp", lambda *_: True)
    email = "lawyer3@jiangwan.example"
    link = link_for(app, settings, email)
    app.test_client().post(link, data={"password": NEW})
    answer = app.test_client().post("/auth/login", data={"email": email, "password": NEW})
    assert answer.location == "/auth/second"


def test_a_weak_password_is_refused_and_the_link_stays(app, settings):
    link = link_for(app, settings, "officer2@city.example")
    assert app.test_client().post(link, data={"password": "short"}).status_code == 422
    assert app.test_client().get(link).status_code == 200


def test_a_forged_link_opens_nothing(app):
    assert app.test_client().get("/auth/forgotten/forged").status_code == 409


def test_strangers_who_ask_for_her_links_use_up_none_of_her_own_browsers(app, settings):
    own = log_in(app, OWN)
    own.post("/auth/logout")
    for _ in range(MOST_SENDS + 1):
        ask(app, OWN)
    before = len(mails(settings, OWN))
    own.post("/auth/forgotten", data={"email": OWN})
    assert len(mails(settings, OWN)) == before + 1


def test_a_new_password_opens_the_door_that_her_own_browser_had_locked(app, settings):
    own = log_in(app, OTHER)
    own.post("/auth/logout")
    for _ in range(5):
        own.post("/auth/login", data={"email": OTHER, "password": "wrong"})
    own.post(link_for(app, settings, OTHER), data={"password": NEW})
    assert own.post("/auth/login", data={"email": OTHER, "password": NEW}).status_code == 302
