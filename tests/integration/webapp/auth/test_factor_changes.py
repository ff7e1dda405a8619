"""Who changes how she comes in shows the present factor first; other devices end and she is told."""

import datetime as dt
import json
import re

import pyotp
import pytest
from sqlalchemy import select

from demo.city import PASSWORD, demo_id
from tenants.audit_models import AuditEntry
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests.visits import log_in
from tests.working_off import work_but_papers
from webapp.views.auth.factor_changes import SHOWN_FOR

PASSKEYS = "/auth/account/passkeys"
CHANGES = [
    ("get", "/auth/second/set-up"),
    ("post", "/auth/second/set-up"),
    ("post", PASSKEYS),
    ("post", f"{PASSKEYS}/remove"),
]
EMAILS = iter(f"lawyer{number}@{firm}.example" for firm in ("hubin", "jiangwan") for number in (1, 2, 3))


class Enrolled:
    """A lawyer who has set up an authenticator in this session."""

    def __init__(self, app):
        self.email = next(EMAILS)
        self.other = log_in(app, self.email)
        self.client = log_in(app, self.email)
        secret = re.search(r"<code>([A-Z2-7]{16,})</code>", self.client.get("/auth/second/set-up").text)[1]
        page = self.client.post("/auth/second/set-up", data={"code": pyotp.TOTP(secret).at(now())}).text
        self.recovery = re.findall(r"<code>([0-9a-f]{4}-[0-9a-f]{4})</code>", page)

    def show(self, code=None):
        return self.client.post("/auth/second/present", data={"code": code or self.recovery.pop()})


@pytest.fixture
def lawyer(app):
    return Enrolled(app)


@pytest.fixture(scope="module")
def enrolled(app):
    """For tests that change nothing."""
    return Enrolled(app)


@pytest.mark.parametrize(("verb", "path"), CHANGES)
def test_no_factor_is_changed_before_the_present_one_was_shown(enrolled, verb, path):
    assert getattr(enrolled.client, verb)(path).location == "/auth/second/present"


def test_a_wrong_code_shows_nothing(enrolled):
    assert enrolled.show("000000").status_code == 422
    assert enrolled.client.get("/auth/second/set-up").status_code == 302


def test_once_it_was_shown_another_authenticator_may_be_set_up(lawyer):
    assert lawyer.show().location == "/auth/account#factor"
    assert lawyer.client.get("/auth/second/set-up").status_code == 200
    assert "换一个" in lawyer.client.get("/auth/account").text


def test_what_was_shown_counts_for_minutes(lawyer, clock_at):
    lawyer.show()
    clock_at(now() + SHOWN_FOR + dt.timedelta(seconds=1))
    assert lawyer.client.get("/auth/second/set-up").location == "/auth/second/present"


def test_another_factor_ends_every_other_session_is_noted_and_told(lawyer, settings):
    assert lawyer.other.get("/auth/account").status_code == 302
    assert lawyer.client.get("/auth/account").status_code == 200
    firm = demo_id(re.search(r"@(\w+)\.", lawyer.email)[1])
    with unit_of_work(Scope(Audience.FIRM, firm)) as work:
        noted = work.scalars(select(AuditEntry.why).where(AuditEntry.act == "staff.factor")).all()
    assert "authenticator" in noted
    work_but_papers(settings)
    sent = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    assert "法脉账号的第二重验证改了" in {one["subject"] for one in sent if one["to"] == lawyer.email}


def test_an_officer_who_changes_her_password_is_told_too(app, settings):
    officer = log_in(app, "officer@city.example")
    changed = officer.post("/auth/account/password", data={"old": PASSWORD, "new": "another-long-one-3"})
    assert changed.status_code == 200
    work_but_papers(settings)
    sent = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    assert "法脉账号的密码改了" in {one["subject"] for one in sent if one["to"] == "officer@city.example"}
