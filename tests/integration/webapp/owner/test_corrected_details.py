"""The owner corrects what she said of her business: what it was is kept, size and questions follow, until a lawyer
has the case."""

import re

import pytest

from tests.factories import CLEAR_AND_MINE, add_firm_party, make_case
from tests.owners import DETAILS, answer_all
from tests.visits import be_owner, log_in
from webapp.worker_loop import run_worker

# Three people and 30 亿: yuan in a field of 万元, and she said that it was right.
IN_YUAN = DETAILS | {"trade": "agriculture", "staff": "3", "revenue": "300000", "assets": "200000", "sure": "yes"}
HARD = {"turnover": "50", "troubles": "none", "struck": "disaster", "certificates": "none"}
RIGHT = IN_YUAN | {"revenue": "30", "assets": "20"}


@pytest.fixture
def owner(app):
    """(client, URL) of a draft whose money is in the wrong unit."""
    client = app.test_client()
    return client, client.post("/f/hubin/start", data=IN_YUAN).location.rstrip("/")


def business_of(client, url):
    return client.get(f"{url}/mine/export.json").json["business"]


def test_the_form_holds_what_she_told(owner):
    client, url = owner
    page = client.get(f"{url}/mine/business").text
    assert re.search(r'name="revenue"[^>]*value="300000"', page)
    assert DETAILS["name"] in page


def test_the_size_follows_the_corrected_money(owner):
    client, url = owner
    assert business_of(client, url)["size"] == "large"
    assert client.post(f"{url}/mine/business", data=RIGHT).status_code == 302
    assert business_of(client, url)["size"] == "micro"


def test_what_it_was_is_kept_and_shown_and_exported(owner):
    client, url = owner
    client.post(f"{url}/mine/business", data=RIGHT | {"name": "另一家面馆"})
    (change,) = client.get(f"{url}/mine/export.json").json["business_changes"]
    assert (change["was"]["revenue"], change["was"]["name"]) == (300000, DETAILS["name"])
    assert change["at"]
    assert DETAILS["name"] in client.get(f"{url}/mine/business").text.split("改过什么")[1]
    assert "改生意的资料" in client.get(f"{url}/mine").text


def test_the_same_again_is_no_change(owner):
    client, url = owner
    client.post(f"{url}/mine/business", data=IN_YUAN)
    assert client.get(f"{url}/mine/export.json").json["business_changes"] == []


def test_money_that_does_not_fit_is_asked_back_here_too(owner):
    client, url = owner
    asked = client.post(f"{url}/mine/business", data=RIGHT | {"revenue": "300000", "sure": ""})
    assert asked.status_code == 422
    assert "3个人、30亿元，对吗" in asked.text


def test_other_questions_follow_from_the_corrected_form(app):
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    answer_all(client, url)
    before = client.get(f"{url}/ready").text
    client.post(f"{url}/mine/business", data=DETAILS | {"form": "company", "trade": "construction", "staff": "0"})
    answer_all(client, url)
    assert client.get(f"{url}/ready").text != before


def test_a_submitted_checkup_opens_again_and_is_scored_anew(app, settings):
    case = make_case(settings, "submitted", seed=2401)
    client, url = be_owner(app, case), f"/checkup/{case.checkup_id}"
    assert "要再交一次" in client.get(f"{url}/mine/business").text
    client.post(f"{url}/mine/business", data=DETAILS)
    assert client.get(f"{url}/mine/export.json").json["checkup"]["state"] == "answering"
    answer_all(client, url)
    client.post(f"{url}/submit")
    assert client.get(f"{url}/mine/export.json").json["checkup"]["state"] == "submitted"


def test_nothing_changes_once_a_lawyer_has_the_case(app, settings):
    case = make_case(settings, "in_review", seed=2402)
    client, url = be_owner(app, case), f"/checkup/{case.checkup_id}"
    before = business_of(client, url)
    assert "这里改不了" in client.get(f"{url}/mine/business").text
    assert client.post(f"{url}/mine/business", data=DETAILS).status_code == 409
    assert business_of(client, url) == before


def test_another_name_is_checked_for_conflicts_anew(app, settings):
    case = make_case(settings, "submitted", seed=2403)
    lawyer, url = log_in(app, "lawyer2@hubin.example"), f"/checkup/{case.checkup_id}"
    lawyer.post(f"/lawyer/checkups/{case.checkup_id}/names", data={**CLEAR_AND_MINE, "outcome": "clear"})
    assert lawyer.get(f"/lawyer/checkups/{case.checkup_id}").status_code == 200
    add_firm_party(settings, case, side="adverse", name="沪滨老对手甲有限公司")
    sent = be_owner(app, case).post(f"{url}/mine/business", data=DETAILS | {"name": "沪滨老对手甲有限公司"})
    assert sent.status_code == 302
    run_worker(settings, wait=False)
    assert lawyer.get(f"/lawyer/checkups/{case.checkup_id}").location.endswith("/names")


def test_relief_reads_the_corrected_size(owner):
    client, url = owner
    assert "您的企业规模更大" in client.post(f"{url}/relief/questions", data=HARD).text
    client.post(f"{url}/mine/business", data=RIGHT)
    assert "您的企业规模更大" not in client.post(f"{url}/relief/questions", data=HARD).text


def test_statistics_count_the_corrected_size(app, settings, admin_rows):
    client = app.test_client()
    agreed = {"statistics": "yes", "cloud": "yes", "review": ""}
    url = client.post("/f/hubin/start", data=IN_YUAN | agreed).location.rstrip("/")
    submit(client, url)
    run_worker(settings, wait=False)
    query, business = "SELECT items FROM contribution WHERE business_id = :id", business_of(client, url)["id"]
    ((before,),) = admin_rows(query, id=business)
    client.post(f"{url}/mine/business", data=RIGHT)
    submit(client, url)
    run_worker(settings, wait=False)
    ((after,),) = admin_rows(query, id=business)
    assert "large" in before
    assert "large" not in after
    assert "micro" in after


def submit(client, url):
    answer_all(client, url)
    client.post(f"{url}/submit")


def test_an_erased_business_keeps_no_name_it_had(owner, admin_rows):
    client, url = owner
    client.post(f"{url}/mine/business", data=RIGHT)
    query, business = "SELECT 1 FROM business_change WHERE business_id = :id", business_of(client, url)["id"]
    assert admin_rows(query, id=business) == [(1,)]
    client.post(f"{url}/mine/erase")
    assert admin_rows(query, id=business) == []


def test_nobody_corrects_the_business_of_another_owner(app, owner):
    _, url = owner
    stranger = app.test_client()
    stranger.post("/f/hubin/start", data=DETAILS)
    assert stranger.get(f"{url}/mine/business").status_code == 404
    assert stranger.post(f"{url}/mine/business", data=RIGHT).status_code == 404
