"""A phone that has lost its cookie: what is true is said, and a way back is offered that exists."""

import pytest

from webapp.app import create_app


@pytest.fixture
def strict(settings):
    """The application with the check of the forms' tokens that tests leave out."""
    made = create_app(settings)
    made.config["WTF_CSRF_ENABLED"] = True
    return made


def began(app):
    """The URL of a checkup that some browser has begun."""
    app.config["WTF_CSRF_ENABLED"] = False
    url = app.test_client().post("/start", data={"trade": "catering"}).location
    app.config["WTF_CSRF_ENABLED"] = True
    return url


def test_an_answer_without_a_cookie_is_said_not_to_be_saved(strict):
    answer = strict.test_client().post(f"{began(strict)}/question/gov.place", data={"answer": "shop"})
    assert answer.status_code == 400
    assert "刚才这一步没有存上" in answer.text
    assert "这台手机不认得您了" in answer.text


def test_it_leads_to_phone_and_code(strict):
    page = strict.test_client().post(f"{began(strict)}/question/gov.place", data={"answer": "shop"}).text
    assert 'href="/me/phone"' in page
    assert 'href="/resume"' in page


def test_a_link_without_a_cookie_leads_there_too(strict):
    page = strict.test_client().get(began(strict))
    assert page.status_code == 404
    assert 'href="/me/phone"' in page.text


def test_a_page_that_is_only_old_does_not_say_that_she_is_lost(strict):
    client = strict.test_client()
    client.get("/start")
    strict.config["WTF_CSRF_ENABLED"] = False
    url = client.post("/start", data={"trade": "catering"}).location
    strict.config["WTF_CSRF_ENABLED"] = True
    page = client.post(f"{url}/question/gov.place", data={"answer": "shop"}).text
    assert "这台手机不认得您了" not in page
    assert "刚才这一步没有存上" in page


def test_two_checkups_on_one_phone_are_listed_and_both_go_on(app):
    client = app.test_client()
    first = client.post("/start", data={"trade": "catering"}).location
    second = client.post("/start", data={"trade": "retail"}).location
    page = client.get("/me").text
    assert "我的店（餐饮）" in page
    assert "我的店（零售）" in page
    assert client.post(f"{first}/about/shop", data={"form": "individual", "staff": "0-1"}).location == first
    assert client.get(second).location == f"{second}/about/shop"
