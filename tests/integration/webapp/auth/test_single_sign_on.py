"""Staff come in by the single sign-on of their organisation: against a real OpenID provider on loopback."""

import dataclasses

import pytest
import requests

from tests.played_providers import openid_provider
from webapp.app import create_app
from webapp.settings import OidcClient

USERS = (
    {"sub": "member", "email": "lawyer2@hubin.example", "email_verified": True},
    {"sub": "stranger", "email": "nobody@elsewhere.example", "email_verified": True},
    {"sub": "unproved", "email": "lawyer3@hubin.example", "email_verified": False},
    {"sub": "strong", "email": "lawyer1@jiangwan.example", "email_verified": True, "acr": "mfa"},
)


@pytest.fixture(scope="module")
def provider():
    """The issuer URL of an OpenID provider in a process of its own."""
    with openid_provider(*USERS) as issuer:
        yield issuer


def visitor(settings, provider, **more):
    known = dataclasses.replace(settings, oidc=OidcClient(provider, "famai", "a-secret-of-the-test", **more))
    app = create_app(known)
    app.config.update(WTF_CSRF_ENABLED=False)
    return app.test_client()


@pytest.fixture
def client(settings, provider):
    return visitor(settings, provider)


@pytest.fixture
def strict(settings, provider):
    """Where the provider has to say that it asked for a second factor."""
    return visitor(settings, provider, acr="mfa")


def come_back(client, **form):
    """Go to the provider, answer its form, and come back with what it gave."""
    there = client.get("/auth/sso").location
    back = requests.post(there, data=form, allow_redirects=False, timeout=60).headers["Location"]
    return client.get(back.partition("localhost")[2])


def test_a_member_comes_in_by_the_account_of_the_organisation(client):
    assert come_back(client, sub="member").status_code == 302
    assert client.get("/lawyer/").status_code == 200
    assert "周敏" in client.get("/auth/account").text


@pytest.mark.parametrize("form", [{"sub": "stranger"}, {"sub": "unproved"}, {"action": "deny"}])
def test_whoever_is_no_member_or_not_proved_stays_outside(client, form):
    answer = come_back(client, **form)
    assert answer.status_code == 422
    assert "单位账号没有通过" in answer.text
    assert client.get("/lawyer/").location.startswith("/auth/login")


def test_where_a_second_factor_is_to_be_said_nobody_comes_in_without_it(strict):
    assert "acr_values=mfa" in strict.get("/auth/sso").location
    assert come_back(strict, sub="member").status_code == 422
    assert come_back(strict, sub="strong").status_code == 302


def test_an_answer_to_a_question_never_asked_is_refused(client):
    assert client.get("/auth/sso/back?code=forged&state=forged").status_code == 422


def test_without_a_provider_there_is_no_such_door(app):
    assert app.test_client().get("/auth/sso").status_code == 404
    assert "单位账号" not in app.test_client().get("/auth/login").text
