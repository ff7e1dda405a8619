"""An owner takes a photo of her licence: it is read and deleted, and what it says is hers by her yes alone."""

import io
from datetime import timedelta

import psycopg
import pytest

from checkup.prefill import readings
from checkup.prefill.values import Found
from tenants import clock
from tenants.files import list_files, remove_file
from tests.factories import make_case
from tests.licences import found_in, make_licence, photograph
from tests.owners import DETAILS
from tests.visits import be_owner
from tests.working_off import work_but_papers
from webapp.tasks import photos

LICENCE = make_licence(2)  # taken in the dark
FOUND = found_in(LICENCE)
READ = dict(FOUND.fields())


@pytest.fixture(autouse=True)
def nobody_elses_photos(settings):
    """What another test has left is neither read nor counted here."""
    with psycopg.connect(settings.admin_database_url, autocommit=True) as line:
        line.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'read_licence' AND status = 'todo'")
    for path in left_photos(settings):
        remove_file(settings.files_url, path)


@pytest.fixture
def owner(app):
    """(client, URL) of a draft, every detail told."""
    client = app.test_client()
    return client, client.post("/f/hubin/start", data=DETAILS).location.rstrip("/")


@pytest.fixture
def reader(monkeypatch):
    """What the next photos show, without the models: a list that the worker takes from."""
    shown = []

    def read(_content):
        found = shown.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(photos, "read_photo", read)
    return shown


def send(client, url, content=None):
    content = photograph(LICENCE, 2) if content is None else content
    return client.post(f"{url}/licence", data={"photo": (io.BytesIO(content), "执照.jpg")})


def left_photos(settings):
    return [path for path, _size in list_files(settings.files_url) if path.startswith(f"{readings.FOLDER}/")]


def exported(client, url):
    return client.get(f"{url}/mine/export.json").json


def read_one(client, url, settings, reader, found=FOUND):
    reader.append(found)
    assert send(client, url).status_code == 302
    work_but_papers(settings)
    return client.get(f"{url}/licence")


def test_a_photo_is_read_by_the_worker_and_gone(owner, settings):
    client, url = owner
    assert send(client, url).status_code == 302
    assert "正在读照片" in client.get(f"{url}/licence").text
    work_but_papers(settings)
    page = client.get(f"{url}/licence").text
    assert all(value in page for value in ("照片已删", FOUND.name, FOUND.credit_code, FOUND.address))
    assert left_photos(settings) == []
    assert exported(client, url)["business"]["name"] == DETAILS["name"]


def test_what_was_read_is_hers_by_her_yes_with_its_source_and_day(owner, settings, reader):
    client, url = owner
    read_one(client, url, settings, reader)
    assert client.post(f"{url}/licence/take", data=READ).status_code == 302
    told = exported(client, url)
    assert (told["business"]["name"], told["business"]["credit_code"]) == (FOUND.name, FOUND.credit_code)
    assert {one["field"] for one in told["business_sources"]} == set(FOUND.fields())
    assert {one["source"] for one in told["business_sources"]} == {"licence"}
    assert told["licence"] is None
    page = client.get(f"{url}/mine/business").text
    assert page.count("来自营业执照的照片") == len(FOUND.fields())
    assert FOUND.address in page


def test_what_she_corrects_is_her_own_word(owner, settings, reader):
    client, url = owner
    read_one(client, url, settings, reader)
    client.post(f"{url}/licence/take", data=READ | {"name": "阿芳面馆", "address": "友谊路1号"})
    sources = {one["field"]: one["source"] for one in exported(client, url)["business_sources"]}
    assert exported(client, url)["business"]["name"] == "阿芳面馆"
    assert "name" not in sources
    assert (sources["address"], sources["credit_code"]) == ("owner", "licence")


def test_what_she_types_over_later_is_no_more_of_the_licence(owner, settings, reader):
    client, url = owner
    read_one(client, url, settings, reader)
    client.post(f"{url}/licence/take", data=READ)
    client.post(f"{url}/mine/business", data=DETAILS)
    fields = {one["field"] for one in exported(client, url)["business_sources"]}
    assert "name" not in fields
    assert "address" in fields


def test_not_my_business_takes_everything_back(owner, settings, reader):
    client, url = owner
    before = exported(client, url)["business"]
    read_one(client, url, settings, reader)
    client.post(f"{url}/licence/take", data=READ)
    assert "都撤掉" in client.get(f"{url}/mine/business").text
    assert client.post(f"{url}/licence/undo").status_code == 302
    after = exported(client, url)
    assert (after["business"], after["business_sources"]) == (before, [])


def test_not_mine_before_her_yes_keeps_nothing(owner, settings, reader):
    client, url = owner
    read_one(client, url, settings, reader)
    client.post(f"{url}/licence/leave")
    assert FOUND.name not in client.get(f"{url}/licence").text
    assert exported(client, url)["licence"] is None
    assert client.post(f"{url}/licence/take", data=READ).status_code == 409


def test_a_wrong_code_is_asked_back_and_the_rest_is_kept(owner, settings, reader):
    client, url = owner
    read_one(client, url, settings, reader)
    answer = client.post(f"{url}/licence/take", data=READ | {"credit_code": "92310110MA1G000000"})
    assert answer.status_code == 422
    assert FOUND.address in answer.text


def test_a_code_that_was_not_clear_is_said_to_be_so(owner, settings, reader):
    client, url = owner
    page = read_one(client, url, settings, reader, Found(name="老巷面馆", doubtful_code="9231010DLCRPUGY6F0"))
    assert "校验位对不上" in page.text
    assert "9231010DLCRPUGY6F0" in page.text


@pytest.mark.parametrize(("found", "words"), [(None, "没找到营业执照"), (RuntimeError("broken"), "没能读出来")])
def test_a_photo_of_something_else_is_gone_and_she_is_told_what_to_do(owner, settings, reader, found, words):
    client, url = owner
    page = read_one(client, url, settings, reader, found).text
    assert words in page
    assert "照片已删" in page
    assert left_photos(settings) == []


def test_a_paper_that_is_no_picture_is_refused(owner, settings):
    client, url = owner
    answer = send(client, url, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF")
    assert answer.status_code == 422
    assert left_photos(settings) == []


def test_no_photo_at_all_is_asked_for(owner):
    client, url = owner
    assert client.post(f"{url}/licence").status_code == 422


def test_a_photo_whose_worker_is_gone_is_swept_and_she_is_told(owner, settings, monkeypatch):
    client, url = owner
    send(client, url)
    assert len(left_photos(settings)) == 1
    later = clock.now() + timedelta(days=400)  # beyond the clock of the disk too
    monkeypatch.setattr(photos, "now", lambda: later)
    assert photos.sweep_photos(settings) == 1
    assert left_photos(settings) == []
    assert "没能读出来" in client.get(f"{url}/licence").text


def test_a_photo_that_is_waited_for_is_not_swept(owner, settings):
    client, url = owner
    send(client, url)
    photos.sweep_photos(settings)
    assert len(left_photos(settings)) == 1


def test_of_two_photos_the_last_is_read_and_none_stays(owner, settings, reader):
    client, url = owner
    reader.append(FOUND)
    send(client, url)
    send(client, url, photograph(make_licence(5), 5))
    work_but_papers(settings)
    assert (reader, left_photos(settings)) == ([], [])
    assert FOUND.name in client.get(f"{url}/licence").text


def test_a_case_that_is_erased_meanwhile_leaves_no_photo(owner, settings, reader):
    client, url = owner
    send(client, url)
    assert client.post(f"{url}/mine/erase").status_code == 200
    work_but_papers(settings)
    assert left_photos(settings) == []


def test_while_a_lawyer_reads_nothing_is_taken(app, settings):
    case = make_case(settings, "in_review", seed=4101)
    client, url = be_owner(app, case), f"/checkup/{case.checkup_id}"
    assert client.get(f"{url}/licence").location.endswith("/mine/business")
    assert send(client, url).status_code == 409
    assert left_photos(settings) == []


def test_the_sources_go_along_to_another_firm(owner, settings, reader):
    client, url = owner
    read_one(client, url, settings, reader)
    client.post(f"{url}/licence/take", data=READ)
    page = client.get(f"{url}/mine").text
    firm = page.split('name="firm"')[1].split('value="')[2].split('"')[0]
    moved = client.post(f"{url}/mine/move", data={"firm": firm}).location.removesuffix("/mine")
    assert {one["field"] for one in exported(client, moved)["business_sources"]} == set(FOUND.fields())
