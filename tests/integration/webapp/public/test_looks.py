"""How a page looks on this phone: kept without an account, and nothing else is taken for a choice."""

from dataclasses import replace

import pytest

from webapp.app import create_app


@pytest.fixture
def phone(app):
    return app.test_client()


def test_a_phone_that_chose_nothing_follows_its_system(phone):
    page = phone.get("/").text
    assert 'media="screen and (prefers-color-scheme: dark)"' in page
    assert 'media="screen and (prefers-contrast: more)"' in page


def test_what_was_chosen_is_linked_for_every_screen(phone):
    phone.post("/look", data={"scheme": "dark", "contrast": "more"})
    assert phone.get("/").text.count('media="screen"') == 2


def test_who_wants_light_gets_no_dark_sheet(phone):
    phone.post("/look", data={"scheme": "light"})
    assert "dark.css" not in phone.get("/").text


def test_what_was_not_sent_stays_as_it_was(phone):
    phone.post("/look", data={"text": "large"})
    phone.post("/look", data={"scheme": "dark"})
    assert 'class="large"' in phone.get("/").text


def test_what_is_no_choice_is_not_kept(phone):
    answer = phone.post("/look", data={"scheme": "plaid", "back": "//elsewhere.example"})
    assert "Set-Cookie" not in answer.headers or "plaid" not in answer.headers["Set-Cookie"]
    assert answer.location == "/"


def test_only_a_page_that_takes_dictation_is_let_to_the_microphone(phone):
    assert "microphone=()" in phone.get("/").headers["Permissions-Policy"]


@pytest.mark.parametrize("page", ["components", "outbox"])
def test_what_is_for_developers_is_not_there_in_production(settings, page):
    production = create_app(replace(settings, environment="production"))
    assert production.test_client().get(f"/dev/{page}").status_code == 404
