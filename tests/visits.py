"""How a test comes in: as a member of staff with a password, as the owner of a case with her session."""

import re
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from demo.city import PASSWORD
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.owner_sessions import begin_session
from tests.factories import Case
from webapp.edge.people_here import OwnerHere


def log_in(app: Flask, email: str, password: str = PASSWORD) -> FlaskClient:
    """The browser of a member of staff who has just logged in."""
    client = app.test_client()
    answer = client.post("/auth/login", data={"email": email, "password": password})
    assert answer.status_code == 302, answer.text
    return client


def be_owner(app: Flask, case: Case) -> FlaskClient:
    """The browser of the owner of a case, as if she had just answered it there."""
    client = app.test_client()
    hold(client, OwnerHere(case.owner_id, case.firm_id, case.checkup_id))
    return client


def hold(client: FlaskClient, person: OwnerHere) -> None:
    """The browser holds a session of the owner's from now on."""
    with unit_of_work(Scope(Audience.AUTH, person_id=person.person_id)) as work:
        token = begin_session(work, person_id=person.person_id, device="Android · Chrome", now=now())
    with client.session_transaction() as held:
        held["_user_id"] = replace(person, token=token).get_id()


def held_id(client: FlaskClient) -> list[str]:
    """What the browser says of who is here: `owner`, person, firm, checkup, phone, token; or `staff`, person, token."""
    with client.session_transaction() as held:
        return held["_user_id"].split(" ")


def version_of(page: str) -> str:
    """Of the review, as the form on this page will send it back."""
    return re.search(r'name="version" value="(\d+)"', page).group(1)
