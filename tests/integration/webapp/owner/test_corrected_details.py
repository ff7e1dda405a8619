"""The owner corrects what she said of her business: what it was is kept, size and questions follow. While a lawyer
reads, and on a signed paper, nothing changes; the next checkup is told anew."""

import datetime as dt
import re
import uuid

import pytest

from checkup.signoff.reporting import load_report
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import CLEAR_AND_MINE, add_firm_party, make_case
from tests.owners import DETAILS, answer_all, keep_a_phone
from tests.visits import be_owner, log_in
from tests.working_off import work_but_papers

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
    page = client.get(f"{url}/mine/business").text
    assert "律师正在看" in page
    assert f"{url}/messages" in page
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
    work_but_papers(settings)
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
    keep_a_phone(url)
    submit(client, url)
    work_but_papers(settings)
    query, business = "SELECT items FROM contribution WHERE business_id = :id", business_of(client, url)["id"]
    ((before,),) = admin_rows(query, id=business)
    client.post(f"{url}/mine/business", data=RIGHT)
    submit(client, url)
    work_but_papers(settings)
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


GROWN = DETAILS | {"name": "另一家面馆", "trade": "construction", "staff": "700", "revenue": "9000", "assets": "9000"}


@pytest.fixture
def signed(app, settings):
    """(client, URL) of a signed checkup."""
    case = make_case(settings, "signed", seed=2404)
    return be_owner(app, case), f"/checkup/{case.checkup_id}"


def look_again(client, url):
    """The draft that follows a signed checkup, by the button on the page of its business, a while later."""
    to = client.post(f"{url}/again?then=business").location
    assert to.endswith("/mine/business")
    return to.removesuffix("/mine/business")


def test_a_signed_paper_says_where_to_correct_instead(signed):
    client, url = signed
    page = client.get(f"{url}/mine/business").text
    assert "报告已经签好" in page
    assert f"{url}/again?then=business" in page
    assert f"{url}/messages" in page
    assert 'name="revenue"' not in page
    assert client.post(f"{url}/mine/business", data=GROWN).status_code == 409


def test_the_next_checkup_is_told_anew_and_the_signed_one_stays(signed, clock_at):
    client, url = signed
    before = client.get(f"{url}/mine/export.json").json
    clock_at(now() + dt.timedelta(hours=1))
    draft = look_again(client, url)
    assert client.post(f"{draft}/mine/business", data=GROWN).status_code == 302
    assert business_of(client, draft)["size"] == "medium"
    after = client.get(f"{url}/mine/export.json").json
    assert (after["findings"], after["checkup"]) == (before["findings"], before["checkup"])
    (change,) = after["business_changes"]
    assert change["was"]["name"] == before["business"]["name"]


def test_the_paper_made_again_is_the_same_paper(signed, settings, clock_at, admin_rows):
    client, url = signed
    before = paper_of(url, settings, admin_rows)
    clock_at(now() + dt.timedelta(hours=1))
    client.post(f"{look_again(client, url)}/mine/business", data=GROWN)
    assert paper_of(url, settings, admin_rows) == before


def paper_of(url, settings, admin_rows):
    ((firm,),) = admin_rows("SELECT firm_id FROM checkup WHERE id = :id", id=url.split("/")[-1])
    with unit_of_work(Scope(Audience.WORKER, firm_id=firm)) as work:
        return load_report(
            work,
            checkup_id=uuid.UUID(url.split("/")[-1]),
            kind="signed",
            locale="zh-Hans",
            keys=settings.keyring(),
            public_url=settings.public_url,
            now=now(),
        )


def test_the_quarter_of_the_signed_paper_counts_the_size_it_had(app, settings, clock_at, admin_rows):
    clock_at(now() + dt.timedelta(days=28))
    client = app.test_client()
    url = client.post("/f/hubin/start", data=RIGHT | {"statistics": "yes", "cloud": "yes", "review": ""}).location
    url = url.rstrip("/")
    keep_a_phone(url)
    submit(client, url)
    clock_at(now() + dt.timedelta(days=20))
    draft = look_again(client, url)
    client.post(f"{draft}/mine/business", data=GROWN)
    submit(client, draft)
    work_but_papers(settings)
    query = "SELECT items FROM contribution WHERE business_id = :id ORDER BY period"
    (before,), (after,) = admin_rows(query, id=business_of(client, url)["id"])
    assert ("micro" in before, "medium" in before) == (True, False)
    assert ("micro" in after, "medium" in after) == (False, True)


def test_nobody_corrects_beside_a_lawyer_who_reads_another_checkup_of_the_business(signed, app, clock_at):
    client, url = signed
    clock_at(now() + dt.timedelta(hours=1))
    draft = look_again(client, url)
    submit(client, draft)
    lawyer = log_in(app, "lawyer2@hubin.example")
    lawyer.post(f"/lawyer/checkups/{draft.split('/')[-1]}/names", data={**CLEAR_AND_MINE, "outcome": "clear"})
    assert lawyer.post(f"/lawyer/checkups/{draft.split('/')[-1]}/take").status_code == 302
    assert "律师正在看" in client.get(f"{url}/mine/business").text
    assert client.post(f"{url}/mine/business", data=GROWN).status_code == 409


def test_a_client_with_another_name_is_known_by_the_old_one_too(signed, app, settings, clock_at):
    client, url = signed
    name = business_of(client, url)["name"]
    clock_at(now() + dt.timedelta(hours=1))
    client.post(f"{look_again(client, url)}/mine/business", data=GROWN | {"name": "改了名字的测试铺子"})
    case = make_case(settings, "submitted", seed=2405)
    be_owner(app, case).post(f"/checkup/{case.checkup_id}/names", data={"counterparties": name})
    page = log_in(app, "lawyer2@hubin.example").get(f"/lawyer/checkups/{case.checkup_id}/names").text
    assert "没有对上的名字" not in page
