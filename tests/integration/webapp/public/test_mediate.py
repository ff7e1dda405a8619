"""The other side's door over HTTP: a link, a code that works once, and one browser."""

import pytest

from tests.factories import make_case
from tests.mediating import OTHER, WISH, make_talk


@pytest.fixture
def talk(settings):
    return make_talk(settings, make_case(settings, "signed", seed=7))


def wrong_for(code):
    return "000000" if code != "000000" else "111111"


def test_the_link_alone_names_nobody(app, talk):
    page = app.test_client().get(f"/mediate/{talk.invite().token}")
    assert page.status_code == 200
    assert OTHER not in page.text


def test_a_wrong_code_is_said_and_the_right_one_opens_in_this_browser_alone(app, talk):
    invitation, browser = talk.invite(), app.test_client()
    path = f"/mediate/{invitation.token}"
    assert browser.post(path, data={"code": wrong_for(invitation.code)}).status_code == 422
    assert browser.post(path, data={"code": invitation.code}).location == "/mediate/"
    assert WISH.words in browser.get("/mediate/").text
    stranger = app.test_client()
    assert stranger.post(path, data={"code": invitation.code}).status_code == 422
    assert "已经在另一部手机上打开了" in stranger.get(path).text
    assert stranger.get("/mediate/").status_code == 410


def test_many_wrong_codes_lock_the_door(app, talk):
    invitation, browser = talk.invite(), app.test_client()
    path, wrong = f"/mediate/{invitation.token}", wrong_for(invitation.code)
    answers = [browser.post(path, data={"code": wrong}).status_code for _ in range(12)]
    assert answers[-1] == 429
    assert browser.post(path, data={"code": invitation.code}).status_code == 429


def test_a_link_that_never_was_opens_nothing(app, settings):
    assert app.test_client().get("/mediate/no-such-token").status_code == 410


def test_an_agreement_is_not_signed_with_the_other_sides_code(app, settings):
    talk = make_talk(settings, make_case(settings, "signed", seed=7), "drafted")
    codes, browser = talk.draft(), app.test_client()
    while codes.owner == codes.other:
        codes = talk.draft()
    invitation = talk.invite()
    browser.post(f"/mediate/{invitation.token}", data={"code": invitation.code})
    assert browser.post("/mediate/", data={"step": "sign", "name": "李", "code": codes.owner}).status_code == 422
    assert browser.post("/mediate/", data={"step": "sign", "name": "李", "code": codes.other}).status_code == 302
    assert browser.get("/mediate/agreement.pdf").data.startswith(b"%PDF")
