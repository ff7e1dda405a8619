"""A draft that began with an older pack: its owner sees the difference and chooses."""

import pytest
from sqlalchemy import create_engine, text

from checkup.packs.catalogue import get_pack
from tests.owners import DETAILS

NEWEST = get_pack("cn-shanghai-msme").version


@pytest.fixture
def draft(app, settings):
    """(client, checkup URL) of a draft of version 0.1.0 with three answers."""
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location
    engine = create_engine(settings.admin_database_url)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE checkup SET pack_version = '0.1.0' WHERE id = :id"), {"id": url.rstrip("/").split("/")[-1]}
        )
    engine.dispose()
    for question, answer in (("emp.contracts", "few"), ("rec.owed", "old"), ("pre.lease", "chat")):
        assert client.post(f"{url}/question/{question}", data={"answer": answer}).status_code == 302
    return client, url


def test_a_draft_of_an_older_pack_says_that_there_is_a_newer_one(draft):
    client, url = draft
    assert "问题有了新版" in client.get(client.get(url).location).text


def test_the_owner_sees_what_stays_what_is_asked_again_and_what_is_dropped(draft):
    client, url = draft
    page = client.get(f"{url}/newer").text
    assert "照样留着的回答：1条" in page
    for heading in ("选项变了，要再答一次", "新版不再问", "新版多问的"):
        assert heading in page


def test_after_the_move_the_carried_answer_is_still_chosen(draft):
    client, url = draft
    assert client.post(f"{url}/newer", data={"version": NEWEST}).status_code == 302
    assert 'value="few" checked' in client.get(f"{url}/question/emp.contracts").text


def test_a_draft_of_the_newest_pack_has_nothing_to_move(draft):
    client, url = draft
    client.post(f"{url}/newer", data={"version": NEWEST})
    assert client.get(f"{url}/newer").status_code == 302
    assert client.post(f"{url}/newer", data={"version": NEWEST}).status_code == 409


def test_a_move_to_a_version_that_was_not_shown_is_refused(draft):
    client, url = draft
    assert client.post(f"{url}/newer", data={"version": "9.9.9"}).status_code == 409
