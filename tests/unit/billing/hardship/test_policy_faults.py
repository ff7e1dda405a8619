import datetime as dt

import pytest
import yaml

from billing.hardship.policy_reader import MOST_LETTERS, PolicyFaults, read_policy, read_shipped


def shipped():
    return yaml.load(read_shipped(), Loader=yaml.CSafeLoader)


def written(document):
    return yaml.dump(document, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper)


def changed(**changes):
    """The shipped document with top-level values replaced."""
    return written({**shipped(), **changes})


def with_rule(**changes):
    document = shipped()
    document["rules"][4].update(changes)  # turnover_fell
    return written(document)


def with_outcome(**changes):
    document = shipped()
    document["outcomes"][1].update(changes)  # half_price
    return written(document)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (changed(effective_until=dt.date(2025, 12, 31)), "empty date range: 2026-01-01 to 2025-12-31"),
        (changed(effective_from="soon"), "effective_from: soon is not a date"),
        (changed(sources=[]), "sources: name at least one"),
        (changed(elsewhere={}), "elsewhere: name who else can help"),
        (changed(spot_check_percent=0), "declarations are taken, so some must be checked"),
        (changed(spot_check_percent=101), "spot_check_percent: 101 is not a whole number from 0 to 100"),
        (changed(budget={"waive_yuan": -1, "defer_yuan": 10}), "waive_yuan: -1 is not a whole number"),
        (changed(budget={"waive_yuan": 0.5, "defer_yuan": 10}), "waive_yuan: 0.5 is not a whole number"),
        (changed(budget={"waive_yuan": 4000, "defer_yuan": 9000000}), "half_price: cap_yuan is more than the whole"),
        (changed(clock={"days": 7, "calendar": "lunar", "then_days": 3, "recommend_days": 3}), "calendar: lunar"),
        (changed(clock=None), "clock is missing"),
        (changed(rules=[]), "rules: at least one gate is needed"),
        (changed(outcomes=[]), "outcomes: at least one is needed"),
        (changed(colour="red"), "policy: unknown key colour"),
        (with_rule(when={"ge": ["turnover", 30]}), "turnover_fell: unknown fact turnover"),
        (with_rule(when={"roughly": ["turnover_fall", 30]}), "unknown operator roughly"),
        (with_rule(when={"gt": ["turnover_fall", 30]}), "gt cannot be asked of turnover_fall, only ge, lt"),
        (with_rule(when={"ge": ["turnover_fall", 300]}), "turnover_fall: 300.0 is not a number from 0 to 100"),
        (with_rule(when={"ge": ["turnover_fall", "much"]}), "turnover_fall: much is not a number"),
        (with_rule(when={"is": ["size", "tiny"]}), "size: tiny is not one of micro, small, medium, large"),
        (with_rule(when={"all": []}), "all: [] asks nothing"),
        (with_rule(when=True), "when must ask something"),
        (with_rule(evidence=["selfie"]), "evidence: selfie is not one of"),
        (with_rule(evidence=[], declaration=False), "nobody could prove this"),
        (with_rule(kind="gate"), "a gate asks for no proof"),
        (with_rule(kind="passport"), "a passport is proved by the certificate itself"),
        (with_rule(holds={"zh-Hans": "少了"}), "holds: no text in en"),
        (with_rule(holds={"zh-Hans": "少了", "en": "Down", " by half": None}), "holds: unknown key"),
        (with_rule(elsewhere=["grandmother"]), "elsewhere: grandmother is not described"),
        (with_rule(id="small_enough"), "small_enough is given twice"),
        (with_outcome(percent=100), "percent: 100 is not a whole number from 1 to 99"),
        (with_outcome(months=3), "outcome: months means nothing for reduce"),
        (with_outcome(relief="gift"), "relief: gift is not one of"),
        (with_outcome(fee_kinds=["tea"]), "fee_kinds: tea is not one of"),
        (with_outcome(fee_kinds=[]), "fee_kinds is missing"),
        (with_outcome(cap_yuan=0), "cap_yuan: 0 is not a whole number"),
        (with_outcome(when={"has": ["grounds", "bad_luck"]}), "grounds: bad_luck is not one of"),
        (with_outcome(relief="instalments", instalments=3, id="three_parts"), "never reached"),
        ("rules: [", "not valid YAML"),
        ("- a list", "must be a mapping"),
        ("", "must be a mapping"),
        ("a: &x [1]\nb: *x\n", "anchors and aliases"),
        ("a: " + "[" * 20_000 + "]" * 20_000, "nested too deeply"),
        ("x" * (MOST_LETTERS + 1), "longer than"),
        ("id: a\nid: b\n", "id is given twice"),
    ],
)
def test_a_document_that_means_nothing_is_refused_with_its_fault_named(content, says):
    with pytest.raises(PolicyFaults) as refused:
        read_policy(content)
    assert says in str(refused.value)


def test_every_fault_is_named_at_once_with_its_line():
    with pytest.raises(PolicyFaults) as refused:
        read_policy(changed(elsewhere={}, sources=[], colour="red"))
    assert len(refused.value.faults) == 5
    assert all(fault.line >= 1 for fault in refused.value.faults)
