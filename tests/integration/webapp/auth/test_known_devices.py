"""A stranger who types wrong passwords for a colleague shuts the door to strangers alone."""

import pytest

from demo.city import PASSWORD
from tests.visits import log_in
from webapp.commands.trust import unlock_door

EMAIL = "lawyer2@jiangwan.example"


def try_in(client, password):
    return client.post("/auth/login", data={"email": EMAIL, "password": password}).status_code


@pytest.fixture(autouse=True)
def _nothing_tried_yet(settings):
    unlock_door(settings, "password", EMAIL)


@pytest.fixture
def locked(app):
    """Her own browser, after somebody elsewhere has typed five wrong passwords for her."""
    own = log_in(app, EMAIL)
    own.post("/auth/logout")
    assert [try_in(app.test_client(), "wrong") for _ in range(5)] == [422] * 5
    return own


def test_her_own_browser_still_comes_in(app, locked):
    assert try_in(app.test_client(), PASSWORD) == 429
    assert try_in(locked, PASSWORD) == 302


def test_her_own_browser_has_a_lock_of_its_own(app):
    own = log_in(app, EMAIL)
    assert [try_in(own, "wrong") for _ in range(5)] == [422] * 5
    assert try_in(own, PASSWORD) == 429


@pytest.mark.parametrize("forged", ["x", "WyJhIixbXV0.x", ""])
def test_a_browser_that_says_so_itself_is_a_stranger(app, locked, forged):
    stranger = app.test_client()
    stranger.set_cookie("device", forged)
    assert try_in(stranger, PASSWORD) == 429


def test_a_browser_known_for_somebody_else_is_a_stranger_to_her(app, locked):
    other = log_in(app, "lawyer2@hubin.example")
    other.post("/auth/logout")
    assert try_in(other, PASSWORD) == 429
