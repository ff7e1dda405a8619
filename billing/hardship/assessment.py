"""One of four answers to an owner who asks for relief, with a reason per rule. Pure; it refuses nobody.

`yes`: a ground holds and is proved. `likely`: it holds, the proof is still to come. `person`: something is unknown or
near the line, or no means are left: somebody will look. `no`: with the reasons, and who else can help. Whatever the
answer, a person decides; an owner may apply after a `no` as well.
"""

from collections.abc import Callable
from dataclasses import dataclass

from billing.hardship.facts import HardshipFacts, Text
from billing.hardship.policy import Outcome, Policy, Rule
from checkup.packs.conditions import Condition, Truth, compile_condition

ANSWERS = ("yes", "likely", "person", "no")


@dataclass(frozen=True)
class Proofs:
    """What the owner hands in: kinds of papers (`PAPERS`), and whether she signed the declaration (告知承诺)."""

    papers: frozenset[str] = frozenset()
    is_declared: bool = False


@dataclass(frozen=True)
class Reason:
    """What one rule said: `holds`, `fails`, `near` or `unknown`; `is_proved` for a ground that holds."""

    rule: str
    kind: str
    verdict: str
    name: Text
    text: Text
    is_proved: bool = False


@dataclass(frozen=True)
class Assessment:
    """The answer, its reasons, the reliefs on offer (the first is proposed), the papers that would prove the grounds,
    whether a declaration would do, and the ids of who else can help."""

    answer: str
    reasons: tuple[Reason, ...]
    outcomes: tuple[Outcome, ...]
    wanted: tuple[str, ...]
    takes_declaration: bool
    elsewhere: tuple[str, ...]
    has_means: bool = True

    @property
    def ground(self) -> str:
        """The first ground that holds or nearly does: what statistics call the reason. Empty when there is none."""
        found = [r for r in self.reasons if r.kind != "gate" and r.verdict in ("holds", "near")]
        return min(found, key=lambda r: r.verdict == "near").rule if found else ""


def assess(policy: Policy, facts: HardshipFacts, proofs: Proofs, *, has_means: bool = True) -> Assessment:
    """The answer of this policy. `has_means`: whether this year's budget still has room."""
    reasons = tuple(_reason(rule, facts, proofs) for rule in policy.rules)
    gates = [reason for reason in reasons if reason.kind == "gate"]
    grounds = [reason for reason in reasons if reason.kind != "gate"]
    held = tuple(reason.rule for reason in grounds if reason.verdict == "holds")
    known = facts.with_grounds(held)
    outcomes = tuple(one for one in policy.outcomes if compile_condition(one.when)(known) is True) if held else ()
    answer = _answer(gates, grounds, has_outcome=bool(outcomes), has_means=has_means)
    open_rules = [policy.rule(r.rule) for r in grounds if r.verdict in ("holds", "near", "unknown") and not r.is_proved]
    return Assessment(
        answer=answer,
        reasons=reasons,
        outcomes=() if answer == "no" else outcomes,
        wanted=tuple(dict.fromkeys(paper for rule in open_rules for paper in rule.evidence)),
        takes_declaration=any(rule.takes_declaration for rule in open_rules),
        elsewhere=_elsewhere(policy, gates) if answer in ("no", "person") else (),
        has_means=has_means,
    )


def _reason(rule: Rule, facts: HardshipFacts, proofs: Proofs) -> Reason:
    verdict = _verdict(rule, facts)
    text = {"holds": rule.holds, "near": rule.nearly, "unknown": {}, "fails": rule.fails}[verdict]
    is_proved = verdict == "holds" and (
        bool(proofs.papers & set(rule.evidence)) or (proofs.is_declared and rule.takes_declaration)
    )
    return Reason(rule.id, rule.kind, verdict, rule.name, text, is_proved)


def _verdict(rule: Rule, facts: HardshipFacts) -> str:
    truth, near = _truth(rule.when, facts), None if rule.near is None else _truth(rule.near, facts)
    if truth is True:
        return "holds"
    if truth is None:
        return "unknown"
    return "near" if rule.near is not None and near is not False else "fails"


def _truth(condition: Condition, facts: HardshipFacts) -> Truth:
    evaluate: Callable[[HardshipFacts], Truth] = compile_condition(condition)
    return evaluate(facts)


def _answer(gates: list[Reason], grounds: list[Reason], *, has_outcome: bool, has_means: bool) -> str:
    if any(gate.verdict == "fails" for gate in gates):
        return "no"
    held = [ground for ground in grounds if ground.verdict == "holds"]
    is_sure = all(gate.verdict == "holds" for gate in gates) and has_outcome and has_means
    if held and is_sure:
        return "yes" if any(ground.is_proved for ground in held) else "likely"
    if held or any(ground.verdict in ("near", "unknown") for ground in grounds):
        return "person"
    return "no"


def _elsewhere(policy: Policy, gates: list[Reason]) -> tuple[str, ...]:
    named = [name for gate in gates if gate.verdict == "fails" for name in policy.rule(gate.rule).elsewhere]
    return tuple(dict.fromkeys(named)) or tuple(policy.elsewhere)
