from hypothesis import given, settings
from hypothesis import strategies as st

from checkup.scoring.bulk import encode, score_frame
from checkup.scoring.model import score
from tests.strategies import PROFILE, SHIPPED, TODAY, answers, packs, shipped_answers


def assert_engines_agree(pack, profile, many, *, express=False):
    bulk = score_frame(pack, encode(pack, [(profile, given_) for given_ in many]), express=express)
    for row, given_ in zip(bulk.iter_rows(named=True), many, strict=True):
        single = score(pack, profile, given_, today=TODAY, express=express)
        assert row.pop("held_by") == (single.held_by and single.held_by.rule)
        assert row == {name: getattr(single, name) for name in row}


@st.composite
def cases(draw):
    pack = draw(packs())
    return pack, draw(st.lists(answers(pack), min_size=1, max_size=5))


@settings(max_examples=200)
@given(cases(), st.booleans())
def test_bulk_and_single_engine_agree_on_generated_packs_to_the_last_bit(case, express):
    pack, many = case
    assert_engines_agree(pack, {}, many, express=express)


@settings(max_examples=20)
@given(st.lists(shipped_answers().map(lambda drawn: drawn[1]), min_size=1, max_size=20))
def test_bulk_and_single_engine_agree_on_the_shipped_pack(many):
    assert_engines_agree(SHIPPED, PROFILE, many)
