import math

from hypothesis import given, settings
from hypothesis import strategies as st

from checkup.scoring.bulk import encode, score_frame
from checkup.scoring.model import score
from tests.strategies import PROFILE, SHIPPED, TODAY, answers, packs, shipped_answers


def same(one, other):
    return one == other if one is None or other is None else math.isclose(one, other, abs_tol=1e-9)


def assert_engines_agree(pack, profile, many):
    bulk = score_frame(pack, encode(pack, [(profile, given_) for given_ in many]))
    for row, given_ in zip(bulk.iter_rows(named=True), many, strict=True):
        single = score(pack, profile, given_, today=TODAY)
        assert same(row["score"], single.score)
        assert same(row["low"], single.low)
        assert same(row["high"], single.high)


@st.composite
def cases(draw):
    pack = draw(packs())
    return pack, draw(st.lists(answers(pack), min_size=1, max_size=5))


@settings(max_examples=200, deadline=None)
@given(cases())
def test_bulk_and_single_engine_agree_on_generated_packs(case):
    pack, many = case
    assert_engines_agree(pack, {}, many)


@settings(max_examples=20, deadline=None)
@given(st.lists(shipped_answers().map(lambda drawn: drawn[1]), min_size=1, max_size=20))
def test_bulk_and_single_engine_agree_on_the_shipped_pack(many):
    assert_engines_agree(SHIPPED, PROFILE, many)


@settings(max_examples=20, deadline=None)
@given(st.lists(shipped_answers().map(lambda drawn: drawn[1]), min_size=1, max_size=20))
def test_bulk_and_single_engine_give_the_same_grades(many):
    bulk = score_frame(SHIPPED, encode(SHIPPED, [(PROFILE, given_) for given_ in many]))
    for row, given_ in zip(bulk.iter_rows(named=True), many, strict=True):
        single = score(SHIPPED, PROFILE, given_, today=TODAY)
        assert (row["grade"], row["grade_low"], row["grade_high"]) == (
            single.grade, single.grade_low, single.grade_high,
        )  # fmt: skip
