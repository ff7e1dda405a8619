"""How a test comes in: as a member of staff with a password, as the owner of a case with her session."""

import re

from flask import Flask
from flask.testing import FlaskClient

from demo.city import PASSWORD
from tests.factories import Case


def log_in(app: Flask, email: str, password: str = PASSWORD) -> FlaskClient:
    """The browser of a member of staff who has just logged in."""
    client = app.test_client()
    answer = client.post("/auth/login", data={"email": email, "password": password})
    assert answer.status_code == 302, answer.text
    return client


def be_owner(app: Flask, case: Case) -> FlaskClient:
    """The browser of the owner of a case, as if she had just answered it there."""
    client = app.test_client()
    with client.session_transaction() as held:
        held["owner"] = {"firm": str(case.firm_id), "person": str(case.owner_id), "checkup": str(case.checkup_id)}
    return client


def version_of(page: str) -> str:
    """Of the review, as the form on this page will send it back."""
    return re.search(r'name="version" value="(\d+)"', page).group(1)
