"""What must hold for the shipped pack, over businesses of every kind and care."""

import datetime as dt
import random
import statistics

import pytest

from checkup.packs.catalogue import get_pack
from checkup.packs.conditions import refs
from checkup.scoring import simulation
from checkup.scoring.express import separation
from checkup.scoring.model import score
from checkup.scoring.routing import CheckupFacts, walk

PACK, TODAY = get_pack("cn-shanghai-msme"), dt.date(2026, 11, 24)
GATES = {"gov.place", "gov.sells", "gov.does"}


@pytest.fixture(scope="module")
def characters():
    rng = random.Random(4)
    made = []
    for _ in range(2000):
        profile = simulation.make_details(rng).profile()
        character = simulation.make_character(rng)
        answers = simulation.walk(PACK, profile, character, rng, today=TODAY, express=False)
        made.append((character.care, profile, answers))
    return made


@pytest.fixture(scope="module")
def businesses(characters):
    return [(profile, answers) for _, profile, answers in characters]


@pytest.fixture(scope="module")
def parted(characters):
    express = {question.id for question in PACK.questions if question.express}
    return separation(PACK, characters, express=express, today=TODAY)


def test_no_risk_is_found_from_questions_that_were_never_asked(businesses):
    for profile, answers in businesses[:500]:
        for finding in score(PACK, profile, answers, today=TODAY).findings:
            named = {ref for case in PACK.risk(finding.risk).cases for ref in refs(case.when)}
            asked = {ref for ref in named if not ref.startswith("profile.")} - GATES
            assert finding.state != "found" or asked & set(answers), finding.risk


def test_no_grade_is_rarer_than_eight_in_a_hundred(parted):
    assert min(parted.shares.values()) >= 0.08


def test_the_grade_explains_four_fifths_of_hidden_care(parted):
    assert parted.explained >= 0.8


def test_a_green_light_hides_no_grave_result(parted):
    assert parted.lights["green", "D"] + parted.lights["green", "E"] == 0


def test_without_a_finding_the_light_is_yellow_and_says_that_much_was_not_asked(parted):
    assert sum(count for (light, _), count in parted.lights.items() if light == "yellow") > 1000


def test_a_typical_express_round_has_twelve_to_sixteen_questions(businesses):
    counts = [len(walk(PACK, profile, answers, express=True).questions) for profile, answers in businesses]
    assert 12 <= statistics.median(counts) <= 16
    assert max(counts) <= 17


def test_a_typical_deep_round_has_at_most_fifty_two_questions(businesses):
    assert statistics.median(len(answers) for _, answers in businesses) <= 52


def random_value(question, rng):
    match question.kind:
        case "number":
            return float(rng.randrange(0, 10))
        case "date":
            return "2026-11-01"
        case "many":
            ids = [option.id for option in question.options]
            return tuple(sorted(rng.sample(ids, rng.randrange(1, len(ids)))))
    return rng.choice([option.id for option in question.options] or ["yes", "no"])


def test_ten_thousand_random_walks_end_and_meet_every_question():
    rng, met = random.Random(9), set()
    for _ in range(10_000):
        profile = simulation.make_details(rng).profile()
        facts = CheckupFacts(PACK, profile, {})
        for question in PACK.questions:
            if facts.on_path(question.id) is True:
                met.add(question.id)
                facts.learn(question.id, random_value(question, rng))
    assert met == {question.id for question in PACK.questions}
