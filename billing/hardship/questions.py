"""The owner's four questions, made from the policy: they offer exactly the lines that its rules draw. Pure.

Turnover, troubles, disaster, certificates. Every one may be left unsure; what is unsure is unknown, never a no.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from billing.hardship.facts import ARREARS, CERTIFICATES, STRUCK, Fact, Text
from billing.hardship.policy import Policy
from tenants.errors import FieldFault, Invalid

NONE, UNSURE = "none", "unsure"
_UNSURE: Text = {"zh-Hans": "不清楚 / 不想说", "en": "Not sure / rather not say"}
_NONE: Text = {"zh-Hans": "都没有", "en": "None of these"}
_ARREARS: dict[str, Text] = {
    "loss_months": {"zh-Hans": "连着亏本 {n} 个月以上", "en": "A loss for {n} months or more in a row"},
    "wage_arrears": {"zh-Hans": "欠员工工资 {n} 个月以上", "en": "Wages owed for {n} month(s) or more"},
    "rent_arrears": {"zh-Hans": "欠房租 {n} 个月以上", "en": "Rent owed for {n} month(s) or more"},
    "overdue_share": {
        "zh-Hans": "别人到期没还我的钱，超过去年营业额的 {n}%",
        "en": "Customers are late with {n} % of last year's turnover or more",
    },
}
_ASKED: dict[str, Text] = {
    "turnover": {
        "zh-Hans": "和去年同一时候比，生意少了多少？",
        "en": "How much is turnover down on last year?",
    },
    "troubles": {"zh-Hans": "下面哪些是真的？", "en": "Which of these are true?"},
    "struck": {
        "zh-Hans": "最近一年，店里受过灾或被通知停业吗？",
        "en": "Disaster or forced closure in the past year?",
    },
    "certificates": {"zh-Hans": "您手里有没有这些证明？", "en": "Do you hold any of these?"},
}


@dataclass(frozen=True)
class Asked:
    """One question: `is_many` for several answers; choices are (value, text)."""

    name: str
    text: Text
    is_many: bool
    choices: tuple[tuple[str, Text], ...]


def ask(policy: Policy) -> tuple[Asked, ...]:
    """The questions that the policy needs, four at most."""
    found = (
        Asked("turnover", _ASKED["turnover"], False, _bands(policy)),
        Asked("troubles", _ASKED["troubles"], True, _troubles(policy)),
        Asked("struck", _ASKED["struck"], False, _struck(policy)),
        Asked("certificates", _ASKED["certificates"], True, _certificates(policy)),
    )
    return tuple(one for one in found if one.choices)


def _bands(policy: Policy) -> tuple[tuple[str, Text], ...]:
    lines = policy.thresholds("turnover_fall")
    if not lines:
        return ()
    first = {"zh-Hans": f"没少，或者少了不到 {lines[0]:g}%", "en": f"Not at all, or by less than {lines[0]:g} %"}
    between = [
        (f"{low:g}", {"zh-Hans": f"少了 {low:g}% 到 {high:g}%", "en": f"By {low:g} % to {high:g} %"})
        for low, high in zip(lines, lines[1:], strict=False)
    ]
    last = (f"{lines[-1]:g}", {"zh-Hans": f"少了 {lines[-1]:g}% 以上", "en": f"By {lines[-1]:g} % or more"})
    return (("0", first), *between, last, (UNSURE, _UNSURE))


def _troubles(policy: Policy) -> tuple[tuple[str, Text], ...]:
    found = [
        (f"{fact}:{line:g}", {language: text.format(n=f"{line:g}") for language, text in _ARREARS[fact].items()})
        for fact in ARREARS
        for line in policy.thresholds(fact)
    ]
    return (*found, (NONE, _NONE), (UNSURE, _UNSURE)) if found else ()


def _struck(policy: Policy) -> tuple[tuple[str, Text], ...]:
    named = [word for word in STRUCK if word in policy.words("struck")]
    words = [(word, STRUCK[word]) for word in dict.fromkeys((NONE, *named))]
    return (*words, (UNSURE, _UNSURE)) if named else ()


def _certificates(policy: Policy) -> tuple[tuple[str, Text], ...]:
    named = [word for word in CERTIFICATES if word in policy.words("certificates")]
    found = tuple((word, CERTIFICATES[word]) for word in named)
    return (*found, (NONE, _NONE), (UNSURE, _UNSURE)) if found else ()


def parse_answers(policy: Policy, answers: Mapping[str, Sequence[str]]) -> dict[str, Fact]:
    """The facts that the answers tell; what is unsure is absent. Raises: Invalid, every question without an answer
    (`empty`) or with one that was not offered (`unknown_option`)."""
    facts, faults = dict[str, Fact](), list[FieldFault]()
    for question in ask(policy):
        given = [one for one in answers.get(question.name, ()) if one]
        if not given:
            faults.append(FieldFault(question.name, "empty"))
        elif set(given) - {value for value, _ in question.choices}:
            faults.append(FieldFault(question.name, "unknown_option"))
        else:
            facts |= _facts(policy, question.name, given)
    if faults:
        raise Invalid(tuple(faults))
    return facts


def _facts(policy: Policy, name: str, given: Sequence[str]) -> dict[str, Fact]:
    if name == "troubles":
        return _trouble_facts(policy, given)
    is_unsure = UNSURE in given
    if name == "certificates":
        held = tuple(one for one in given if one not in (NONE, UNSURE))
        return {"certificates": held} if held or not is_unsure else {}
    if is_unsure:
        return {}
    return {"turnover_fall": float(given[0])} if name == "turnover" else {"struck": given[0]}


def _trouble_facts(policy: Policy, given: Sequence[str]) -> dict[str, Fact]:
    """What is ticked holds; what is not ticked does not, unless she is unsure of the rest."""
    told: dict[str, Fact] = {} if UNSURE in given else {fact: 0.0 for fact in ARREARS if policy.thresholds(fact)}
    for one in given:
        fact, _, line = one.partition(":")
        if line:
            told[fact] = max(float(line), float(str(told.get(fact, 0))))
    return told
