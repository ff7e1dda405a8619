import re
import uuid

import pytest

from tests.owners import DETAILS, answer_all
from tests.working_off import work_but_papers


@pytest.fixture
def owner(app):
    return app.test_client()


@pytest.fixture
def started(owner):
    """(client, checkup URL)"""
    response = owner.post("/f/hubin/start", data=DETAILS)
    assert response.status_code == 302, response.text
    return owner, response.location


def test_an_owner_reaches_a_result_without_account(started):
    client, url = started
    answer_all(client, url)
    result = client.get(client.post(f"{url}/submit").location).text
    assert "自动初评" in result


def test_the_same_answer_twice_goes_on_to_the_same_place(started):
    client, url = started
    question = client.get(url).location
    assert (
        client.post(question, data={"answer": "all"}).location == client.post(question, data={"answer": "all"}).location
    )


def test_an_answer_off_the_path_is_no_error(started):
    client, url = started
    assert client.post(f"{url}/question/soc.accident-on", data={"answer": "2026-11-01"}).status_code == 302


def test_an_unknown_option_is_refused_in_words(started):
    client, url = started
    response = client.post(client.get(url).location, data={"answer": "no-such-option"})
    assert response.status_code == 422
    assert "请从列出的选项里选一个" in response.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("credit_code", "9144030071526726XH", "统一社会信用代码（可以不填）：代码不对"),
        ("staff", "-3", "不能小于0"),
        ("name", "", "店名或公司名：请填写这一项"),
        ("district", "1", "在哪个区：请从列出的选项里选一个"),
    ],
)
def test_a_wrong_detail_names_field_and_remedy_and_keeps_the_rest(owner, field, value, words):
    response = owner.post("/f/hubin/start", data={**DETAILS, "revenue": "81.5", field: value})
    assert response.status_code == 422
    assert words in response.text
    assert 'value="81.5"' in response.text


def test_ten_megabytes_get_a_page_that_says_what_to_do(owner):
    response = owner.post("/f/hubin/start", data={**DETAILS, "name": "面" * 3_500_000})
    assert response.status_code == 413
    assert "请写短一点" in response.text


def test_a_forged_checkup_is_not_found(started):
    client, _ = started
    assert client.get(f"/checkup/{uuid.uuid4()}/result").status_code == 404


def test_another_owners_checkup_is_not_found(started, app):
    _, url = started
    stranger = app.test_client()
    stranger.post("/f/hubin/start", data=DETAILS)
    assert stranger.get(url).status_code == 404


def test_a_tampered_cookie_is_not_found(started, app):
    _, url = started
    stranger = app.test_client()
    stranger.set_cookie("session", "eyJvd25lciI6e319.forged.forged")
    assert stranger.get(url).status_code == 404


def test_a_code_and_phone_open_the_checkup_on_another_device(started, app):
    client, url = started
    page = client.post(f"{url}/elsewhere", data={"phone": "13800138000"}).text
    code = re.search(r"<strong>(\w{4}-\w{4})</strong>", page).group(1)
    other = app.test_client()
    assert other.post("/resume", data={"code": code.lower(), "phone": "138 0013 8000"}).location == url


def test_a_wrong_phone_is_refused_and_locks_after_five(started, app):
    client, url = started
    page = client.post(f"{url}/elsewhere", data={"phone": "13800138000"}).text
    code = re.search(r"<strong>(\w{4}-\w{4})</strong>", page).group(1)
    other = app.test_client()
    for _ in range(5):
        assert other.post("/resume", data={"code": code, "phone": "13900139000"}).status_code == 422
    assert "15分钟" in other.post("/resume", data={"code": code, "phone": "13800138000"}).text


def test_the_worker_renders_the_submitted_report_once(started, settings):
    client, url = started
    answer_all(client, url)
    client.post(f"{url}/submit")
    work_but_papers(settings, of=url.split("/")[2])
    first = client.get(f"{url}/report.pdf")
    assert first.status_code == 200
    assert first.data.startswith(b"%PDF-")


def test_two_tabs_that_answer_different_questions_lose_nothing(started):
    client, url = started
    first, second = f"{url}/question/gov.place", f"{url}/question/con.written"
    client.get(first), client.get(second)
    client.post(first, data={"answer": "own"})
    client.post(second, data={"answer": "few"})
    assert 'value="own" checked' in client.get(first).text
    assert 'value="few" checked' in client.get(second).text


def test_autosave_keeps_an_answer_without_moving_on(started):
    client, url = started
    question = client.get(url).location
    saved = client.post(question, data={"answer": "home"}, headers={"Accept": "application/json"})
    assert saved.status_code == 204
    assert 'value="home" checked' in client.get(question).text


def test_the_deep_round_starts_in_the_area_that_is_named(started):
    client, url = started
    answer_all(client, url)
    client.post(f"{url}/submit")
    assert "/question/saf." in client.post(f"{url}/deep", data={"focus": "saf"}).location


def _left_open(page):
    """Area → how many questions more, as the fold of the areas says."""
    fold = page[page.index('class="left-open"') :]
    found = re.findall(r'name="focus" value="(\w+)">\s*再答(\d+)题就清楚', fold)
    return {area: int(count) for area, count in found}


def test_the_result_says_area_by_area_how_many_questions_more_make_it_clear(started):
    client, url = started
    answer_all(client, url)
    left = _left_open(client.get(client.post(f"{url}/submit").location).text)
    assert len(left) > 1
    for area in left:
        assert f"/question/{area}." in client.post(f"{url}/deep", data={"focus": area}).location


def test_an_area_that_was_answered_to_its_end_is_no_longer_offered(started):
    client, url = started
    answer_all(client, url)
    before = _left_open(client.get(client.post(f"{url}/submit").location).text)
    area = min(before, key=before.get)
    question = client.post(f"{url}/deep", data={"focus": area}).location
    while f"/question/{area}." in question:
        chosen = re.findall(r'name="answer"[^>]*value="([^"]+)"', client.get(question).text)
        question = client.post(question, data={"answer": next(one for one in chosen if one != "unsure")}).location
    after = _left_open(client.get(client.post(f"{url}/submit").location).text)
    assert area not in after
    assert set(after) < set(before)


def test_large_text_stays_until_it_is_switched_back(owner):
    owner.post("/look", data={"text": "large", "back": "/"})
    assert 'class="large"' in owner.get("/").text
    owner.post("/look", data={"text": "normal", "back": "/"})
    assert 'class="large"' not in owner.get("/").text
