"""An owner has the register asked about her code: by her yes alone, and what it says is hers by another one."""

import io
from dataclasses import replace

import pytest

from tests.compiled_once import keep_templates
from tests.factories import make_case
from tests.licences import make_licence, photograph
from tests.owners import DETAILS
from tests.played_register import CODE, NOODLES, TOKEN, UNKNOWN, crooked_register, of, played_register
from tests.ports import free_port
from tests.reading import Browser
from tests.visits import be_owner
from webapp.app import create_app
from webapp.outside import business_register
from webapp.settings import BusinessRegister

ASKED = {"code": CODE, "agreed": "yes"}
TAKEN = {
    "name": NOODLES["name"], "credit_code": CODE, "form": "individual", "district": "310113",
    "address": NOODLES["address"], "registered_on": "2019-03-18",
}  # fmt: skip


@pytest.fixture(scope="module")
def register():
    with played_register() as played:
        yield played


def city_with(settings, register):
    made = keep_templates(create_app(replace(settings, register=register)))
    made.config.update(WTF_CSRF_ENABLED=False)
    made.test_client_class = Browser
    return made


def draft_in(city):
    """(client, URL) of a draft, every detail told."""
    client = city.test_client()
    return client, client.post("/f/hubin/start", data=DETAILS).location.rstrip("/")


@pytest.fixture
def owner(settings, register):
    return draft_in(city_with(settings, register))


@pytest.fixture(autouse=True)
def nobody_elses_codes(monkeypatch):
    """What other tests have asked from this address is not counted here."""
    monkeypatch.setattr(business_register, "MOST_PER_ADDRESS", 1_000_000)


def look_up(client, url, **changed):
    return client.post(f"{url}/licence/look-up", data=ASKED | changed)


def exported(client, url):
    return client.get(f"{url}/mine/export.json").json


def receipts(client, url):
    return [one for one in exported(client, url)["consents"] if one["purpose"] == "register"]


def test_without_a_register_there_is_no_button_and_no_door(app):
    client, url = draft_in(app)
    assert "向登记机关查" not in client.get(f"{url}/licence").text
    assert look_up(client, url).status_code == 404


def test_the_page_says_to_whom_the_code_goes(owner):
    client, url = owner
    assert "登记机关只收到这个号码，会知道法脉查过它；别的都不给" in client.get(f"{url}/licence").text


def test_what_the_register_says_waits_for_her_word_with_source_and_day(owner):
    client, url = owner
    assert look_up(client, url).status_code == 302
    page = client.get(f"{url}/licence").text
    assert all(value in page for value in TAKEN.values())
    assert page.count("登记机关，") == len(TAKEN)
    assert exported(client, url)["business"]["name"] == DETAILS["name"]


def test_her_yes_to_the_look_up_is_receipted_and_logged(owner):
    client, url = owner
    look_up(client, url)
    (receipt,) = receipts(client, url)
    assert (receipt["granted"], receipt["text_version"]) == (True, "2026-12")
    assert "按信用代码向登记机关查" in client.get(f"{url}/mine").text


def test_without_her_yes_nothing_is_asked(settings):
    with crooked_register(of()) as (register, asked):
        client, url = draft_in(city_with(settings, register))
        assert look_up(client, url, agreed="").status_code == 422
        assert (asked, receipts(client, url)) == ([], [])


@pytest.mark.parametrize("code", ["", "92310110MA1G000000", "11010519491231002X", "x" * 5_000])
def test_a_code_that_is_none_goes_nowhere(settings, code):
    with crooked_register(of()) as (register, asked):
        client, url = draft_in(city_with(settings, register))
        assert look_up(client, url, code=code).status_code == 422
        assert asked == []


def test_what_she_takes_is_hers_with_its_source(owner):
    client, url = owner
    look_up(client, url)
    assert client.post(f"{url}/licence/take", data=TAKEN | {"address": "友谊路1号"}).status_code == 302
    told = exported(client, url)
    sources = {one["field"]: one["source"] for one in told["business_sources"]}
    assert (told["business"]["name"], told["business"]["credit_code"]) == (NOODLES["name"], CODE)
    assert (sources["name"], sources["registered_on"], sources["address"]) == ("register", "register", "owner")
    assert told["licence"] is None
    assert "登记机关，" in client.get(f"{url}/mine/business").text


def test_her_code_stands_there_already_the_next_time(owner):
    client, url = owner
    look_up(client, url)
    client.post(f"{url}/licence/take", data=TAKEN)
    assert f'value="{CODE}"' in client.get(f"{url}/licence").text


def test_what_the_register_does_not_hold_stays_as_she_told_it(settings):
    with crooked_register(of(address=None, registered_on="", kind="外国企业")) as (register, _asked):
        client, url = draft_in(city_with(settings, register))
        look_up(client, url)
    assert client.get(f"{url}/licence").text.count("登记机关，") == 3
    client.post(f"{url}/licence/take", data={"name": NOODLES["name"], "credit_code": CODE, "form": "individual"})
    told = exported(client, url)
    assert told["business"]["district"] == DETAILS["district"]
    assert {one["field"] for one in told["business_sources"]} == {"name", "credit_code", "form"}


def test_not_my_business_takes_everything_back(owner):
    client, url = owner
    before = exported(client, url)["business"]
    look_up(client, url)
    client.post(f"{url}/licence/take", data=TAKEN)
    assert client.post(f"{url}/licence/undo").status_code == 302
    after = exported(client, url)
    assert (after["business"], after["business_sources"]) == (before, [])


def test_what_stood_before_the_first_look_up_is_back_after_the_second(owner):
    client, url = owner
    before = exported(client, url)["business"]
    for _time in range(2):
        look_up(client, url)
        client.post(f"{url}/licence/take", data=TAKEN)
    client.post(f"{url}/licence/undo")
    assert exported(client, url)["business"] == before


def test_an_address_of_her_own_is_back_too(owner):
    client, url = owner
    look_up(client, url)
    client.post(f"{url}/licence/take", data=TAKEN | {"address": "友谊路1号"})
    look_up(client, url)
    client.post(f"{url}/licence/take", data=TAKEN)
    client.post(f"{url}/licence/undo")
    (left,) = exported(client, url)["business_sources"]
    assert (left["field"], left["value"], left["source"]) == ("address", "友谊路1号", "owner")


def test_not_mine_before_her_yes_keeps_nothing(owner):
    client, url = owner
    look_up(client, url)
    client.post(f"{url}/licence/leave")
    assert exported(client, url)["licence"] is None
    assert client.post(f"{url}/licence/take", data=TAKEN).status_code == 409


def test_a_code_that_the_register_does_not_know_is_said_to_be_so(owner):
    client, url = owner
    answer = look_up(client, url, code=UNKNOWN)
    assert answer.status_code == 422
    assert "登记机关说没有这个号码" in answer.text
    assert UNKNOWN in answer.text


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"<html>", "没有回音，您填的都还在"), (of(credit_code=UNKNOWN), "另一家的资料，一个字也没用")],
)
def test_a_register_that_errs_costs_her_nothing(settings, content, words):
    with crooked_register(content) as (register, _asked):
        client, url = draft_in(city_with(settings, register))
        before = exported(client, url)
        answer = look_up(client, url)
    assert answer.status_code == 503
    assert words in answer.text
    assert CODE in answer.text
    after = exported(client, url)
    assert (after["business"], after["licence"]) == (before["business"], None)


def test_a_register_that_is_down_leaves_what_waits_for_her(settings, register):
    client, url = draft_in(city_with(settings, register))
    look_up(client, url)
    client.application.extensions["famai"] = replace(
        settings, register=BusinessRegister(f"http://127.0.0.1:{free_port()}", TOKEN)
    )
    assert look_up(client, url).status_code == 503
    assert NOODLES["address"] in client.get(f"{url}/licence").text


def test_nobody_collects_the_register_through_us(settings):
    with crooked_register(of()) as (register, asked):
        client, url = draft_in(city_with(settings, register))
        for _time in range(business_register.MOST_PER_PERSON):
            assert look_up(client, url).status_code == 302
        answer = look_up(client, url)
        assert answer.status_code == 429
        assert "查得太多了" in answer.text
        assert len(asked) == len(receipts(client, url)) == business_register.MOST_PER_PERSON


def test_a_hall_has_its_bound_too(owner, settings, monkeypatch):
    monkeypatch.setattr(business_register, "MOST_PER_ADDRESS", 0)
    client, url = owner
    assert look_up(client, url).status_code == 429


def test_a_photo_that_is_read_meanwhile_does_not_replace_the_answer(owner):
    client, url = owner
    photo = io.BytesIO(photograph(make_licence(2), 2))
    assert client.post(f"{url}/licence", data={"photo": (photo, "执照.jpg")}).status_code == 302
    look_up(client, url)
    assert NOODLES["name"] in client.get(f"{url}/licence").text
    assert exported(client, url)["licence"]["source"] == "register"


def test_while_a_lawyer_reads_nothing_is_asked(settings):
    case = make_case(settings, "in_review", seed=4501)
    with crooked_register(of()) as (register, asked):
        client = be_owner(city_with(settings, register), case)
        assert look_up(client, f"/checkup/{case.checkup_id}").status_code == 409
        assert asked == []


def checked(client, url):
    """Question → (value, who found it) of the answers that another check has given."""
    answers = exported(client, url)["answers"]
    return {one["question"]: (one["value"], one["who"]) for one in answers if one["via"] == "checked"}


FOUND = {
    question: (value, "宝山区市场监管局 2026-10-12") for question, value in NOODLES["checks"][0]["answers"].items()
}


def test_what_another_check_has_found_is_shown_with_who_and_when(owner):
    client, url = owner
    look_up(client, url)
    page = client.get(f"{url}/licence").text
    assert page.count("宝山区市场监管局，2026年10月12日") == len(FOUND)
    assert checked(client, url) == {}


def test_by_her_word_she_is_not_asked_again(owner):
    client, url = owner
    look_up(client, url)
    client.post(f"{url}/licence/take", data=TAKEN | {"with_answers": "yes"})
    assert checked(client, url) == FOUND


def test_without_her_word_she_answers_herself(owner):
    client, url = owner
    look_up(client, url)
    client.post(f"{url}/licence/take", data=TAKEN)
    assert checked(client, url) == {}


def test_what_she_has_answered_herself_is_not_overwritten(owner):
    client, url = owner
    client.post(f"{url}/question/lic.permits", data={"answer": "none"})
    look_up(client, url)
    client.post(f"{url}/licence/take", data=TAKEN | {"with_answers": "yes"})
    assert checked(client, url).keys() == FOUND.keys() - {"lic.permits"}


def test_not_my_business_takes_the_answers_back_too(owner):
    client, url = owner
    look_up(client, url)
    client.post(f"{url}/licence/take", data=TAKEN | {"with_answers": "yes"})
    client.post(f"{url}/licence/undo")
    assert checked(client, url) == {}


def test_an_answer_that_she_gives_again_herself_is_hers_and_stays(owner):
    client, url = owner
    look_up(client, url)
    client.post(f"{url}/licence/take", data=TAKEN | {"with_answers": "yes"})
    client.post(f"{url}/question/lic.permits", data={"answer": "all"})
    client.post(f"{url}/licence/undo")
    answers = {one["question"]: one["via"] for one in exported(client, url)["answers"]}
    assert answers == {"lic.permits": "web"}
