"""How a test comes in: as a member of staff with a password, as the owner of a case with her session."""

import re

from flask import Flask
from flask.testing import FlaskClient

from demo.city import PASSWORD
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
    """The browser holds the owner's session from now on."""
    with client.session_transaction() as held:
        held["_user_id"] = person.get_id()


def held_id(client: FlaskClient) -> list[str]:
    """What the browser's session says of who is here: `owner`, person, firm, checkup; or `staff`, person, token."""
    with client.session_transaction() as held:
        return held["_user_id"].split(" ")


def version_of(page: str) -> str:
    """Of the review, as the form on this page will send it back."""
    return re.search(r'name="version" value="(\d+)"', page).group(1)
