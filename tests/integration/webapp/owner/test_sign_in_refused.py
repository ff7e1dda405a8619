"""Whatever comes back from WeChat or 随申办, and whoever sends it: nobody comes in who is not proved, nothing is linked
that its owner has not meant, and each dead end is a page that says what to do."""

import datetime as dt
import re
import socket
import threading
from contextlib import suppress

import pytest

from tenants.clock import now
from tests.owners import DETAILS, codes
from tests.played_providers import CROOKED_ANSWERS, FORGED, LIES, WECHAT_SAYS, played_providers
from tests.signing_in import city_with, keep_checkup, link, phone_of, return_path, sign_in, type_code
from webapp.outside import openid, wechat

DOORS = ("wechat", "suishenban")
LOST, AWAY = (400, "这一步放得太久了"), (503, "或者回答不对")


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


def said(answer):
    """What a dead end says, with its status; the phone is always asked for below."""
    assert 'name="phone"' in answer.text
    fault = re.search(r'class="fault" role="alert">([^<]*)<', answer.text)[1]
    return answer.status_code, next((words for _, words in (LOST, AWAY) if words in fault), fault.strip())


def is_outside(client):
    return client.get("/me").status_code == 404


@pytest.mark.parametrize("how", sorted({*WECHAT_SAYS, *CROOKED_ANSWERS} - {"just_looking"}))
def test_a_wechat_that_errs_or_babbles_lets_nobody_in(settings, providers, how):
    client = phone_of(city_with(settings, f"{providers}/{how}"))
    assert said(sign_in(client, "wechat", "somebody")) == AWAY
    assert is_outside(client)


def test_whoever_only_looks_at_the_page_in_wechat_is_told_how_to_log_in(settings, providers):
    client = phone_of(city_with(settings, f"{providers}/just_looking"))
    status, words = said(sign_in(client, "wechat", "somebody"))
    assert (status, "使用完整服务" in words) == (422, True)


def test_a_wechat_that_knows_another_secret_lets_nobody_in(settings, providers):
    made = city_with(settings, f"{providers}/wechat")
    object.__setattr__(made.extensions["famai"].wechat, "secret", "another")
    client = phone_of(made)
    assert said(sign_in(client, "wechat", "somebody")) == AWAY


@pytest.mark.parametrize("how", sorted({*LIES, *FORGED, *CROOKED_ANSWERS, "huge", "no_id_token"}))
def test_a_suishenban_that_lies_or_babbles_lets_nobody_in(settings, providers, how):
    client = phone_of(city_with(settings, issuer=f"{providers}/{how}"))
    assert said(sign_in(client, "suishenban", "somebody")) == AWAY
    assert is_outside(client)


@pytest.mark.parametrize("how", ["of_somebody_else", "half", "unsafe", "no_description", "huge_description"])
def test_a_description_that_is_not_the_issuers_sends_nobody_anywhere(settings, providers, how):
    client = phone_of(city_with(settings, issuer=f"{providers}/{how}"))
    assert said(client.get("/me/sign-in/suishenban")) == AWAY


def test_a_suishenban_that_is_out_of_order_says_so(settings, providers):
    client = phone_of(city_with(settings, issuer=f"{providers}/out_of_order"))
    assert said(sign_in(client, "suishenban", "somebody")) == AWAY


@pytest.mark.parametrize("door", DOORS)
def test_a_provider_that_is_down_leaves_the_phone(settings, door):
    nobody = "http://127.0.0.1:9"
    client = phone_of(city_with(settings, nobody, nobody))
    if door == "suishenban":
        assert said(client.get("/me/sign-in/suishenban")) == AWAY
        return
    state = re.search(r"state=(\w+)", client.get("/me/sign-in/wechat").location)[1]
    assert said(client.get(f"/me/sign-in/wechat/back?code=x&state={state}")) == AWAY


@pytest.fixture
def dripping():
    """The port of a server that answers a byte at a time."""
    door = socket.create_server(("127.0.0.1", 0))

    def serve():
        with suppress(OSError):
            line, _ = door.accept()
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            for _ in range(2_000):
                line.sendall(b"x")
                threading.Event().wait(0.02)

    threading.Thread(target=serve, daemon=True).start()
    yield door.getsockname()[1]
    door.close()


@pytest.mark.parametrize("door", DOORS)
def test_a_provider_that_drips_holds_nobody_up(settings, dripping, monkeypatch, door):
    monkeypatch.setattr(wechat, "SECONDS", 0.3)
    monkeypatch.setattr(openid, "SECONDS", 0.3)
    slow = f"http://127.0.0.1:{dripping}"
    client = phone_of(city_with(settings, slow, slow))
    there = client.get(f"/me/sign-in/{door}")
    if door == "wechat":
        state = re.search(r"state=(\w+)", there.location)[1]
        there = client.get(f"/me/sign-in/wechat/back?code=x&state={state}")
    assert said(there) == AWAY


@pytest.mark.parametrize("told", ["", "code=authdeny"])
def test_whoever_comes_back_from_wechat_without_a_code_has_refused(city, told):
    client = phone_of(city)
    state = re.search(r"state=(\w+)", client.get("/me/sign-in/wechat").location)[1]
    status, words = said(client.get(f"/me/sign-in/wechat/back?state={state}&{told}"))
    assert (status, words) == (422, "您没有点同意，所以没有进来。用手机号一样能进。")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "query",
    ["", "?code=x", "?state=x", "?code=x&state=x", "?code=x&state=%E4%B8%AD&state=y", "?code=x&state=%ED%A0%80"],
)
def test_an_answer_that_this_browser_never_asked_for_is_lost(city, door, query):
    assert said(phone_of(city).get(f"/me/sign-in/{door}/back{query}")) == LOST


@pytest.mark.parametrize("door", DOORS)
def test_an_answer_to_somebody_elses_question_is_lost(city, settings, number, door):
    attacker, victim = phone_of(city), phone_of(city)
    type_code(victim, settings, number, at="/me")
    victim.get(f"/me/sign-in/{door}")
    assert said(victim.get(return_path(attacker, door, "the-attacker"))) == LOST
    assert said(victim.get("/me/link/phone")) == LOST
    assert "连上的" not in victim.get("/me").text


@pytest.mark.parametrize("door", DOORS)
def test_what_came_back_once_is_good_once(city, settings, number, door):
    link(phone_of(city), settings, door, f"once-{door}", number)
    client = phone_of(city)
    path = return_path(client, door, f"once-{door}")
    assert client.get(path).location == "/me"
    client.post("/me/leave")
    assert said(client.get(path)) == LOST
    assert is_outside(client)


@pytest.mark.parametrize("door", DOORS)
def test_a_code_that_was_used_already_is_lost_whoever_has_kept_the_browsers_cookies(city, settings, number, door):
    link(phone_of(city), settings, door, f"kept-{door}", number)
    client = phone_of(city)
    path = return_path(client, door, f"kept-{door}")
    with client.session_transaction() as held:
        before = dict(held)
    assert client.get(path).location == "/me"
    other = phone_of(city)
    with other.session_transaction() as held:
        held.update(before)
    assert said(other.get(path)) == LOST
    assert is_outside(other)


def test_an_answer_from_wechat_that_took_too_long_is_lost(city, clock_at):
    client = phone_of(city)
    path = return_path(client, "wechat", "slow-one")
    clock_at(now() + dt.timedelta(minutes=11))
    assert said(client.get(path)) == LOST


@pytest.mark.parametrize("door", DOORS)
def test_asking_over_and_over_does_not_fill_her_cookie(city, door):
    client = phone_of(city)
    client.post("/f/hubin/start", data=DETAILS)
    for _ in range(30):
        client.get(f"/me/sign-in/{door}")
    with client.session_transaction() as held:
        assert len(str(dict(held))) < 2_000
    assert client.get("/me").status_code == 200


def test_an_account_that_leads_to_another_phone_is_not_taken_over(city, settings, number):
    link(phone_of(city), settings, "wechat", "of-the-first", number)
    here = phone_of(city)
    here.post("/f/hubin/start", data=DETAILS)
    status, words = said(sign_in(here, "wechat", "of-the-first"))
    assert (status, "请先退出这次体检" in words) == (409, True)
    assert "王姐面馆" not in here.get("/me").text


def test_of_two_who_link_the_same_account_the_slower_is_told_whose_it_is(city, settings, number):
    slower = phone_of(city)
    sign_in(slower, "wechat", "of-two-people")
    type_code(slower, settings, keep_checkup(city, settings))
    link(phone_of(city), settings, "wechat", "of-two-people", number)
    answer = slower.post("/me/link", data={"answer": "yes"})
    assert (answer.status_code, "连着另一个手机号的账号" in answer.text) == (409, True)
    assert "连上的" not in slower.get("/me").text


def test_a_second_account_at_the_same_place_waits_until_the_first_is_ended(city, settings, number):
    link(phone_of(city), settings, "wechat", "my-old-wechat", number)
    client = phone_of(city)
    answer = link(client, settings, "wechat", "my-new-wechat", number)
    assert (answer.status_code, "已经连着另一个微信" in answer.text) == (409, True)
    client.post("/me/link/wechat/end")
    assert link(phone_of(city), settings, "wechat", "my-new-wechat", number).location == "/me#sign-in"


@pytest.mark.parametrize("answer", ["no", "", "maybe"])
def test_nothing_is_linked_without_her_yes(city, settings, number, answer):
    client = phone_of(city)
    sign_in(client, "wechat", "not-meant")
    type_code(client, settings, number)
    client.post("/me/link", data={"answer": answer})
    assert said(client.post("/me/link", data={"answer": "yes"})) == LOST, "a no is for good"
    assert "连上的" not in client.get("/me").text


def test_a_phone_that_was_shown_at_its_own_door_is_no_yes_to_an_account_that_waits(city, settings, number):
    """On a phone of two: one leaves in the middle, the other comes in by her own phone."""
    client = phone_of(city)
    sign_in(client, "wechat", "of-who-left")
    assert type_code(client, settings, number, at="/me").location == "/me"
    assert said(client.get("/me/link")) == LOST
    assert said(client.post("/me/link", data={"answer": "yes"})) == LOST
    assert "连上的" not in client.get("/me").text


def test_whoever_leaves_in_the_middle_leaves_nothing_behind(city, settings, number):
    client = phone_of(city)
    sign_in(client, "wechat", "of-who-left")
    type_code(client, settings, number)
    client.post("/me/leave")
    assert said(client.get("/me/link/phone")) == LOST
    assert said(client.post("/me/link", data={"answer": "yes"})) == LOST


def test_an_account_waits_for_ten_minutes_and_no_longer(city, settings, number, clock_at):
    client = phone_of(city)
    sign_in(client, "wechat", "too-late-here")
    type_code(client, settings, number)
    clock_at(now() + dt.timedelta(minutes=11))
    assert said(client.post("/me/link", data={"answer": "yes"})) == LOST
    for path in ("/me/link/phone", "/me/link/code"):
        assert said(client.post(path, data={"phone": number, "code": "000000"})) == LOST


def test_somebody_elses_page_links_and_ends_nothing(settings, providers):
    """A form that is sent from another site has no token of ours."""
    strict = phone_of(city_with(settings, f"{providers}/wechat", csrf=True))
    for path in ("/me/link", "/me/link/phone", "/me/link/code", "/me/link/wechat/end"):
        assert strict.post(path, data={"answer": "yes"}).status_code == 400


def test_a_wrong_code_links_nothing_and_is_counted_with_those_at_the_phones_own_door(city, settings, number):
    client = phone_of(city)
    sign_in(client, "wechat", "guessing-1")
    client.post("/me/link/phone", data={"phone": number})
    right = codes(settings, number)[-1]
    wrong = {"phone": number, "code": f"{(int(right) + 1) % 1_000_000:06d}"}
    seen = [client.post("/me/link/code", data=wrong).status_code for _ in range(7)]
    assert seen == [422] * 5 + [429] * 2
    assert client.post("/me/code", data={"phone": number, "code": right}).status_code == 429


def test_a_phone_that_nobody_has_opens_and_links_nothing(city, settings):
    client = phone_of(city)
    sign_in(client, "wechat", "new-here-1")
    answer = type_code(client, settings, "13799999999")
    assert (answer.status_code, "先做一次" in answer.text) == (422, True)
    assert said(client.post("/me/link", data={"answer": "yes"})) == LOST


@pytest.mark.parametrize("raw", ["", "12345", "abc"])
def test_what_is_no_number_is_refused_and_the_account_goes_on_waiting(city, raw):
    client = phone_of(city)
    sign_in(client, "wechat", "typing-1")
    assert client.post("/me/link/phone", data={"phone": raw}).status_code == 422
    assert client.get("/me/link/phone").status_code == 200


def test_erased_in_another_browser_meanwhile_it_is_not_linked(city, settings, number, admin_rows):
    client, other = phone_of(city), phone_of(city)
    sign_in(client, "wechat", "erased-meanwhile")
    type_code(client, settings, number)
    type_code(other, settings, number, at="/me")
    checkup = re.search(r"/me/checkups/([\w-]+)", other.get("/me").text)[1]
    before = admin_rows("SELECT count(*) FROM sign_in_link")
    assert "回执号" in other.post(f"/checkup/{checkup}/mine/erase").text
    assert said(client.post("/me/link", data={"answer": "yes"})) == LOST
    assert admin_rows("SELECT count(*) FROM sign_in_link") == before


def test_nobody_ends_the_link_of_another(city, settings, number):
    link(phone_of(city), settings, "wechat", "hers-alone", number)
    stranger = phone_of(city)
    assert stranger.post("/me/link/wechat/end").status_code == 404
    stranger.post("/f/hubin/start", data=DETAILS)
    stranger.post("/me/link/wechat/end")
    assert sign_in(phone_of(city), "wechat", "hers-alone").location == "/me"


def test_a_door_that_nobody_has_built_is_not_found(city):
    assert phone_of(city).get("/me/sign-in/elsewhere").status_code == 404


def test_the_secret_stands_in_no_line_of_the_log(settings, providers, caplog):
    nobody = "http://127.0.0.1:9"
    for base in (nobody, f"{providers}/junk", f"{providers}/wrong_secret"):
        client = phone_of(city_with(settings, base))
        state = re.search(r"state=(\w+)", client.get("/me/sign-in/wechat").location)[1]
        client.get(f"/me/sign-in/wechat/back?code=x&state={state}")
    assert "wechat" in caplog.text
    assert "a-secret-of-the-test" not in caplog.text
