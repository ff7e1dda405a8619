import pytest
import yaml

from billing.hardship.assessment import Proofs, assess
from billing.hardship.facts import HardshipFacts
from billing.hardship.policy_reader import read_policy, read_shipped
from tests.places import ROOT

CASES = yaml.safe_load((ROOT / "tests/golden_hardship/cases.yaml").read_text(encoding="utf-8"))
CALM = {
    "size": "micro", "turnover_fall": 0, "loss_months": 0, "wage_arrears": 0, "rent_arrears": 0, "overdue_share": 0,
    "struck": "none", "certificates": (),
}  # fmt: skip
POLICY = read_policy(read_shipped())


def assessed(case):
    facts = {**CALM, **case.get("facts", {})}
    facts["certificates"] = tuple(facts["certificates"])
    for name in case.get("unsure", ()):
        del facts[name]
    proofs = Proofs(frozenset(case.get("papers", ())), case.get("declared", False))
    return assess(POLICY, HardshipFacts(facts), proofs, has_means=case.get("means", True))


def test_at_least_forty_cases_are_written_down():
    assert len(CASES) >= 40
    assert {case["answer"] for case in CASES} == {"yes", "likely", "person", "no"}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_hardship_case_is_answered_with_its_reasons(case):
    found = assessed(case)
    said = {r.rule: r.verdict for r in found.reasons if r.verdict != "fails" or r.kind == "gate"}
    assert (found.answer, said) == (case["answer"], case["said"])
    assert [one.id for one in found.outcomes] == case.get("offer", [])


@pytest.mark.parametrize("case", [c for c in CASES if c["answer"] == "no"], ids=lambda c: c["name"])
def test_a_no_gives_every_reason_in_words_and_says_who_else_can_help(case):
    found = assessed(case)
    assert list(found.elsewhere) == case.get("elsewhere", list(POLICY.elsewhere))
    assert all(r.text["zh-Hans"] and r.text["en"] for r in found.reasons if r.verdict == "fails")


def test_the_reason_for_statistics_is_a_ground_that_holds_before_one_that_nearly_does():
    case = next(c for c in CASES if c["name"] == "one near and one that holds")
    assert assessed(case).ground == "at_a_loss"


def test_the_papers_asked_for_are_those_of_unproved_grounds():
    case = next(c for c in CASES if c["name"] == "two grounds and one is proved")
    assert assessed(case).wanted == ("tax_return", "bank_statement", "sales_record")
