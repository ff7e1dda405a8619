"""What a register answers is read as agreed on, or not at all."""

import json

import pytest

from checkup.prefill.register_answers import AnotherBusiness, NotUnderstood, read_answer
from checkup.prefill.values import EarlierCheck, Found

CODE = "92310113R8A676TY7C"
NOODLES = {
    "credit_code": CODE,
    "name": "上海市宝山区老巷春和面馆",
    "kind": "个体工商户",
    "address": "上海市宝山区友谊路1288号102室",
    "registered_on": "2019-03-18",
}


def read(**changed):
    return read_answer(json.dumps({"business": NOODLES | changed}).encode(), CODE)


def test_every_field_is_read():
    assert read() == Found(NOODLES["name"], CODE, "individual", "310113", NOODLES["address"], "2019-03-18")


def test_a_code_that_the_register_does_not_know_is_nothing():
    assert read_answer(b'{"business": null}', CODE) is None


def test_what_it_says_of_people_is_passed_over():
    assert read(operator="王小明", phone="13800000000") == read()


@pytest.mark.parametrize("member", ["kind", "address", "registered_on"])
@pytest.mark.parametrize("nothing", [None, ""])
def test_what_the_register_does_not_hold_stays_empty(member, nothing):
    assert read(**{member: nothing}).name == NOODLES["name"]


@pytest.mark.parametrize("code", ["91310115K8PBRNYT4X", CODE.lower()])
def test_another_code_is_another_business(code):
    with pytest.raises(AnotherBusiness):
        read(credit_code=code)


@pytest.mark.parametrize(
    "wrong",
    [
        {"credit_code": None}, {"credit_code": 92310113}, {"credit_code": CODE + "0"}, {"name": ""}, {"name": None},
        {"name": "  "}, {"name": ["面馆"]}, {"name": "面" * 201}, {"name": "面\u0000馆"}, {"name": "面\u202e馆"},
        {"name": "面\n馆"}, {"name": "\ud800"}, {"kind": 7}, {"kind": "个" * 101}, {"address": {"road": "友谊路"}},
        {"address": "路" * 201}, {"registered_on": 20190318}, {"registered_on": "2019-02-30"},
        {"registered_on": "昨天"}, {"registered_on": "2019-03-18T00:00"},
    ],
)  # fmt: skip
def test_what_was_not_agreed_on_is_not_understood(wrong):
    with pytest.raises(NotUnderstood):
        read(**wrong)


@pytest.mark.parametrize(
    "junk",
    [
        b"", b"<html>", b"\xff\xfe", b"[]", b"7", b"null", b"{}", b'{"business": []}', b'{"business": "x"}',
        b'{"business": {}}', b"[" * 15_000,
    ],
)  # fmt: skip
def test_junk_is_not_understood(junk):
    with pytest.raises(NotUnderstood):
        read_answer(junk, CODE)


CHECK = {"by": "市监局", "on": "2026-10-12", "answers": {"lic.permits": "all", "gov.sells": ["food"]}}


def test_what_others_have_looked_at_is_read():
    assert read(checks=[CHECK]).checks == (EarlierCheck(CHECK["by"], CHECK["on"], CHECK["answers"]),)
    assert read(checks=None).checks == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {}, "市监局", [None], [CHECK] * 6, [CHECK | {"by": ""}], [CHECK | {"by": "局" * 61}], [CHECK | {"on": "昨天"}],
        [CHECK | {"on": None}], [CHECK | {"answers": None}], [CHECK | {"answers": [1]}],
        [CHECK | {"answers": {"lic.permits": 1}}], [CHECK | {"answers": {"lic.permits": ["all", None]}}],
        [CHECK | {"answers": {"lic.permits": {"all": 1}}}], [CHECK | {"answers": {"lic.permits": "\ud800"}}],
        [CHECK | {"answers": {"\ud800": "all"}}], [CHECK | {"answers": {f"q{n}": "all" for n in range(101)}}],
    ],
)  # fmt: skip
def test_checks_that_are_not_as_agreed_on_are_not_understood(wrong):
    with pytest.raises(NotUnderstood):
        read(checks=wrong)
