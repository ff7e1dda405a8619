"""A sheet of paper: who types it again, what differs, what the path leaves out; when it says to answer what."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest

from checkup.assisting import paper_rules as rules
from checkup.assisting.sheet_words import TANGLED, numbers_of, only_if
from checkup.packs.catalogue import PACK, get_pack, list_versions
from checkup.packs.conditions import Compare, Group

NOW = dt.datetime(2026, 12, 1, 4, tzinfo=dt.UTC)
ONE, OTHER = UUID(int=1), UUID(int=2)
PACK_NOW = get_pack(PACK)


def since(who, *, has_colleague):
    return rules.again_from(first_by=ONE, first_at=NOW, who=who, has_colleague=has_colleague) - NOW


def test_a_colleague_may_type_again_at_once():
    assert since(OTHER, has_colleague=True) == dt.timedelta(0)


def test_whoever_is_alone_waits_a_little_and_whoever_is_not_a_day():
    assert since(ONE, has_colleague=False) == dt.timedelta(minutes=10)
    assert since(ONE, has_colleague=True) == dt.timedelta(days=1)


def test_what_differs_is_told_in_the_order_of_the_sheet():
    first = {"dis.letter": "none", "gov.place": "shop", "profile.staff": 3}
    second = {"gov.place": "stall", "profile.staff": 3}
    assert rules.differing(first, second, PACK_NOW) == ("gov.place", "dis.letter")
    assert rules.alike(first, second) == {"profile.staff": 3}


def test_several_ticks_are_alike_whatever_their_order_was_typed_in():
    typed = {"gov.does": ("owed", "ads")}
    assert rules.differing(typed, dict(typed), PACK_NOW) == ()


def test_an_answer_that_the_path_does_not_ask_is_left_out():
    path = rules.path_of(PACK_NOW, {"staff": 0}, {"emp.wages": "always", "gov.place": "none", "saf.exits": "always"})
    assert path.off == ["emp.wages", "saf.exits"]
    assert dict(path.answers) == {"gov.place": "none"}


def test_what_hangs_on_a_blank_is_kept():
    path = rules.path_of(PACK_NOW, {}, {"emp.wages": "always", "pre.papers": "seen"})
    assert path.off == []
    assert "gov.place" in path.blank
    assert "emp.contracts" not in path.blank


def test_a_question_that_is_asked_no_more_is_left_out():
    assert rules.path_of(PACK_NOW, {}, {"gov.gone": "yes"}).off == ["gov.gone"]


@pytest.mark.parametrize("version", list_versions(PACK))
def test_every_question_of_a_sheet_says_when_to_answer_it(version):
    pack = get_pack(PACK, version)
    said = [only_if(pack, question) for question in rules.questions_of(pack)]
    assert TANGLED not in said
    assert all(one is None or {"zh-Hans", "en"} <= one.keys() for one in said)


def test_when_to_answer_is_said_by_the_printed_number_and_the_printed_words():
    number = numbers_of(PACK_NOW)["gov.does"]
    said = only_if(PACK_NOW, PACK_NOW.question("rec.oldest"))
    assert said["zh-Hans"] == f"第{number}题勾了“有人欠我的钱”，才填这题"


def test_where_fewer_options_stay_out_those_are_named():
    said = only_if(PACK_NOW, PACK_NOW.question("saf.exits"))
    assert said["zh-Hans"] == "第1题勾了“没有固定地方，上门或只在网上”，就不用填这题"


@pytest.mark.parametrize(
    "ask",
    [
        Compare("ge", "profile.revenue", 400),
        Compare("is", "emp.who", "child"),
        Group("all", (Compare("has", "gov.does", "owed"), Compare("ge", "profile.staff", 1))),
    ],
)
def test_a_condition_without_plain_words_is_left_to_the_helper_and_not_said_wrongly(ask):
    assert only_if(PACK_NOW, replace(PACK_NOW.question("rec.oldest"), ask=ask)) == TANGLED
