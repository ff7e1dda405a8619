"""An owner signs in by WeChat or 随申办 where she likes to: against real processes on loopback, and never required."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.owners import DETAILS
from tests.played_providers import openid_provider, played_providers
from tests.signing_in import city_with, keep_checkup, link, phone_of, return_path, sign_in, type_code

DOORS = ("wechat", "suishenban")


@pytest.fixture(scope="module")
def providers():
    with played_providers() as url:
        yield url


@pytest.fixture(scope="module")
def city(settings, providers):
    return city_with(settings, f"{providers}/wechat", f"{providers}/openid")


@pytest.fixture
def number(city, settings):
    return keep_checkup(city, settings)


@pytest.mark.parametrize("door", DOORS)
def test_the_first_time_she_shows_her_phone_and_says_yes(city, settings, number, door):
    client = phone_of(city)
    assert sign_in(client, door, f"first-{door}").location == "/me/link/phone"
    assert "先用手机号证明一次是您" in client.get("/me/link/phone").text
    assert type_code(client, settings, number).location == "/me/link"
    assert "随时可以在“我的体检”里解除" in client.get("/me/link").text
    assert client.post("/me/link", data={"answer": "yes"}).location == "/me#sign-in"
    assert "连上的" in client.get("/me").text


@pytest.mark.parametrize("door", DOORS)
def test_from_then_on_she_comes_straight_in_on_any_phone(city, settings, number, door):
    link(phone_of(city), settings, door, f"again-{door}", number)
    other = phone_of(city)
    assert sign_in(other, door, f"again-{door}").location == "/me"
    assert "王姐面馆" in other.get("/me").text


@pytest.mark.parametrize("door", DOORS)
def test_whoever_says_no_is_in_and_nothing_is_linked(city, settings, number, door):
    client = phone_of(city)
    sign_in(client, door, f"no-{door}")
    type_code(client, settings, number)
    assert client.post("/me/link", data={"answer": "no"}).location == "/me"
    assert "连上的" not in client.get("/me").text
    assert sign_in(phone_of(city), door, f"no-{door}").location == "/me/link/phone"


@pytest.mark.parametrize("door", DOORS)
def test_she_ends_it_herself_and_it_opens_nothing_any_more(city, settings, number, door):
    client = phone_of(city)
    link(client, settings, door, f"ended-{door}", number)
    assert client.post(f"/me/link/{door}/end").location == "/me#sign-in"
    assert "连上的" not in client.get("/me").text
    assert sign_in(phone_of(city), door, f"ended-{door}").location == "/me/link/phone"


def test_both_doors_lead_to_one_account(city, settings, number):
    client = phone_of(city)
    for door in DOORS:
        link(client, settings, door, "both-doors", number)
    assert client.get("/me").text.count("连上的") == 2
    assert {sign_in(phone_of(city), door, "both-doors").location for door in DOORS} == {"/me"}


def test_a_checkup_begun_in_wechat_is_kept_by_the_same_steps(city, settings):
    client = phone_of(city)
    client.post("/f/hubin/start", data={**DETAILS, "name": "新店"})
    link(client, settings, "wechat", "began-here", "13712345678")
    other = phone_of(city)
    assert sign_in(other, "wechat", "began-here").location == "/me"
    assert "新店" in other.get("/me").text


def test_the_phone_stands_first_and_both_doors_below_it_with_what_they_learn(city):
    page = phone_of(city).get("/me/phone").text
    assert page.index('name="phone"') < page.index("用微信进来") < page.index("用随申办进来")
    assert "微信只知道您用它进过法脉，不知道您的手机号、店名，看不到您的回答。" in page
    assert "随申办只知道您用它进过法脉，不知道您的店名，看不到您的回答。" in page


def test_outside_wechat_its_door_is_not_shown_and_says_where_it_opens(city):
    client = city.test_client()
    page = client.get("/me/phone").text
    assert ("用微信进来" in page, "用随申办进来" in page) == (False, True)
    answer = client.get("/me/sign-in/wechat")
    assert (answer.status_code, "要在微信里打开" in answer.text) == (422, True)


def test_where_a_city_is_known_nowhere_there_is_no_such_door(app):
    client = phone_of(app)
    assert "不等短信" not in client.get("/me/phone").text
    for door in DOORS:
        assert client.get(f"/me/sign-in/{door}").status_code == 404
        assert client.get(f"/me/sign-in/{door}/back?code=x&state=y").status_code == 404


def test_wechat_is_told_who_asks_and_where_to_come_back_to_and_nothing_of_her(city, settings, number):
    client = phone_of(city)
    type_code(client, settings, number, at="/me")
    there = client.get("/me/sign-in/wechat?next=/me/checkups").location
    assert there.endswith("#wechat_redirect")
    asked = parse_qs(urlsplit(there).query)
    assert asked.keys() == {"appid", "redirect_uri", "response_type", "scope", "state"}
    assert (asked["scope"], asked["redirect_uri"]) == (["snsapi_base"], ["http://localhost/me/sign-in/wechat/back"])


def test_suishenban_is_told_the_same_and_asked_with_pkce_and_a_nonce(city):
    there = phone_of(city).get("/me/sign-in/suishenban").location
    asked = parse_qs(urlsplit(there).query)
    assert asked.keys() == {
        "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method",
    }  # fmt: skip
    assert (asked["code_challenge_method"], asked["scope"]) == (["S256"], ["openid phone"])


def test_what_is_kept_is_no_name_of_hers_there(city, settings, number, admin_rows):
    link(phone_of(city), settings, "wechat", "oMyOpenidInClear", number)
    rows = admin_rows("SELECT * FROM sign_in_link")
    assert rows
    assert "oMyOpenidInClear" not in str(rows)


def test_her_copy_says_by_what_she_signs_in(city, settings, number):
    client = phone_of(city)
    link(client, settings, "wechat", "exported", number)
    checkup = _open_checkup(client)
    told = client.get(f"{checkup}/mine/export.json").json["sign_ins"]
    assert [one.keys() for one in told] == [{"provider", "linked_at"}]
    page = client.get(f"{checkup}/mine/export").text
    assert "用什么登录" in page
    assert "微信" in page


def test_with_her_last_checkup_what_she_signs_in_with_is_erased(city, settings, number, admin_rows):
    client = phone_of(city)
    link(client, settings, "wechat", "erased", number)
    before = admin_rows("SELECT count(*) FROM sign_in_link")[0][0]
    assert "回执号" in client.post(f"{_open_checkup(client)}/mine/erase").text
    assert admin_rows("SELECT count(*) FROM sign_in_link")[0][0] == before - 1
    assert sign_in(phone_of(city), "wechat", "erased").location == "/me/link/phone"


def test_wherever_she_is_sent_on_to_is_ours(city, settings, number):
    link(phone_of(city), settings, "wechat", "sent-on", number)
    client = phone_of(city)
    path = return_path(client, "wechat", "sent-on")
    assert client.get(f"{path}&next=https://evil.example").location == "/me"


def _open_checkup(client):
    """The address of her checkup, whichever it is."""
    link = re.search(r'href="(/me/checkups/[\w-]+)"', client.get("/me").text)[1]
    return "/checkup/" + link.rpartition("/")[2] if client.get(link).status_code == 302 else ""


@pytest.fixture(scope="module")
def whole_provider():
    users = (
        {"sub": "wang", "phone_number": "+86 138 1234 5678", "phone_number_verified": True},
        {"sub": "unproved", "phone_number": "13812345678", "phone_number_verified": False},
        {"sub": "abroad", "phone_number": "+44 20 7946 0000", "phone_number_verified": True},
        {"sub": "odd", "phone_number": 13812345678, "phone_number_verified": True},
    )
    with openid_provider(*users) as issuer:
        yield issuer


def answer_there(client, **form):
    """At the page of a whole OpenID provider, where she says who she is or refuses."""
    there = client.get("/me/sign-in/suishenban").location
    back = requests.post(there, data=form, allow_redirects=False, timeout=60).headers["Location"]
    return client.get(back.partition("localhost")[2])


def test_a_number_that_suishenban_has_proved_is_filled_in_and_still_shown_by_its_code(settings, whole_provider):
    city = city_with(settings, issuer=whole_provider)
    number, client = keep_checkup(city, settings), city.test_client()
    page = answer_there(client, sub="wang").text
    assert 'value="13812345678"' in page
    assert "随申办替您填的" in page
    assert client.get("/me").status_code == 404
    assert type_code(client, settings, number).location == "/me/link", "another number of hers does as well"


@pytest.mark.parametrize("sub", ["unproved", "abroad", "odd", "somebody@example.org"])
def test_a_number_that_is_not_proved_or_no_mobile_is_not_filled_in(settings, whole_provider, sub):
    client = city_with(settings, issuer=whole_provider).test_client()
    assert answer_there(client, sub=sub).location == "/me/link/phone"
    assert "替您填的" not in client.get("/me/link/phone").text


def test_whoever_refuses_at_suishenban_is_shown_the_phone(settings, whole_provider):
    client = city_with(settings, issuer=whole_provider).test_client()
    answer = answer_there(client, action="deny")
    assert (answer.status_code, "没有点同意" in answer.text, 'name="phone"' in answer.text) == (422, True, True)


def test_the_page_in_another_language_asks_for_the_phone_again(settings, whole_provider):
    client = city_with(settings, issuer=whole_provider).test_client()
    answer_there(client, sub="wang")
    assert client.get("/me/sign-in/suishenban/back").location == "/me/link/phone"
