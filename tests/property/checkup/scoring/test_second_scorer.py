"""The product's scorers agree in every number with one that was written from the design in exact fractions."""

import datetime as dt
import random
from fractions import Fraction
from pathlib import Path

import pytest

import checkup.packs
from checkup.packs.catalogue import get_pack
from checkup.scoring import simulation
from checkup.scoring.bulk import encode, score_frame
from checkup.scoring.model import score
from tests.second_scorer import SecondScorer

PACK, TODAY = get_pack("cn-shanghai-msme"), dt.date(2026, 11, 28)
SECOND = SecondScorer(Path(checkup.packs.__file__).parent / PACK.id)


def _value(question, rng):
    if question.kind == "number":
        return float(rng.randrange(0, 200))
    if question.kind == "date":
        return (TODAY - dt.timedelta(days=rng.randrange(0, 900))).isoformat()
    ids = [option.id for option in question.options] or ["yes", "no"]
    return rng.choice(ids) if question.kind != "many" else tuple(i for i in ids if rng.random() < 0.4) or (ids[-1],)


def _any_answers(rng):
    """Nobody's answers: everything possible, on the path or not, in every degree of not knowing."""
    share, answers = rng.random(), {}
    for question in PACK.questions:
        if rng.random() < share:
            answers[question.id] = "unsure" if rng.random() < 0.2 else _value(question, rng)
    profile = simulation.make_details(rng).profile()
    return {field: value for field, value in profile.items() if rng.random() < 0.95}, answers


def _somebodys_answers(rng):
    """A business that answers what it is asked."""
    profile, character = simulation.make_details(rng).profile(), simulation.make_character(rng)
    return profile, simulation.walk(PACK, profile, character, rng, today=TODAY, express=rng.random() < 0.3)


@pytest.fixture(scope="module")
def given():
    rng = random.Random(20261128)
    return [(_any_answers if place % 2 else _somebodys_answers)(rng) for place in range(2000)]


def _agree(single, second):
    for name in ("score", "low", "high", "confidence", "answered"):
        _same(getattr(single, name), second[name])
    for name in ("grade", "grade_low", "grade_high", "enough", "light"):
        assert getattr(single, name) == second[name]
    held = single.held_by and (single.held_by.rule, set(single.held_by.risks))
    assert held == second["held_by"]
    for one, other in zip(single.domains, second["domains"], strict=True):
        for name in ("score", "low", "high"):
            _same(getattr(one, name), other[name])
    assert {finding.risk for finding in single.findings} == set(second["findings"])
    for finding in single.findings:
        for name, wanted in second["findings"][finding.risk].items():
            _same(getattr(finding, name), wanted)


def _same(number, wanted):
    """The nearest decimal to the fraction, and no other."""
    assert number == (float(wanted) if isinstance(wanted, Fraction) else wanted)


def test_two_scorers_agree_on_two_thousand_answer_sets(given):
    for place, (profile, answers) in enumerate(given):
        is_express = place % 3 == 0
        single = score(PACK, profile, answers, today=TODAY, express=is_express)
        _agree(single, SECOND.score(profile, answers, TODAY, express=is_express))


@pytest.mark.parametrize("express", [False, True])
def test_the_bulk_engine_agrees_with_the_single_one_to_the_last_bit(given, express):
    bulk = score_frame(PACK, encode(PACK, given), express=express)
    for (profile, answers), row in zip(given, bulk.iter_rows(named=True), strict=True):
        single = score(PACK, profile, answers, today=TODAY, express=express)
        held = row.pop("held_by")
        assert held == (single.held_by and single.held_by.rule)
        assert row == {name: getattr(single, name) for name in row}
