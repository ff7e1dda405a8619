"""Businesses, each a story: what the pack must and must not find, and why (`tests/golden/*.yaml`).

A second person can derive the answers from the story: what it does not mention is in order.
"""

import pytest
import yaml

from checkup.packs.catalogue import get_pack
from checkup.scoring.answers_file import parse_answers
from checkup.scoring.model import score
from checkup.scoring.routing import walk
from tests.places import ROOT

PACK = get_pack("cn-shanghai-msme")
GOLDEN = sorted((ROOT / "tests/golden").glob("*.yaml"))


@pytest.fixture(params=GOLDEN, ids=lambda file: file.stem)
def golden(request):
    story = yaml.safe_load(request.param.read_text(encoding="utf-8"))
    given = parse_answers(PACK, {key: story[key] for key in ("profile", "answers", "today")})
    return story, given, score(PACK, given.profile, given.answers, today=given.today)


def found(result):
    return {finding.risk for finding in result.findings if finding.state == "found"}


def test_a_golden_business_gets_its_grade(golden):
    story, _, result = golden
    assert result.grade == story["grade"], f"{result.score:.1f} of {result.low:.1f}–{result.high:.1f}"


def test_a_golden_business_has_the_findings_it_must_have(golden):
    story, _, result = golden
    assert set(story["must"]) <= found(result)


def test_a_golden_business_has_no_finding_it_must_not_have(golden):
    story, _, result = golden
    assert not set(story["must_not"]) & found(result)


def test_a_golden_business_gets_its_light_and_the_rule_that_held_its_grade(golden):
    story, _, result = golden
    assert (result.light, result.held_by.rule) == (story["light"], story["held_by"])


def test_a_golden_business_is_told_these_three_things_first(golden):
    story, _, result = golden
    assert [finding.risk for finding in result.findings if finding.state == "found"][:3] == story["first"]


def test_a_golden_business_has_its_last_days(golden):
    story, _, result = golden
    due = {finding.risk: finding.due for finding in result.findings if finding.due}
    assert {risk: due.get(risk) for risk in story.get("due", {})} == story.get("due", {})


def test_a_golden_business_answers_only_what_it_is_asked(golden):
    _, given, _ = golden
    on_path = {question.id for question in walk(PACK, given.profile, given.answers).questions}
    assert set(given.answers) <= on_path


def test_a_golden_business_says_why(golden):
    story, _, _ = golden
    assert story["story"].count("。") >= 3
    assert all(reason for reasons in (story["must"], story["must_not"]) for reason in reasons.values())
