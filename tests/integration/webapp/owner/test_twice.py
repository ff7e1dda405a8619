"""Whatever an owner sends twice, by two taps, a lost line or the back button, is done once."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from demo.city import demo_id
from tenants.clock import now
from tests.factories import make_case, make_waiver
from tests.owners import DETAILS, answer_all
from tests.visits import be_owner

AT = "/f/hubin/start"


@pytest.fixture
def talking(app, settings):
    """(client, URL) of a submitted checkup with a lawyer asked."""
    case = make_case(settings, "submitted", seed=2110)
    return be_owner(app, case), f"/checkup/{case.checkup_id}"


def once_of(page):
    return re.search(r'name="once"[^>]*value="(\w+)"|value="(\w+)"[^>]*name="once"', page).group(1)


def told_at(client):
    """What one showing of the start form sends."""
    return DETAILS | {"once": once_of(client.get(AT).text)}


def at_once(app, client, address, sent):
    """Two posts of one browser at the same moment: neither has the other's cookie yet."""
    with client.session_transaction() as held:
        session = dict(held)
    browsers = [app.test_client(), app.test_client()]
    for browser in browsers:
        with browser.session_transaction() as held:
            held.update(session)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda browser: browser.post(address, data=sent), browsers))


def test_two_taps_in_a_row_begin_one_checkup(app):
    client = app.test_client()
    sent = told_at(client)
    first, second = (client.post(AT, data=sent).location for _ in range(2))
    assert first == second
    assert client.get("/me").text.count(DETAILS["name"]) == 1


def test_two_taps_at_once_begin_one_checkup_of_one_person(app):
    client = app.test_client()
    first, second = at_once(app, client, AT, told_at(client))
    assert first.status_code == second.status_code == 302
    assert first.location == second.location


def test_two_taps_for_somebody_apart_begin_one_checkup(app):
    client = app.test_client()
    client.post(AT, data=told_at(client))
    sent = told_at(client) | {"apart": "yes"}
    first, second = (client.post(AT, data=sent).location for _ in range(2))
    assert first == second


def test_another_showing_of_the_form_begins_another_checkup(app):
    client = app.test_client()
    assert client.post(AT, data=told_at(client)).location != client.post(AT, data=told_at(client)).location


def test_another_shop_in_the_form_that_came_back_begins_another_checkup(app):
    client = app.test_client()
    sent = told_at(client)
    assert client.post(AT, data=sent).location != client.post(AT, data=sent | {"name": "乙面馆"}).location


def test_the_token_of_somebody_elses_form_opens_nothing_of_theirs(app):
    client, stranger = app.test_client(), app.test_client()
    sent = told_at(client)
    mine = client.post(AT, data=sent).location
    told_at(stranger)
    assert stranger.post(AT, data=sent).location != mine
    assert stranger.get(mine).status_code == 404


def test_submitted_twice_is_one_submission_and_the_back_button_shows_the_result(app, admin_rows):
    client = app.test_client()
    url = client.post(AT, data=DETAILS).location.rstrip("/")
    answer_all(client, url)
    for answer in at_once(app, client, f"{url}/submit", {}):
        assert answer.location.endswith("/result")
    query = "SELECT count(*) FROM checkup_event WHERE checkup_id = :id AND became = 'submitted'"
    assert admin_rows(query, id=url.split("/")[-1]) == [(1,)]
    assert client.get(url).location.endswith("/result")


def test_a_lawyer_asked_for_twice_is_one_receipt(app, admin_rows):
    client = app.test_client()
    url = client.post(AT, data=DETAILS | {"review": ""}).location.rstrip("/")
    at_once(app, client, f"{url}/ask-a-lawyer", {})
    query = (
        "SELECT count(*) FROM consent n JOIN checkup c ON c.business_id = n.business_id "
        "WHERE c.id = :id AND n.purpose = 'review' AND n.granted"
    )
    assert admin_rows(query, id=url.split("/")[-1]) == [(1,)]


def test_a_message_sent_twice_is_one_message(app, talking, admin_rows):
    client, url = talking
    sent = {"text": "房东催我搬。", "once": once_of(client.get(f"{url}/messages").text)}
    answers = [*at_once(app, client, f"{url}/messages", sent), client.post(f"{url}/messages", data=sent)]
    assert {answer.status_code for answer in answers} == {302}
    assert client.get(f"{url}/messages").text.count("房东催我搬。</p>") <= 1
    query = "SELECT count(*) FROM case_message WHERE checkup_id = :id"
    assert admin_rows(query, id=url.split("/")[-1]) == [(1,)]
    again = {"text": "房东催我搬。", "once": once_of(client.get(f"{url}/messages").text)}
    client.post(f"{url}/messages", data=again)
    assert admin_rows(query, id=url.split("/")[-1]) == [(2,)]


def test_a_complaint_sent_twice_is_one_complaint(app, talking, admin_rows):
    client, url = talking
    at_once(app, client, f"{url}/complaint", {"words": "三天没人回话。", "phone": ""})
    assert admin_rows("SELECT count(*) FROM complaint WHERE checkup_id = :id", id=url.split("/")[-1]) == [(1,)]


def test_relief_asked_for_twice_is_one_application(app, talking, admin_rows):
    client, url = talking
    told = {"turnover": "30", "troubles": "none", "struck": "none", "certificates": "none"}
    told |= {"paper": "sales_record", "agreed": "yes"}
    codes = sorted(answer.status_code for answer in at_once(app, client, f"{url}/relief/apply", told))
    assert codes == [302, 302]
    assert admin_rows("SELECT count(*) FROM waiver WHERE checkup_id = :id", id=url.split("/")[-1]) == [(1,)]


RELIEF = {"turnover": "30", "troubles": "none", "struck": "none", "certificates": "none", "paper": "sales_record"}


def send_twice(client, address, told):
    """The second tap, seconds after the first: what she reads is the answer to it."""
    client.post(address, data=told)
    return client.post(address, data=told)


def test_the_second_tap_on_an_application_leads_to_it(app, talking):
    client, url = talking
    second = send_twice(client, f"{url}/relief/apply", RELIEF | {"agreed": "yes", "note": "店里漏水"})
    assert "/relief/" in second.location
    assert "已提交" in client.get(second.location).text


def test_another_application_beside_a_running_one_is_refused_and_its_words_stay(app, talking):
    client, url = talking
    client.post(f"{url}/relief/apply", data=RELIEF | {"agreed": "yes", "note": "店里漏水"})
    other = client.post(f"{url}/relief/apply", data=RELIEF | {"agreed": "yes", "note": "又停电了"})
    assert other.status_code == 409
    assert "又停电了" in other.text


@pytest.mark.parametrize(
    ("state", "step", "text"),
    [("more_asked", "answer", "这是单子"), ("refused", "appeal", "算错了"), ("applied", "withdraw", "")],
)
def test_the_second_tap_on_a_step_of_relief_shows_that_it_is_done(app, settings, clock_at, state, step, text):
    case = make_case(settings, "submitted", seed=2111)
    waiver = make_waiver(settings, case, state)
    clock_at(now() + dt.timedelta(hours=1))
    client, address = be_owner(app, case), f"/checkup/{case.checkup_id}/relief/{waiver}/{step}"
    assert send_twice(client, address, {"text": text, "paper": "sales_record"}).status_code == 302
    other = client.post(address, data={"text": f"{text}，还有一句", "paper": "sales_record"})
    assert other.status_code == 409


def test_the_second_tap_on_a_thing_done_is_one_claim(app, settings, admin_rows):
    case = make_case(settings, "signed", seed=2112)
    client, url = be_owner(app, case), f"/checkup/{case.checkup_id}"
    risk = re.search(r"/fixes/([\w.-]+)/step", client.get(f"{url}/fixes").text)[1]
    assert send_twice(client, f"{url}/fixes/{risk}/step", {"step": "claim", "why": "签好了"}).status_code == 302
    query = "SELECT count(*) FROM fix_event WHERE checkup_id = :id AND became = 'claimed_done'"
    assert admin_rows(query, id=case.checkup_id) == [(1,)]


def test_the_second_tap_on_taking_back_a_complaint_shows_that_it_is_taken_back(app, talking):
    client, url = talking
    client.post(f"{url}/complaint", data={"words": "三天没人回话。", "phone": ""})
    assert send_twice(client, f"{url}/complaint/withdraw", {}).status_code == 302


def test_the_second_tap_on_erasing_shows_the_receipt_again(app):
    client = app.test_client()
    client.post(AT, data=told_at(client))
    url = client.post(AT, data=told_at(client) | {"name": "乙面馆", "another": "yes"}).location.rstrip("/")
    first = client.post(f"{url}/mine/erase").text
    again = client.post(f"{url}/mine/erase")
    assert "回执号" in first
    assert "回执号" in again.text


def test_the_second_tap_on_moving_leads_to_what_she_has(app, settings):
    case = make_case(settings, "answering", seed=2113)
    client, url = be_owner(app, case), f"/checkup/{case.checkup_id}"
    told = {"firm": str(demo_id("jiangwan"))}
    with client.session_transaction() as held:
        before = dict(held)
    assert client.post(f"{url}/mine/move", data=told).status_code == 302
    with client.session_transaction() as held:  # the answer with the new cookie was lost
        held.clear()
        held.update(before)
    assert client.post(f"{url}/mine/move", data=told).location.endswith("/me")
