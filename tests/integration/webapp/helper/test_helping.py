"""A helper fills in for an owner, who takes the record over; what goes wrong between them has a clear answer."""

import datetime as dt
import json
import re
import uuid

import pytest
from sqlalchemy import select

from checkup.assisting.models import Assistance
from checkup.cases.checkups import open_checkup
from checkup.cases.models import Checkup
from tenants.base import RECEPTION_ID
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Consent
from tests.helping import HELPER, SEAT, claim_code, help_somebody
from tests.owners import first_choices
from tests.visits import log_in
from webapp.tasks.cases import retain

BEGIN = {"channel": "phone", "agreed": "yes", "shows": "light", "trade": "catering", "once": "a"}
SHOP = {"form": "individual", "staff": "5-10"}
PHONE = "13912340000"


@pytest.fixture(scope="module")
def helper(app):
    return log_in(app, HELPER)


def begun(helper, once):
    """The address of a client whose first two questions about the shop are answered."""
    helper.get("/helper/begin")
    go_on = helper.post("/helper/begin", data={**BEGIN, "once": once}).location
    client = go_on.removesuffix("/go-on")
    asked = helper.get(helper.get(go_on).location).location
    assert asked.endswith("/about/shop")
    assert helper.post(asked, data=SHOP).location == f"{client}/next"
    return client


def to_the_end(helper, client):
    location = helper.get(f"{client}/next").location
    for _ in range(60):
        if location.endswith("/ready"):
            return location
        if location.endswith("/stop"):
            location = helper.get(f"{client}/next").location
            continue
        location = helper.post(location, data=first_choices(helper.get(location).text)).location
    raise AssertionError("the questions do not end")


def help_of(client):
    help_id = uuid.UUID(re.search(r"[0-9a-f-]{36}", client)[0])
    with unit_of_work(Scope(Audience.WORKER, RECEPTION_ID)) as work:
        return work.scalars(select(Assistance).where(Assistance.id == help_id)).one()


def sent_to(settings, phone):
    """The newest text message to this number."""
    sent = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    return max((one["at"], one["body"]) for one in sent if one["to"] == phone)[1]


def take_over(app, number, code):
    browser = app.test_client()
    return browser, browser.post("/claim", data={"number": number, "code": code})


@pytest.fixture(scope="module")
def finished(helper):
    """A client whose questions are all answered and whose result is there."""
    client = begun(helper, "finished")
    to_the_end(helper, client)
    assert helper.post(f"{client}/submit").location == client
    return client


def test_sent_twice_it_is_one_checkup(helper):
    helper.get("/helper/begin")
    first, second = (helper.post("/helper/begin", data={**BEGIN, "once": "twice"}).location for _ in range(2))
    assert first == second


def test_the_receipt_says_who_how_and_to_which_text(helper):
    made = help_of(begun(helper, "receipt"))
    assert (made.helper_name, made.channel, made.text_version, made.shows) == ("周姐", "phone", "2026-12", "light")
    with unit_of_work(Scope(Audience.WORKER, RECEPTION_ID)) as work:
        row = work.get_one(Checkup, (RECEPTION_ID, made.checkup_id))
        said = work.scalars(select(Consent.channel).where(Consent.business_id == row.business_id)).all()
    assert row.channel == "helper"
    assert set(said) == {"phone"}


def test_answers_bear_who_typed_them_and_how(helper, settings):
    client = begun(helper, "typed")
    location = helper.get(f"{client}/next").location
    page = helper.get(location).text
    assert "读给她听" in page
    helper.post(location, data=first_choices(page))
    made = help_of(client)
    with unit_of_work(Scope(Audience.OWNER, RECEPTION_ID, made.owner_id)) as work:
        opened = open_checkup(work, checkup_id=made.checkup_id, keys=settings.keyring())
    assert {(one["by"], one["via"]) for one in opened.record.entries.values()} == {("helper", "phone")}


def test_of_the_result_she_sees_the_light_alone(helper, finished):
    page = helper.get(finished).text
    assert "灯" in page
    assert "查出来的" not in page


def test_after_the_result_nothing_is_typed_for_her(helper, finished):
    assert helper.post(f"{finished}/question/con.written", data={"answer": "none"}).status_code == 409


def test_by_text_message_the_owner_takes_it_over_and_the_helper_is_told_that_she_is_out(app, settings, helper):
    client = begun(helper, "sms")
    to_the_end(helper, client)
    helper.post(f"{client}/submit")
    page = helper.post(f"{client}/send", data={"way": "claim", "phone": PHONE}).text
    text = sent_to(settings, PHONE)
    code = re.search(r"\w{4}-\w{4}(?!\w)", text.split("认领码")[1])[0]
    number = re.search(r"number=(SH[\w-]+)", text)[1]
    assert code not in page
    browser, answer = take_over(app, number, code)
    told = browser.get(answer.location).text
    for said in ("周姐", "友谊路", "专员替您填的", "电话"):
        assert said in told
    assert browser.get(answer.location.split("/helpers")[0] + "/result").status_code == 200
    lost = helper.post(f"{client}/question/con.written", data={"answer": "none"})
    assert lost.status_code == 404
    assert "没有存" in lost.text
    assert take_over(app, number, code)[1].status_code == 422


def test_a_forged_code_is_tried_a_hundred_times_for_nothing(app, settings):
    helped = help_somebody(settings)
    code = claim_code(settings, helped)
    answers = {take_over(app, helped.number, f"{n:08d}".replace("0", "Z").replace("1", "Y"))[1].status_code
               for n in range(100)}  # fmt: skip
    assert answers == {422, 429}
    assert take_over(app, helped.number, code)[1].status_code == 429


def test_what_she_answers_herself_the_helper_does_not_see(app, settings, helper):
    client = begun(helper, "herself")
    first = helper.get(f"{client}/next").location
    number = re.search(r"/question/(.+)", first)[1]
    helper.post(f"{client}/send", data={"way": "herself", "phone": PHONE})
    code = re.search(r"\w{4}-\w{4}(?!\w)", sent_to(settings, PHONE).split("续答码")[1])[0]
    owner = app.test_client()
    url = owner.post("/resume", data={"code": code, "phone": PHONE}).location
    own = f"{url}/question/{number}"
    owner.post(own, data=first_choices(owner.get(own).text))
    page = helper.get(first).text
    assert "她自己答过了" in page
    assert "checked" not in page
    assert "现在还看得到" in owner.get(f"{url}/helpers").text
    owner.post(f"{url}/helpers/end")
    assert helper.get(first).status_code == 404


def test_of_two_helpers_the_one_she_agreed_to_last_goes_on(app, settings, helper):
    helped = help_somebody(settings)
    client = f"/helper/clients/{helped.help_id}"
    assert helper.get(f"{client}/next").status_code == 302
    seat = log_in(app, SEAT)
    call = seat.post(
        "/helper/hotline/number",
        data={"number": helped.number, "code": claim_code(settings, helped), "answered": "yes"},
    ).location.removesuffix("/call")
    agreed = {key: BEGIN[key] for key in ("channel", "agreed", "shows")}
    other = seat.post(f"{call}/fill", data=agreed).location.removesuffix("/go-on")
    location = seat.get(f"{other}/next").location
    assert seat.post(location, data=first_choices(seat.get(location).text)).status_code == 302
    refused = helper.post(f"{client}/question/con.written", data={"answer": "none"})
    assert refused.status_code == 404
    assert "没有存" in refused.text


def test_the_slip_bears_number_and_code_and_opens_it(app, helper):
    client = begun(helper, "slip")
    page = helper.post(f"{client}/slip").text
    number, code = re.findall(r'class="code big-code"><strong>([\w-]+)<', page)
    _browser, answer = take_over(app, number.lower(), code.replace("-", " "))
    assert answer.location.endswith("/helpers?claimed=1")


def test_at_the_firm_that_she_chooses_it_still_stands_who_helped(app, helper):
    client = begun(helper, "firm")
    to_the_end(helper, client)
    helper.post(f"{client}/submit")
    number, code = re.findall(r'class="code big-code"><strong>([\w-]+)<', helper.post(f"{client}/slip").text)
    browser, answer = take_over(app, number, code)
    url = answer.location.split("/helpers")[0]
    chosen = browser.post(f"{url}/firm", data={"name": "王姐面馆", "district": "310113", "firm": "fastest"})
    assert chosen.location.endswith("/names"), chosen.text
    told = browser.get(chosen.location.removesuffix("/names") + "/helpers").text
    assert "周姐" in told
    assert "专员替您填的" in told


def test_what_nobody_takes_over_is_erased_like_any_draft_at_the_reception(settings, clock_at, admin_rows):
    helped = help_somebody(settings)
    claim_code(settings, helped)
    clock_at(now() + dt.timedelta(days=91))
    retain(settings)
    state = admin_rows("SELECT state FROM checkup WHERE id = :id", id=helped.checkup_id)
    ended = admin_rows("SELECT ended_why FROM assistance WHERE checkup_id = :id", id=helped.checkup_id)
    left = admin_rows("SELECT count(*) FROM claim_code WHERE checkup_id = :id", id=helped.checkup_id)
    assert (state[0][0], ended[0][0], left[0][0]) == ("erased", "erased", 0)
