"""What a policy's document cannot say line by line: empty ranges, unknown facts, rules nobody can prove. Pure."""

from collections import Counter
from collections.abc import Iterator

from billing.books.terms import Relief
from billing.hardship.facts import FACTS, Kind
from billing.hardship.policy import Outcome, Policy, Rule
from checkup.packs.conditions import ALWAYS, Compare, Condition, Fixed, Group, Not, compares
from checkup.packs.yaml_reader import Node, Reader


def check_policy(policy: Policy, reader: Reader) -> None:
    """Add every fault to the reader's."""
    root = reader.root
    for message in (*_whole_faults(policy), *_twice(policy)):
        reader.fault(root, message)
    rules, outcomes = reader.nodes(root, "rules"), reader.nodes(root, "outcomes")
    grounds = Kind("many", tuple(rule.id for rule in policy.grounds), ("has",))
    for node, rule in zip(rules, policy.rules, strict=False):
        _say(reader, node, [*_rule_faults(rule, policy), *_condition_faults(rule.when, FACTS)])
        _say(reader, node, _condition_faults(rule.near, FACTS) if rule.near is not None else ())
    known = {**FACTS, "grounds": grounds}
    for number, (node, outcome) in enumerate(zip(outcomes, policy.outcomes, strict=False)):
        earlier = policy.outcomes[:number]
        _say(reader, node, [*_outcome_faults(outcome, policy, earlier), *_condition_faults(outcome.when, known)])


def _say(reader: Reader, node: Node, messages: Iterator[str] | list[str] | tuple[str, ...]) -> None:
    for message in messages:
        reader.fault(node, f"{node.get('id')}: {message}")


def _whole_faults(policy: Policy) -> Iterator[str]:
    if policy.effective_until is not None and policy.effective_until < policy.effective_from:
        yield f"empty date range: {policy.effective_from} to {policy.effective_until}"
    if not policy.sources:
        yield "sources: name at least one"
    if not any(rule.kind == "gate" for rule in policy.rules):
        yield "rules: at least one gate is needed"
    if not policy.grounds:
        yield "rules: at least one ground is needed"
    if not policy.outcomes:
        yield "outcomes: at least one is needed"
    if not policy.elsewhere:
        yield "elsewhere: name who else can help"
    if policy.spot_check_percent == 0 and any(rule.takes_declaration for rule in policy.rules):
        yield "spot_check_percent: declarations are taken, so some must be checked"


def _twice(policy: Policy) -> Iterator[str]:
    ids = Counter([rule.id for rule in policy.rules] + [one.id for one in policy.outcomes])
    return (f"{name} is given twice" for name, count in ids.items() if count > 1)


def _rule_faults(rule: Rule, policy: Policy) -> Iterator[str]:
    if isinstance(rule.when, Fixed):
        yield "when must ask something"
    if rule.kind == "gate" and (rule.evidence or rule.takes_declaration):
        yield "a gate asks for no proof"
    if rule.kind == "ground" and not (rule.evidence or rule.takes_declaration):
        yield "nobody could prove this: name evidence or take a declaration"
    if rule.kind == "passport" and ("certificate" not in rule.evidence or rule.takes_declaration):
        yield "a passport is proved by the certificate itself: evidence must name certificate, and no declaration"
    for name in rule.elsewhere:
        if name not in policy.elsewhere:
            yield f"elsewhere: {name} is not described"


def _outcome_faults(outcome: Outcome, policy: Policy, earlier: tuple[Outcome, ...]) -> Iterator[str]:
    if any(one.when == ALWAYS and one.relief == outcome.relief for one in earlier):
        yield f"never reached: an earlier {outcome.relief} is always offered"
    lets_off = outcome.relief in (Relief.WAIVE, Relief.REDUCE)
    budget = policy.budget_waive_minor if lets_off else policy.budget_defer_minor
    if outcome.cap_minor > budget:
        yield "cap_yuan is more than the whole year's budget"


def _condition_faults(condition: Condition, known: dict[str, Kind]) -> Iterator[str]:
    yield from _empty_groups(condition)
    for compare in compares(condition):
        kind = known.get(compare.ref)
        if kind is None:
            yield f"unknown fact {compare.ref}"
        elif compare.operator not in kind.operators:
            yield f"{compare.operator} cannot be asked of {compare.ref}, only {', '.join(kind.operators)}"
        else:
            yield from _operand_faults(compare, kind)


def _operand_faults(compare: Compare, kind: Kind) -> Iterator[str]:
    if kind.name == "number":
        if not isinstance(compare.operand, float) or not 0 <= compare.operand <= kind.most:
            yield f"{compare.ref}: {compare.operand} is not a number from 0 to {kind.most:g}"
        return
    words = compare.operand if isinstance(compare.operand, tuple) else (str(compare.operand),)
    for word in words:
        if word not in kind.values:
            yield f"{compare.ref}: {word} is not one of {', '.join(kind.values)}"


def _empty_groups(condition: Condition) -> Iterator[str]:
    match condition:
        case Group(operator=operator, parts=()):
            yield f"{operator}: [] asks nothing"
        case Group(parts=parts):
            for part in parts:
                yield from _empty_groups(part)
        case Not(part=part):
            yield from _empty_groups(part)
