import dataclasses
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from checkup.packs.answers import UNSURE
from checkup.packs.values import Case
from checkup.scoring.json_output import to_json
from checkup.scoring.model import score
from checkup.scoring.routing import walk
from tests.strategies import PROFILE, SHIPPED, TODAY, answers, completions, packs, shipped_answers


@st.composite
def cases(draw):
    pack = draw(packs())
    return pack, draw(answers(pack))


def ranked(grade):
    return "ABCDE".index(grade)


@given(cases() | shipped_answers())
def test_low_score_and_high_are_in_order_within_0_and_100(case):
    result = score(case[0], PROFILE, case[1], today=TODAY)
    if result.score is not None:
        assert 0 <= result.low <= result.score <= result.high <= 100


@given(cases() | shipped_answers())
def test_grade_lies_between_its_bounds(case):
    result = score(case[0], PROFILE, case[1], today=TODAY)
    if result.grade is not None:
        assert ranked(result.grade_high) <= ranked(result.grade) <= ranked(result.grade_low)


@settings(max_examples=300)
@given(cases(), st.data())
def test_no_completion_falls_outside_the_bounds(case, data):
    pack, partial = case
    before = score(pack, {}, partial, today=TODAY)
    after = score(pack, {}, data.draw(completions(pack, partial)), today=TODAY)
    if after.score is not None:
        assert before.low <= after.score <= before.high
        assert ranked(before.grade_high) <= ranked(after.grade) <= ranked(before.grade_low)


@settings(max_examples=300)
@given(cases(), st.data())
def test_one_more_answer_never_widens_the_bounds(case, data):
    pack, partial = case
    open_ = [q.id for q in pack.questions if partial.get(q.id, UNSURE) == UNSURE]
    if not open_:
        return
    more = {**partial, data.draw(st.sampled_from(open_)): data.draw(st.sampled_from("abc"))}
    before, after = (score(pack, {}, given_, today=TODAY) for given_ in (partial, more))
    if after.low is not None:
        assert before.low <= after.low
        assert after.high <= before.high


@given(cases(), st.data())
def test_a_worse_likelihood_never_raises_the_score(case, data):
    pack, given_ = case
    risks = pack.domains[0].risks
    place = data.draw(st.integers(0, len(risks) - 1))
    worse = dataclasses.replace(
        risks[place],
        cases=tuple(Case(c.when, min(1.0, c.is_ + 0.2)) for c in risks[place].cases),
        otherwise=min(1.0, risks[place].otherwise + 0.2),
    )
    domain = dataclasses.replace(pack.domains[0], risks=(*risks[:place], worse, *risks[place + 1 :]))
    harder = dataclasses.replace(pack, hash=pack.hash + "worse", domains=(domain,))
    one, other = (score(p, {}, given_, today=TODAY) for p in (pack, harder))
    if one.score is not None and other.score is not None:
        assert other.score <= one.score
        assert ranked(one.grade) <= ranked(other.grade)


@given(cases() | shipped_answers())
def test_same_pack_and_answers_give_the_same_bytes(case):
    one, other = (json.dumps(to_json(case[0], score(case[0], PROFILE, case[1], today=TODAY))) for _ in range(2))
    assert one == other


@given(st.randoms(use_true_random=False))
def test_every_walk_through_the_shipped_pack_ends(rng):
    given_ = {}
    while (question := walk(SHIPPED, PROFILE, given_).first_open()) is not None:
        assert question.id not in given_
        ids = [o.id for o in question.options] or (["yes", "no"] if question.kind == "yes_no" else ["2026-11-01"])
        given_[question.id] = rng.choice([*ids, UNSURE])
    assert len(given_) <= len(SHIPPED.questions)
