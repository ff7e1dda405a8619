"""The owner's rights: consent that can be withdrawn, who looked, what the bureau sees, a copy, erasure, moving."""

import datetime as dt
import re
import uuid

import pytest
from sqlalchemy import create_engine, text

from checkup.cases.checkups import open_checkup
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import NotFound
from tests.factories import CLEAR_AND_MINE
from tests.owners import DETAILS, answer_all
from tests.visits import held_id, log_in
from tests.working_off import work_but_papers
from webapp.tasks.cases import retain


@pytest.fixture
def owner(app):
    """(client, URL, id) of a submitted checkup at 沪滨 whose owner wants a review."""
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    answer_all(client, url)
    client.post(f"{url}/submit")
    return client, url, uuid.UUID(url.split("/")[-1])


def test_each_consent_is_a_switch_of_its_own_with_a_receipt(owner):
    client, url, _ = owner
    client.post(f"{url}/mine/consent", data={"purpose": "statistics", "granted": "yes"})
    page = client.get(f"{url}/mine").text
    assert page.count("<strong>同意</strong>") == 2
    assert page.count("文本版本") == 4


def test_without_consent_the_lawyer_loses_sight_at_once(app, owner):
    client, url, checkup = owner
    lawyer = log_in(app, "lawyer2@hubin.example")
    assert lawyer.post(f"/lawyer/checkups/{checkup}/names", data=CLEAR_AND_MINE).status_code == 302
    assert lawyer.get(f"/lawyer/checkups/{checkup}").status_code == 200
    client.post(f"{url}/mine/consent", data={"purpose": "review", "granted": "no"})
    assert lawyer.get(f"/lawyer/checkups/{checkup}").status_code == 404
    assert client.get(f"{url}/result").status_code == 200


def test_an_unknown_purpose_changes_nothing(owner):
    client, url, _ = owner
    assert client.post(f"{url}/mine/consent", data={"purpose": "everything", "granted": "yes"}).status_code == 404


def test_the_owner_sees_who_opened_the_case(app, owner):
    client, url, checkup = owner
    lawyer = log_in(app, "lawyer2@hubin.example")
    lawyer.post(f"/lawyer/checkups/{checkup}/names", data={**CLEAR_AND_MINE, "outcome": "clear"})
    for _ in range(3):
        lawyer.get(f"/lawyer/checkups/{checkup}")
    page = client.get(f"{url}/mine").text
    assert page.count("周敏 · 打开体检") == 1, "three looks within minutes are one entry"


def test_the_bureau_view_shows_progress_and_no_content(owner):
    client, url, _ = owner
    page = client.get(f"{url}/mine/bureau").text
    seen, hidden = page.split("看不到的")
    assert "已提交" in seen
    assert DETAILS["name"] not in page
    for table in ("回答", "发现的问题", "律师复核", "体检"):
        assert f"<li>{table}</li>" in hidden


def test_the_export_holds_answers_findings_consents_and_log(owner):
    client, url, _ = owner
    data = client.get(f"{url}/mine/export.json").json
    assert data["business"]["name"] == DETAILS["name"]
    assert len(data["answers"]) >= 10
    assert {consent["purpose"] for consent in data["consents"]} == {"review", "statistics", "cloud", "follow_up"}
    assert data["findings"]
    assert "sealed_" not in str(data)
    assert "关于我的全部" in client.get(f"{url}/mine/export").text


def test_her_copy_opens_while_her_complaint_is_open(owner):
    client, url, _ = owner
    client.post(f"{url}/complaint", data={"words": "三天没人回话。", "phone": ""})
    assert client.get(f"{url}/mine/export.json").json["complaints"][0]["settled_at"] is None
    page = client.get(f"{url}/mine/export")
    assert page.status_code == 200
    assert "三天没人回话" in page.text


def test_an_erased_checkup_is_gone_for_everybody(app, owner, settings, admin_rows):
    client, url, checkup = owner
    page = client.post(f"{url}/mine/erase").text
    assert "回执号" in page
    assert client.get(url).status_code == 404
    assert log_in(app, "lawyer2@hubin.example").get(f"/lawyer/checkups/{checkup}").status_code == 404
    work_but_papers(settings, of=checkup)
    assert admin_rows("SELECT sealed FROM answers WHERE checkup_id = :id", id=checkup) == [(b"",)]
    for table in ("case_key", "finding", "document"):
        assert admin_rows(f"SELECT 1 FROM {table} WHERE checkup_id = :id", id=checkup) == []
    assert admin_rows("SELECT kept_until > :at FROM erasure WHERE checkup_id = :id", id=checkup, at=now()) == [(True,)]


def test_an_erased_business_has_no_name_any_more(owner, admin_rows):
    client, url, checkup = owner
    client.post(f"{url}/mine/erase")
    query = "SELECT b.name FROM business b JOIN checkup c ON c.business_id = b.id WHERE c.id = :id"
    assert admin_rows(query, id=checkup) == [("—",)]


def test_erased_while_looking_on_another_device_is_a_clear_404(app, owner):
    client, url, _ = owner
    with client.session_transaction() as held:
        session = dict(held)
    other = app.test_client()
    with other.session_transaction() as held:
        held.update(session)
    assert other.get(f"{url}/result").status_code == 200
    client.post(f"{url}/mine/erase")
    for page in ("", "/result", "/mine", "/question/con.written"):
        assert other.get(f"{url}{page}").status_code == 404
    assert other.post(f"{url}/question/con.written", data={"answer": "all"}).status_code == 404


def test_a_record_moves_to_another_firm_with_its_answers(app, owner, settings):
    client, url, checkup = owner
    page = client.get(f"{url}/mine").text
    firm = re.search(r'<option value="([\w-]+)">上海江湾', page)[1]
    moved = client.post(f"{url}/mine/move", data={"firm": firm}).location.removesuffix("/mine")
    person = uuid.UUID(held_id(client)[1])
    with unit_of_work(Scope(Audience.OWNER, uuid.UUID(firm), person)) as work:
        opened = open_checkup(work, checkup_id=uuid.UUID(moved.split("/")[-1]), keys=settings.keyring())
    assert len(opened.answers) >= 10
    assert not opened.row.review_wanted
    assert log_in(app, "lawyer2@hubin.example").get(f"/lawyer/checkups/{checkup}").status_code == 404


def test_break_glass_takes_two_people_and_tells_the_owner(app, settings):
    client = app.test_client()
    url = client.post("/f/hubin/start", data={**DETAILS, "review": ""}).location.rstrip("/")
    answer_all(client, url)
    client.post(f"{url}/submit")
    checkup = url.split("/")[-1]
    number = re.search(r"SH26-\w{6}", client.get(f"{url}/mine").text)[0]
    one, two = (log_in(app, f"lawyer{n}@hubin.example") for n in (2, 3))
    if client.get(f"{url}/mine").text.count("<strong>同意</strong>"):
        client.post(f"{url}/mine/consent", data={"purpose": "review", "granted": "no"})
    assert one.get(f"/lawyer/checkups/{checkup}").status_code == 404
    assert one.post("/lawyer/emergency", data={"case_number": number, "why": ""}).status_code == 422
    assert one.post("/lawyer/emergency", data={"case_number": number, "why": "有人要跳楼"}).status_code == 302
    asked = re.search(r"/lawyer/emergency/([\w-]+)/allow", two.get("/lawyer/emergency").text)[1]
    assert one.post(f"/lawyer/emergency/{asked}/allow").status_code == 409
    assert one.get(f"/lawyer/checkups/{checkup}").status_code == 404
    assert two.post(f"/lawyer/emergency/{asked}/allow").status_code == 302
    assert one.get(f"/lawyer/checkups/{checkup}").status_code == 200
    assert two.get(f"/lawyer/checkups/{checkup}").status_code == 404
    assert "同意紧急查看" in client.get(f"{url}/mine").text
    work_but_papers(settings)
    assert any(number in file.read_text(encoding="utf-8") for file in settings.outbox_dir.glob("*.json"))


def test_nobody_reaches_the_data_of_another_owner(app, owner):
    _, url, checkup = owner
    stranger = app.test_client()
    stranger.post("/f/hubin/start", data=DETAILS)
    for page in ("/mine", "/mine/bureau", "/mine/export", "/mine/export.json", "/mine/erase"):
        assert stranger.get(f"{url}{page}").status_code == 404
    assert stranger.post(f"{url}/mine/erase").status_code == 404
    with pytest.raises(NotFound), unit_of_work(Scope(Audience.OWNER, None, uuid.uuid4())) as work:
        open_checkup(work, checkup_id=checkup, keys=None)


def test_a_draft_that_nobody_touches_is_erased_when_its_firm_no_longer_keeps_it(app, settings, admin_rows):
    old, fresh = (app.test_client().post("/f/hubin/start", data=DETAILS).location.split("/")[-1] for _ in range(2))
    engine = create_engine(settings.admin_database_url)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE checkup SET started_at = :at WHERE id = :id"),
            {"id": old, "at": now() - dt.timedelta(days=200)},
        )
    engine.dispose()
    assert retain(settings) == 1
    states = dict(admin_rows("SELECT id::text, state FROM checkup WHERE id::text = ANY(:ids)", ids=[old, fresh]))
    assert states == {old: "erased", fresh: "started"}
    assert retain(settings) == 0
