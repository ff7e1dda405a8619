"""A file comes in parts before its form: sealed, sent again without harm, named by a ticket, and gone after a day."""

import datetime as dt
import io
import os
import re

import pytest
from PIL import Image

from tenants.clock import now
from tenants.files import list_files
from tenants.upload_parts import FOLDER, KEPT, PART
from tenants.uploads import MOST_BYTES
from tests.factories import make_case
from tests.visits import be_owner, log_in
from webapp.operating.backups import list_of_files, make_backup
from webapp.tasks.keeping import forget_uploads

NAME = "门口的照片.jpg"


def photo(side=1200):
    """A photo of several parts."""
    out = io.BytesIO()
    Image.effect_noise((side, side), 80).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.fixture(scope="module")
def case(settings):
    return make_case(settings, "in_review", seed=1818)


@pytest.fixture
def owner(app, case):
    return be_owner(app, case)


def begin(client, content, name=NAME):
    return client.post("/uploads", data={"name": name, "size": str(len(content))})


def put(client, ticket, number, content):
    part = content[number * PART : (number + 1) * PART]
    return client.put(f"/uploads/{number}", data=part, headers={"Upload-Ticket": ticket})


def send(client, content, name=NAME):
    """The ticket of a file whose parts are all there."""
    ticket = begin(client, content, name).json["ticket"]
    for number in range(-(-len(content) // PART)):
        assert put(client, ticket, number, content).status_code == 204
    return ticket


def write(owner, case, *tickets, text="您看看"):
    return owner.post(f"/checkup/{case.checkup_id}/messages", data={"text": text, "files": list(tickets)})


def parts(settings):
    return [path for path, _size in list_files(settings.files_url) if path.startswith(f"{FOLDER}/")]


def test_a_message_takes_the_file_that_came_before_it(owner, case):
    assert write(owner, case, send(owner, photo())).status_code == 302
    page = owner.get(f"/checkup/{case.checkup_id}/messages").text
    assert NAME in page
    file = re.findall(rf"/checkup/{case.checkup_id}/files/[0-9a-f-]+", page)[-1]
    assert Image.open(io.BytesIO(owner.get(file).data)).size == (1200, 1200)


def test_parts_that_come_twice_and_in_another_order_are_one_file(owner, case):
    content = photo()
    ticket = begin(owner, content).json["ticket"]
    for number in [*reversed(range(-(-len(content) // PART))), 0, 1]:
        assert put(owner, ticket, number, content).status_code == 204
    assert write(owner, case, ticket).status_code == 302


def test_a_form_whose_answer_was_lost_is_sent_again_with_the_same_ticket(owner, case):
    ticket = send(owner, photo())
    assert [write(owner, case, ticket).status_code for _ in range(2)] == [302, 302]


def test_a_lawyers_message_a_firms_application_and_a_logo_take_such_files(app, settings):
    case = make_case(settings, "in_review", seed=1819, lawyer=1)
    lawyer, stranger = log_in(app, "lawyer1@hubin.example"), app.test_client()
    told = {"text": "请看附件", "step": "note", "files": send(lawyer, photo())}
    assert lawyer.post(f"/lawyer/checkups/{case.checkup_id}/messages", data=told).status_code == 302
    firm = {
        "name": "上海申请律师事务所", "licence_number": "31310000MD0123456", "district": "310113",
        "phone": "021-62345678", "contact_name": "李申", "contact_email": "li@apply.example",
    }  # fmt: skip
    assert stranger.post("/join", data=firm | {"papers": send(stranger, photo())}).status_code == 200


def test_the_store_opens_nothing_by_itself(owner, settings):
    content = photo()
    before = set(parts(settings))
    ticket = send(owner, content)
    new = set(parts(settings)) - before
    assert len(new) == -(-len(content) // PART)
    for path in new:
        kept = (settings.data_dir / "files" / path).read_bytes()
        assert content[:64] not in kept
        assert path.rsplit("-", 1)[0].removeprefix(f"{FOLDER}/") not in ticket


def test_a_ticket_from_an_emptier_day_fills_the_store_no_further(owner, monkeypatch):
    content = photo()
    ticket = begin(owner, content).json["ticket"]
    monkeypatch.setattr("tenants.upload_parts._MOST_WAITING", 0)
    assert put(owner, ticket, 0, content).status_code == 409


def test_a_file_that_is_not_all_there_is_asked_for_again_and_the_words_stay(owner, case):
    content = photo()
    ticket = begin(owner, content).json["ticket"]
    put(owner, ticket, 0, content)
    page = write(owner, case, ticket, text="写了很久的话")
    assert page.status_code == 422
    assert "没有传完" in page.text
    assert "写了很久的话" in page.text


def test_a_refused_form_names_the_files_that_are_there_again(owner, case):
    ticket = send(owner, photo())
    page = write(owner, case, ticket, text="字" * 9_000)
    assert page.status_code == 422
    assert f'value="{ticket}"' in page.text
    assert NAME in page.text


def test_a_file_that_is_refused_is_called_by_its_name_and_the_others_stay(owner, case):
    good, bad = send(owner, photo()), send(owner, b"MZ no picture", "病历.exe")
    page = write(owner, case, good, bad)
    assert page.status_code == 422
    assert "病历.exe：只收照片" in page.text
    assert f'value="{good}"' in page.text
    assert f'value="{bad}"' not in page.text


@pytest.mark.parametrize("sent", ["", "x", "\x00", "eyJ.x.y", "9" * 5000])
def test_a_ticket_that_is_not_ours_takes_no_part(app, sent):
    answer = app.test_client().put("/uploads/0", data=b"x", headers={"Upload-Ticket": sent.replace("\x00", "%00")})
    assert answer.status_code == 404


def test_a_form_with_a_ticket_that_is_not_ours_is_refused(owner, case):
    assert write(owner, case, "x.y").status_code == 422


@pytest.mark.parametrize(("number", "size"), [(0, 3), (0, 5), (0, 0), (1, 4), (80, 1), (2**31 - 1, 1)])
def test_a_part_of_another_size_or_behind_the_last_is_refused(app, number, size):
    client = app.test_client()
    ticket = begin(client, b"abcd").json["ticket"]
    answer = client.put(f"/uploads/{number}", data=b"x" * size, headers={"Upload-Ticket": ticket})
    assert answer.status_code == 422


@pytest.mark.parametrize(("size", "words"), [(MOST_BYTES + 1, "最多20兆"), (0, "空的"), ("x", "整数")])
def test_a_file_that_cannot_be_taken_is_refused_before_it_is_sent(app, size, words):
    answer = app.test_client().post("/uploads", data={"name": NAME, "size": str(size)})
    assert answer.status_code == 422
    assert words in answer.json["fault"]


def test_a_full_store_gives_no_ticket(app, monkeypatch):
    monkeypatch.setattr("tenants.upload_parts._MOST_WAITING", 0)
    assert begin(app.test_client(), photo()).status_code == 409


def test_a_ticket_ends_after_a_day(app, clock_at):
    client = app.test_client()
    ticket = begin(client, b"abcd").json["ticket"]
    clock_at(now() + KEPT)
    assert put(client, ticket, 0, b"abcd").status_code == 404


def test_parts_go_after_a_day_and_not_before(owner, settings):
    forget_uploads(settings)
    send(owner, b"fresh")
    before = parts(settings)
    old = settings.data_dir / "files" / before[0]
    os.utime(old, ((now() - KEPT - dt.timedelta(minutes=1)).timestamp(),) * 2)
    assert forget_uploads(settings) == 1
    assert parts(settings) == before[1:]


def test_a_backup_leaves_out_what_no_form_has_taken(owner, settings, tmp_path):
    send(owner, b"abcd")
    made = make_backup(settings, tmp_path)
    paths = [path for _digest, _size, path in list_of_files(tmp_path / made.name)]
    assert paths
    assert [path for path in paths if path.startswith(f"{FOLDER}/")] == []
