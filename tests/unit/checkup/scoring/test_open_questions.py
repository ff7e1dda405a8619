"""What to find out first: the open question that would narrow the result most; and what is open in each area."""

import pytest

from checkup.packs.answers import UNSURE
from checkup.packs.loading import load_pack
from checkup.scoring.open_questions import open_by_area, widest_open
from tests.small_pack import write_small_pack


@pytest.fixture
def pack(tmp_path):
    return load_pack(write_small_pack(tmp_path))


def test_the_question_with_the_heaviest_open_risk_comes_first(pack):
    found = [question for question, _ in widest_open(pack, {}, {"has": ("scale",)})]
    assert found == ["does", "often"]  # 8 × 0.6 against 2 × 0.9


def test_what_is_answered_is_not_asked_again(pack):
    given = {"has": ("scale",), "does": ("tested",)}
    assert [question for question, _ in widest_open(pack, {}, given)] == ["often"]


def test_an_express_round_asks_its_own_questions_alone(pack):
    assert [question for question, _ in widest_open(pack, {}, {}, express=True)] == ["has"]


def test_each_area_names_what_was_not_asked_yet_in_the_order_it_is_asked(pack):
    assert open_by_area(pack, {}, {"has": ("scale",)}) == {"shop": ["does", "often"]}


def test_what_was_answered_with_not_sure_is_open_once_everything_was_asked(pack):
    asked = {"has": ("scale",), "does": UNSURE}
    assert open_by_area(pack, {}, asked) == {"shop": ["often"]}
    assert open_by_area(pack, {}, asked | {"often": "never"}) == {"shop": ["does"]}


def test_an_area_with_nothing_open_is_not_named(pack):
    assert open_by_area(pack, {}, {"has": ("none",), "does": ("none",), "often": "never"}) == {}
