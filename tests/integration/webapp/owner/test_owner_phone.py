"""An owner comes in by phone and code, with all businesses at all firms."""

import re

import pytest

from tests.owners import DETAILS, codes, wrong
from webapp.commands.trust import unlock_door

NUMBERS = iter(range(13900000000, 13900009999))


@pytest.fixture
def number():
    return str(next(NUMBERS))


def come_in(client, settings, number):
    client.post("/me/phone", data={"phone": number})
    return client.post("/me/code", data={"phone": number, "code": codes(settings, number)[-1]})


@pytest.fixture
def kept(app, settings, number):
    """A checkup whose owner kept it under a phone number."""
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location
    assert come_in(client, settings, number).location == "/me"
    return client, url


def test_a_kept_checkup_is_found_from_another_phone(app, settings, number, kept):
    other = app.test_client()
    assert come_in(other, settings, number).status_code == 302
    link = re.search(r'href="(/me/checkups/[\w-]+)"', other.get("/me").text)[1]
    assert other.get(other.get(link).location).status_code in (200, 302)


def test_one_owner_has_several_businesses_at_several_firms(settings, number, kept):
    client, _ = kept
    client.post("/f/jiangwan/start", data={**DETAILS, "name": "王姐二店"})
    page = client.get("/me").text
    assert page.count("/me/checkups/") == 2
    first = re.findall(r'href="(/me/checkups/[\w-]+)"', page)[-1]
    assert client.get(client.get(first).location).status_code in (200, 302)


def test_a_phone_is_kept_also_by_whoever_began_at_two_firms_before(app, settings, number):
    client = app.test_client()
    client.post("/f/hubin/start", data=DETAILS)
    client.post("/f/jiangwan/start", data={**DETAILS, "name": "王姐二店"})
    assert come_in(client, settings, number).location == "/me"
    assert client.get("/me").text.count("/me/checkups/") == 2


def test_a_resent_code_is_the_same_code(app, settings, number):
    client = app.test_client()
    for _ in range(3):
        assert client.post("/me/phone", data={"phone": number}).status_code == 200
    assert len(set(codes(settings, number))) == 1


def test_sends_are_counted_apart_from_wrong_codes(app, settings, number, kept):
    client = app.test_client()
    for _ in range(5):
        client.post("/me/phone", data={"phone": number})
    assert client.post("/me/phone", data={"phone": number}).status_code == 429
    right = {"phone": number, "code": codes(settings, number)[-1]}
    assert client.post("/me/code", data=right).status_code == 302


def test_a_code_tried_a_hundred_times_opens_nothing_and_can_be_unlocked(app, settings, number, kept):
    client = app.test_client()
    client.post("/me/phone", data={"phone": number})
    right = codes(settings, number)[-1]
    seen = {client.post("/me/code", data={"phone": number, "code": wrong(right)}).status_code for _ in range(100)}
    assert seen == {422, 429}
    assert client.post("/me/code", data={"phone": number, "code": right}).status_code == 429
    unlock_door(settings, "phone", number)
    assert come_in(client, settings, number).status_code == 302


def test_a_number_that_somebody_has_is_not_taken_over(app, settings, number, kept):
    stranger = app.test_client()
    stranger.post("/f/hubin/start", data=DETAILS)
    answer = come_in(stranger, settings, number)
    assert answer.status_code == 409
    assert "已经在用" in answer.text


def test_an_unknown_number_learns_nothing(app, settings, number):
    client = app.test_client()
    assert client.post("/me/phone", data={"phone": number}).status_code == 200
    assert client.post("/me/code", data={"phone": number, "code": codes(settings, number)[-1]}).status_code == 422


@pytest.mark.parametrize("raw", ["", "12345", "２１", "abc"])
def test_what_is_no_number_is_refused(app, raw):
    assert app.test_client().post("/me/phone", data={"phone": raw}).status_code == 422


def test_whoever_leaves_opens_nothing_on_this_phone_until_she_comes_back(app, settings, number, kept):
    client, url = kept
    assert client.post("/me/leave").location == "/"
    assert (client.get(url).status_code, client.get("/me").status_code) == (404, 404)
    assert come_in(client, settings, number).location == "/me"
    assert client.get("/me").status_code == 200
