"""What people of comparable systems reported in public, tried on the product over HTTP: every kind with its answer."""

import io
import os
import random
import re

import pytest
from werkzeug.datastructures import MultiDict

from demo.city import demo_id
from tests.factories import CLEAR_AND_MINE, add_firm_party, make_case
from tests.owners import DETAILS, answer_all
from tests.visits import be_owner, log_in

WIDE = str.maketrans("0123456789+- ", "０１２３４５６７８９＋－　")
# The whole of it, in some minutes: `FAMAI_FUZZED_POSTS=10000 bin/test` with this file.
POSTS = int(os.environ.get("FAMAI_FUZZED_POSTS", "400"))
LAWYER, OFFICER = "lawyer1@hubin.example", "officer@baoshan.example"
FIELDS = (
    *("name", "phone", "code", "words", "text", "day", "times", "amount", "side", "table", "why", "step", "version"),
    *("outcome", "answer", "channel", "address", "counterparties", "credit_code", "staff", "revenue", "form", "trade"),
    *("district", "reason", "firm", "role", "email"),
)
ODD = [
    "", " ", "\x00", "a\x00b", "０", "-1", "9" * 400, "1e999", "NaN", "\u202e", "💰", "<b>", "{{7*7}}", "'; --",
    "2026-02-30", "0001-01-01", "9999-12-31", "[" * 500, "，", "on", "yes", "1.5万", "https://x",
    "00000000-0000-0000-0000-000000000000",
]  # fmt: skip


@pytest.fixture(scope="module")
def case(settings):
    return make_case(settings, "submitted", seed=18)


@pytest.mark.parametrize(
    "told",
    ["上海测试甲有限公司，张伟", "上海测试甲有限公司,李娜", "李娜/上海测试甲有限公司", "张伟 上海测试甲有限公司",
     "张伟和上海测试甲有限公司", "供货商：上海测试甲有限公司（法人张伟），欠30万"],
)  # fmt: skip
def test_row_1_the_firms_own_client_in_a_list_is_for_a_partner(settings, app, told):
    case = make_case(settings, "submitted", seed=random.Random(told).randrange(10_000))
    add_firm_party(settings, case, side="client", name="上海测试甲有限公司")
    sent = be_owner(app, case).post(f"/checkup/{case.checkup_id}/names", data={"counterparties": told})
    assert sent.status_code == 302
    page = log_in(app, LAWYER).get(f"/lawyer/checkups/{case.checkup_id}/names").text
    assert "要请合伙人决定" in page
    assert "没有冲突，我来办" not in page


def test_row_2_two_checkups_in_one_browser_are_both_live_and_listed(app):
    browser = app.test_client()
    first = browser.post("/f/hubin/start", data=DETAILS | {"name": "甲面馆"}).location
    asked = browser.get(first).location
    second = browser.post("/f/hubin/start", data=DETAILS | {"name": "乙面馆"}).location
    assert browser.get(asked).status_code == 200
    assert browser.get(browser.get(second).location).status_code == 200
    listed = browser.get("/me").text
    assert "甲面馆" in listed
    assert "乙面馆" in listed


def test_row_2_two_tabs_at_two_firms_are_both_live(app):
    browser, slugs = app.test_client(), re.findall(r"/f/([a-z0-9-]+)\"", app.test_client().get("/").text)
    other = next(slug for slug in slugs if slug != "hubin")
    first = browser.post("/f/hubin/start", data=DETAILS).location
    asked = browser.get(first).location
    second = browser.post(f"/f/{other}/start", data=DETAILS).location
    assert browser.get(browser.get(second).location).status_code == 200
    assert browser.get(asked).status_code == 200


def test_row_2_somebody_else_on_the_same_device_begins_apart(app):
    browser = app.test_client()
    first = browser.post("/f/hubin/start", data=DETAILS).location
    assert "我不是刚才那位店主" in browser.get("/f/hubin/start").text
    browser.post("/f/hubin/start", data=DETAILS | {"apart": "yes"})
    assert browser.get(first).status_code == 404


@pytest.mark.parametrize("typed", ["６７８５１６", "678 516", "验证码：678516", "六七八五一六", "\x00", "²³¹"])
def test_row_4_a_code_in_any_writing_is_no_fault_of_ours(app, typed):
    assert app.test_client().post("/me/code", data={"phone": "13800138000", "code": typed}).status_code in (422, 429)


@pytest.mark.parametrize(
    "write",
    [lambda code: code.lower().replace("-", ""), lambda code: code.translate(WIDE), "续答码：{}".format],
    ids=["small", "wide", "with words"],
)
def test_row_6_a_resume_code_opens_however_code_and_phone_are_typed(app, write):
    browser = app.test_client()
    started = browser.post("/f/hubin/start", data=DETAILS).location
    shown = browser.post(f"{started}/elsewhere", data={"phone": "１３９１１１１２２２２"}).text
    code = re.search(r"<strong>([2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})</strong>", shown)[1]
    assert app.test_client().post("/resume", data={"code": write(code), "phone": "139 1111 2222"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "status"),
    [("１３８００１３８００９", 200), ("+86 138-0013-8001", 200), ("+852 6123 4567", 422), ("12345", 422)],
)
def test_row_7_and_9_a_phone_is_taken_or_the_other_way_is_named(app, typed, status):
    answer = app.test_client().post("/me/phone", data={"phone": typed})
    assert answer.status_code == status
    assert status == 200 or "续答码" in answer.text or "11位" in answer.text


@pytest.mark.parametrize("cell", ["'{}", '="{}"', "91440300-71526726XG", "９１４４０３００７１５２６７２６ＸＧ"])
def test_row_15_a_code_that_excel_touched_is_mended(app, cell):
    table = f"名称\t身份\t信用代码\n某某{len(cell)}有限公司\t对方\t{cell.format('9144030071526726XG')}"
    assert send_table(app, table).status_code == 302


@pytest.mark.parametrize(
    ("cell", "words"),
    [("9.14E+17", "Excel"), ("9144030071526726XH", "代码不对"), ("310101190001010011", "身份证")],
)
def test_row_15_a_code_that_excel_destroyed_is_named_by_its_line(app, cell, words):
    answer = send_table(app, f"甲乙丙有限公司,对方,\n丁戊己有限公司,对方,{cell}\n")
    assert answer.status_code == 422
    assert "第2行" in answer.text
    assert words in answer.text
    assert "310101190001010011" not in answer.text


def send_table(app, text):
    data = {"table": (io.BytesIO(text.encode("utf-16")), "表.txt")}
    return log_in(app, LAWYER).post("/firm/parties/import", data=data)


def test_row_19_a_character_that_no_font_draws_is_told_to_the_owner_and_to_the_lawyer(settings, app):
    case, name = make_case(settings, "submitted", seed=1901), "𰻝𰻝面馆\U0003fffa"
    owner, url = be_owner(app, case), f"/checkup/{case.checkup_id}"
    owner.post(f"{url}/mine/business", data=DETAILS | {"name": name})
    answer_all(owner, url)
    owner.post(f"{url}/submit")
    assert "名字里的“\U0003fffa”，PDF的字库里没有" in owner.get(f"{url}/result").text
    lawyer = log_in(app, LAWYER)
    seen = CLEAR_AND_MINE | {"parties_version": "1", "reason": "查过，不是同一家"}
    lawyer.post(f"/lawyer/checkups/{case.checkup_id}/names", data=seen)
    assert "PDF的字库里没有" in lawyer.get(f"/lawyer/checkups/{case.checkup_id}").text


def test_row_24_money_that_does_not_fit_the_people_is_asked_back(app):
    told = DETAILS | {"trade": "agriculture", "staff": "3", "revenue": "300000", "assets": "200000"}
    asked = app.test_client().post("/f/hubin/start", data=told)
    assert asked.status_code == 422
    assert "3个人、30亿元，对吗" in asked.text
    assert app.test_client().post("/f/hubin/start", data=told | {"sure": "yes"}).status_code == 302


@pytest.mark.parametrize("typed", ["80万", "80万元", "约80", "1。5", "1.5万", "1，000", "８０"])
def test_row_25_money_with_words_and_signs_is_understood(app, typed):
    assert app.test_client().post("/f/hubin/start", data=DETAILS | {"revenue": typed}).status_code == 302


@pytest.mark.parametrize(
    "write",
    [str.lower, "{} ".format, "{}。".format, lambda number: f"{number[:4]}-{number[4:8]}-{number[8:]}"],
    ids=["small", "blank", "full stop", "hyphens"],
)
def test_row_27_a_number_on_a_paper_is_found_however_it_is_typed(app, write):
    number = "FM26WXFXSXMYWQ"
    sent = app.test_client().get("/verify/", query_string={"number": write(number)})
    assert sent.location.endswith(f"/verify/{number}")


def test_row_33_a_call_needs_a_number(app, case):
    answer = be_owner(app, case).post(f"/checkup/{case.checkup_id}/complaint", data={"call": "yes"})
    assert answer.status_code == 422
    assert "打哪个号码" in answer.text


@pytest.mark.parametrize("address", ["/f/hubin", "/f/hubin/start", "/", "/verify/"])
def test_point_9_a_preview_or_head_of_a_page_is_answered_and_opens_nothing(app, address):
    assert app.test_client().head(address).status_code == 200


def addresses(app):
    """Every address that takes a POST, with holes for what it names."""
    rules = sorted(str(rule) for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()))
    return [re.sub(r"<[^>]+>", "{}", rule) for rule in rules if not rule.startswith("/dev")]


def test_fuzzed_posts_over_every_address_are_no_fault_of_ours(app, case):
    rng, faults, asked = random.Random(18), [], addresses(app)
    ids = [str(case.checkup_id), str(case.firm_id), str(demo_id("hubin:1")), "x", "9" * 30]
    browsers = [app.test_client(), be_owner(app, case), log_in(app, LAWYER), log_in(app, OFFICER)]
    for at in range(POSTS):
        address = asked[at % len(asked)]
        for _ in range(address.count("{}")):
            address = address.replace("{}", rng.choice(ids), 1)
        sent = MultiDict([(rng.choice(FIELDS), rng.choice(ODD)) for _ in range(rng.randrange(8))])
        answer = rng.choice(browsers).post(address, data=sent)
        faults += [(address, sent, answer.status_code)] if answer.status_code >= 500 else []
    assert faults == []
