"""A sheet of paper: printed with a code, typed twice, settled by the paper; only then is it in the record."""

import datetime as dt
import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from checkup.assisting.models import Assistance
from checkup.cases.checkups import open_checkup
from checkup.owner.erasure import erase_checkup
from checkup.owner.export import export_checkup
from tenants.audit import Actor
from tenants.base import RECEPTION_ID
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Consent
from tenants.stations import sheet_rules
from tenants.stations.sheets import spoken
from tests.helping import HELPER, SEAT
from tests.sheets import ON_PAPER, entry_of, printed, signed, typed_once
from tests.visits import log_in
from webapp.tasks.keeping import forget

LATER = dt.timedelta(minutes=11)


@pytest.fixture(scope="module")
def helper(app):
    return log_in(app, HELPER)


@pytest.fixture(scope="module")
def seat(app):
    return log_in(app, SEAT)


@pytest.fixture
def code(settings):
    return printed()


@pytest.fixture
def later(clock_at):
    """The same helper, when she may type again."""
    return lambda: clock_at(now() + LATER)


def typed_twice(helper, code, later, **changed):
    entry = typed_once(helper, code)
    later()
    answer = helper.post(entry, data={**ON_PAPER, **changed})
    assert answer.location == f"{entry}/settle", answer.text
    return answer.location


def opened(settings, checkup_id):
    with unit_of_work(Scope(Audience.WORKER, RECEPTION_ID)) as work:
        return open_checkup(work, checkup_id=checkup_id, keys=settings.keyring())


def case_in(address):
    return UUID(re.search(r"[0-9a-f-]{36}", address)[0])


def test_a_printed_sheet_has_its_code_every_question_and_a_place_to_sign(helper):
    answer = helper.post("/helper/papers/print", data={"copies": "2", "language": "zh-Hans"})
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages]
    told = "".join("".join(pages).split())
    codes = set(re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}", "".join(pages)))
    assert len(codes) == 2
    assert all(sum(one in page for page in pages) == len(pages) / 2 for one in codes)
    assert "签名" in told
    assert told.count("第3题勾了“有人欠我的钱”，才填这题") == 2


def test_in_english_it_is_english(helper):
    answer = helper.post("/helper/papers/print", data={"copies": "1", "language": "en"})
    told = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    assert "Only if anybody besides yourself works there" in told
    assert "才填" not in told


def test_how_many_are_printed_at_once_is_capped(helper):
    answer = helper.post("/helper/papers/print", data={"copies": "11", "language": "en"})
    assert answer.status_code == 422


def test_a_station_whose_sheets_do_not_come_back_prints_no_more(settings, monkeypatch, helper):
    monkeypatch.setattr(sheet_rules, "MOST_OPEN", 0)
    answer = helper.post("/helper/papers/print", data={"copies": "1", "language": "en"})
    assert answer.status_code == 422
    assert "没交回来" in answer.text


def test_the_code_leads_to_the_first_typing_however_it_is_typed(helper, code):
    answer = helper.post("/helper/papers", data={"code": spoken(code).lower()})
    assert answer.location == f"/helper/papers/sheet/{code}"


def test_a_wrong_code_is_said_in_plain_words(helper):
    answer = helper.post("/helper/papers", data={"code": "22222222"})
    assert answer.status_code == 422
    assert "别的站印的" in answer.text


def test_another_station_cannot_type_it(seat, code):
    assert seat.post("/helper/papers", data={"code": code}).status_code == 422
    assert seat.post(f"/helper/papers/sheet/{code}", data=signed()).status_code == 404
    assert entry_of(code) is None


def test_a_month_after_printing_a_sheet_is_void(app, code, clock_at):
    clock_at(now() + sheet_rules.LASTS)
    answer = log_in(app, HELPER).post(f"/helper/papers/sheet/{code}", data=signed())
    assert answer.status_code == 409
    assert "作废" in answer.text


def test_without_her_signature_nothing_is_begun(helper, code):
    answer = helper.post(f"/helper/papers/sheet/{code}", data={**ON_PAPER, "signed_on": "2026-01-01"})
    assert answer.status_code == 422
    assert entry_of(code) is None


def test_a_signature_of_before_the_printing_is_refused_and_what_was_typed_stays(helper, code):
    page = helper.post(f"/helper/papers/sheet/{code}", data=signed(signed_on="2020-01-01"))
    assert page.status_code == 422
    assert re.search(r'value="owed"\s+checked', page.text)


def test_the_first_typing_begins_the_record_with_her_signed_yes(helper, code):
    typed_once(helper, code)
    entry = entry_of(code)
    with unit_of_work(Scope(Audience.WORKER, RECEPTION_ID)) as work:
        helped = work.scalars(select(Assistance).where(Assistance.checkup_id == entry.checkup_id)).one()
        said = set(work.scalars(select(Consent.channel).where(Consent.owner_id == entry.owner_id)))
    assert (helped.channel, helped.text_version, helped.helper_name) == ("paper", "paper-2026-12", "周姐")
    assert said == {"paper"}


def test_a_sheet_is_used_once(helper, code):
    entry = typed_once(helper, code)
    assert helper.post(f"/helper/papers/sheet/{code}", data=signed()).status_code == 409
    assert helper.post("/helper/papers", data={"code": code}).location == entry


def test_of_two_who_type_the_same_sheet_one_begins_it(app, settings, admin_rows):
    code = printed()
    browsers = [log_in(app, HELPER) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda one: one.post(f"/helper/papers/sheet/{code}", data=signed()).status_code, browsers)
        assert sorted(answers) == [302, 409]
    assert admin_rows("SELECT count(*) FROM paper_entry WHERE sheet_code = :code", code=code)[0][0] == 1


def test_until_it_is_settled_no_answer_is_in_the_record_nor_in_clear(settings, helper, code, admin_rows):
    entry = typed_once(helper, code)
    assert opened(settings, case_in(entry)).answers == {}
    [(row,)] = admin_rows("SELECT row_to_json(e)::text FROM paper_entry e WHERE checkup_id = :id", id=case_in(entry))
    assert "owed" not in row


def test_the_same_helper_types_again_after_a_while(helper, code, clock_at):
    entry = typed_once(helper, code)
    assert helper.get(entry).status_code == 409
    assert helper.post(entry, data=ON_PAPER).status_code == 409
    clock_at(now() + LATER)
    page = helper.get(entry)
    assert page.status_code == 200
    assert not re.search(r'value="(owed|few)"\s+checked', page.text), "the second typing is blind"


def test_what_differs_stands_side_by_side_and_nothing_is_chosen(helper, code, later):
    address = typed_twice(helper, code, later, **{"con.written": "all"})
    page = helper.get(address).text
    assert page.count("第一遍录的") == 1
    assert "少数有" in page
    assert "checked" not in page
    assert helper.post(address, data={}).status_code == 422


def test_the_paper_decides_and_the_answers_say_where_they_come_from(settings, helper, code, later):
    address = typed_twice(helper, code, later, **{"con.written": "all"})
    page = helper.post(address, data={"con.written": "most"})
    assert page.status_code == 200
    found = opened(settings, case_in(address))
    assert found.answers["con.written"] == "most"
    assert found.answers["gov.does"] == ("owed",)
    assert {(one["by"], one["via"], one["who"]) for one in found.record.entries.values()} == {
        ("helper", "paper", "周姐")
    }
    assert (found.told.staff, found.told.form) == (0, "individual")


def test_an_answer_that_her_path_does_not_ask_is_left_out_and_said(settings, helper, code, later):
    address = typed_twice(helper, code, later)
    page = helper.post(address, data={}).text
    assert "这几题不算" in page
    assert "工资每个月" in page
    assert "emp.wages" not in opened(settings, case_in(address)).answers


def test_a_blank_is_a_blank_and_is_asked_later(settings, helper, code, later):
    entry = typed_once(helper, code)
    later()
    helper.post(entry, data={**ON_PAPER, "ipr.name": ""})
    page = helper.post(f"{entry}/settle", data={"ipr.name": "blank"}).text
    assert "还空着的" in page
    assert "ipr.name" not in opened(settings, case_in(entry)).answers
    asked = re.search(r"/helper/clients/[0-9a-f-]{36}/go-on", page)[0]
    following = helper.get(helper.get(asked).location).location
    assert following.endswith("/question/ipr.name")


def test_after_it_is_settled_nothing_of_the_sheet_waits(helper, code, later):
    address = typed_twice(helper, code, later)
    helper.post(address, data={})
    assert entry_of(code) is None
    answer = helper.post(address, data={})
    assert answer.status_code == 404
    assert "已经对好" in answer.text


def test_of_two_who_type_it_again_the_slower_one_gets_a_calm_word(app, helper, code, later):
    entry = typed_once(helper, code)
    later()
    browsers = [log_in(app, HELPER) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one.post(entry, data=ON_PAPER), browsers))
    assert sorted(one.status_code for one in answers) == [302, 409]
    assert any("同事刚录好第二遍" in one.text for one in answers)


def test_another_station_reads_nothing_of_it(helper, seat, code):
    entry = typed_once(helper, code)
    assert spoken(code) not in seat.get("/helper/papers").text
    assert seat.get(f"{entry}/settle").status_code == 404


def test_her_own_record_tells_what_is_being_typed(settings, helper, code):
    case = case_in(typed_once(helper, code))
    with unit_of_work(Scope(Audience.OWNER, RECEPTION_ID, entry_of(code).owner_id)) as work:
        told = export_checkup(work, checkup_id=case, keys=settings.keyring())
    assert {"question": "gov.place", "value": "shop"} in told["sheets"][0]["first"]
    json.dumps(told)


def test_an_erased_record_leaves_nothing_of_its_sheet(helper, code):
    case = case_in(typed_once(helper, code))
    owner_id = entry_of(code).owner_id
    with unit_of_work(Scope(Audience.OWNER, RECEPTION_ID, owner_id)) as work:
        erase_checkup(work, checkup_id=case, asked_by="owner", by=Actor(owner_id, "店主本人"), now=now())
    assert entry_of(code) is None


def test_her_word_that_it_is_enough_ends_the_typing(helper, code):
    entry = typed_once(helper, code)
    with unit_of_work(Scope(Audience.WORKER, RECEPTION_ID)) as work:
        found = select(Assistance.id).where(Assistance.checkup_id == case_in(entry))
        client = f"/helper/clients/{work.scalars(found).one()}"
    assert helper.post(f"{client}/end").status_code == 302
    assert entry_of(code) is None
    assert helper.get(entry).status_code == 404


def test_what_nobody_settles_and_what_was_printed_long_ago_is_forgotten(settings, helper, code, clock_at, admin_rows):
    typed_once(helper, code)
    clock_at(now() + sheet_rules.KEPT)
    forget(settings)
    assert entry_of(code) is None
    assert admin_rows("SELECT count(*) FROM paper_sheet WHERE code = :code", code=code)[0][0] == 0
