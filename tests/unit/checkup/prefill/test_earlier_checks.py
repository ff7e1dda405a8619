"""Answers that other checks have found: which of them an owner is spared."""

import datetime as dt

import pytest

from checkup.packs.catalogue import get_pack
from checkup.prefill.earlier_checks import takable
from checkup.prefill.values import EarlierCheck, Found

PACK, TODAY = get_pack("cn-shanghai-msme"), dt.date(2026, 11, 24)


def check(on="2026-10-12", by="市监局", **answers):
    told = answers or {"lic.permits": "all"}
    return EarlierCheck(by, on, {question.replace("__", "."): answer for question, answer in told.items()})


def taken(*checks, answered=()):
    return {one.question.id: (one.value, one.by) for one in takable(PACK, checks, answered, TODAY)}


def test_an_answer_is_read_by_the_pack_with_who_found_it():
    assert taken(check()) == {"lic.permits": ("all", "市监局")}


def test_what_she_has_answered_herself_stays_hers():
    assert taken(check(), answered=("lic.permits",)) == {}


def test_of_two_checks_the_newer_counts():
    old, new = check(on="2026-01-05", by="园区", lic__permits="none"), check()
    assert taken(new, old) == {"lic.permits": ("all", "市监局")}


@pytest.mark.parametrize(("on", "counts"), [("2025-11-24", True), ("2025-11-23", False), ("2026-11-25", False)])
def test_what_was_seen_more_than_a_year_ago_or_tomorrow_is_asked(on, counts):
    assert bool(taken(check(on=on))) is counts


@pytest.mark.parametrize("told", [{"no__such": "all"}, {"lic__permits": "often"}, {"lic__permits": "unsure"}])
def test_what_is_no_answer_to_a_question_of_the_pack_is_passed_over(told):
    assert taken(check(**told)) == {}


def test_several_options_are_read_where_a_question_takes_several():
    assert taken(check(gov__sells=["food", "walkin"])) == {"gov.sells": (("walkin", "food"), "市监局")}


def test_a_check_is_kept_as_it_was_told():
    found = Found(name="面馆", checks=(check(gov__sells=["food"]),))
    assert Found.from_bytes(found.to_bytes()) == found
