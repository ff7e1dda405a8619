"""Whatever an owner sends twice, by two taps, a lost line or the back button, is done once."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories import make_case
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
    assert codes == [302, 409]
    assert admin_rows("SELECT count(*) FROM waiver WHERE checkup_id = :id", id=url.split("/")[-1]) == [(1,)]
