"""From a document (YAML) to a policy, or to every fault in it by line. Pure."""

from pathlib import Path

import yaml

from billing.books.fee_kinds import FEE_KINDS
from billing.books.terms import MOST_MONTHS, Relief
from billing.hardship.facts import PAPERS
from billing.hardship.policy import DecisionClock, Outcome, Policy, Rule
from billing.hardship.policy_checks import check_policy
from checkup.packs.conditions import ALWAYS
from checkup.packs.parsing import condition
from checkup.packs.yaml_reader import LANGUAGES, Fault, Node, PackFaults, Reader, SafeLoader

MOST_LETTERS = 65_536
SHIPPED = Path(__file__).resolve().parent / "documents" / "cn-shanghai-hardship.yaml"
_MOST_YUAN = 10**9
_ROOT = (
    "id version title effective_from effective_until sources clock spot_check_percent budget resets rules outcomes"
    " elsewhere"
)
_RULE = "id kind name when near holds fails nearly evidence declaration elsewhere"
_OUTCOME = "id name when relief fee_kinds valid_months cap_yuan percent months instalments"
_SHAPE = {"reduce": "percent", "defer": "months", "instalments": "instalments"}


class PolicyFaults(Exception):
    """Every fault of a document, by line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def read_policy(content: str, name: str = "policy.yaml") -> Policy:
    """The policy of a document, validated whole. Raises: PolicyFaults."""
    faults: list[Fault] = []
    if len(content) > MOST_LETTERS:
        raise PolicyFaults((Fault(name, 1, f"longer than {MOST_LETTERS} characters"),))
    if _has_alias(content):
        raise PolicyFaults((Fault(name, 1, "anchors and aliases (& and *) are not allowed"),))
    policy = None
    try:
        reader = Reader(Path(name), faults, content)
        if reader.root:
            policy = _policy(reader)
            check_policy(policy, reader)
    except RecursionError:
        raise PolicyFaults((Fault(name, 1, "nested too deeply"),)) from None
    if faults or policy is None:
        raise PolicyFaults(PackFaults(faults).faults)
    return policy


def _has_alias(content: str) -> bool:
    try:
        return any(isinstance(token, yaml.AliasToken) for token in yaml.scan(content, Loader=SafeLoader))
    except yaml.YAMLError:
        return False


def _policy(reader: Reader) -> Policy:
    root = reader.root
    reader.keys(root, _ROOT, "policy")
    budget, resets = _part(reader, "budget", "waive_yuan defer_yuan"), _part(reader, "resets", "most months")
    named = root.get("elsewhere")
    elsewhere = named if isinstance(named, Node) else Node()
    return Policy(
        id=reader.word(root, "id"),
        version=reader.word(root, "version"),
        title=_text(reader, root, "title"),
        effective_from=reader.date(root, "effective_from"),
        effective_until=reader.date(root, "effective_until") if root.get("effective_until") is not None else None,
        sources=tuple(_text(reader, node, "text") for node in reader.nodes(root, "sources")),
        clock=_clock(reader),
        spot_check_percent=_whole(reader, root, "spot_check_percent", 0, 100),
        budget_waive_minor=100 * _whole(reader, budget, "waive_yuan", 0, _MOST_YUAN),
        budget_defer_minor=100 * _whole(reader, budget, "defer_yuan", 0, _MOST_YUAN),
        resets_most=_whole(reader, resets, "most", 0, 12),
        resets_months=_whole(reader, resets, "months", 1, MOST_MONTHS),
        rules=tuple(_rule(reader, node) for node in reader.nodes(root, "rules")),
        outcomes=tuple(_outcome(reader, node) for node in reader.nodes(root, "outcomes")),
        elsewhere={name: _text(reader, elsewhere, name) for name in elsewhere},
    )


def _part(reader: Reader, key: str, allowed: str) -> Node:
    """A mapping of the root; a missing one is named and read as empty."""
    found = reader.root.get(key)
    if not isinstance(found, Node):
        reader.fault(reader.root, f"{key} is missing")
        return Node(dict.fromkeys(allowed.split(), 1))
    reader.keys(found, allowed, key)
    return found


def _clock(reader: Reader) -> DecisionClock:
    node = _part(reader, "clock", "days calendar then_days recommend_days appeal_within_days appeal_days")
    is_empty = node.get("calendar") == 1
    return DecisionClock(
        days=_whole(reader, node, "days", 1, 90),
        calendar="natural" if is_empty else reader.word(node, "calendar", ("natural", "working")),
        then_days=_whole(reader, node, "then_days", 0, 90),
        recommend_days=_whole(reader, node, "recommend_days", 0, 90),
        appeal_within_days=_whole(reader, node, "appeal_within_days", 7, 365),
        appeal_days=_whole(reader, node, "appeal_days", 1, 90),
    )


def _rule(reader: Reader, node: Node) -> Rule:
    reader.keys(node, _RULE, "rule")
    near = node.get("near")
    for paper in reader.words(node, "evidence"):
        if paper not in PAPERS:
            reader.fault(node, f"evidence: {paper} is not one of {', '.join(PAPERS)}")
    return Rule(
        id=reader.word(node, "id"),
        kind=reader.word(node, "kind", ("gate", "ground", "passport")),
        name=_text(reader, node, "name"),
        when=condition(reader, node, node.get("when")),
        near=None if near is None else condition(reader, node, near),
        holds=_text(reader, node, "holds"),
        fails=_text(reader, node, "fails"),
        nearly=_text(reader, node, "nearly") if near is not None else {},
        evidence=reader.words(node, "evidence"),
        takes_declaration=node.get("declaration") is True,
        elsewhere=reader.words(node, "elsewhere"),
    )


def _outcome(reader: Reader, node: Node) -> Outcome:
    reader.keys(node, _OUTCOME, "outcome")
    relief = Relief(reader.word(node, "relief", tuple(Relief)))
    needed = _SHAPE.get(relief)
    for key in set(_SHAPE.values()) - {needed}:
        if key in node:
            reader.fault(node, f"outcome: {key} means nothing for {relief}")
    kinds = reader.words(node, "fee_kinds")
    for kind in kinds:
        if kind not in FEE_KINDS:
            reader.fault(node, f"fee_kinds: {kind} is not one of {', '.join(FEE_KINDS)}")
    if not kinds:
        reader.fault(node, "fee_kinds is missing")
    return Outcome(
        id=reader.word(node, "id"),
        name=_text(reader, node, "name"),
        when=condition(reader, node, node["when"]) if "when" in node else ALWAYS,
        relief=relief,
        fee_kinds=kinds,
        valid_months=_whole(reader, node, "valid_months", 1, 24),
        cap_minor=100 * _whole(reader, node, "cap_yuan", 1, _MOST_YUAN),
        percent=_whole(reader, node, "percent", 1, 99) if needed == "percent" else 0,
        months=_whole(reader, node, "months", 1, MOST_MONTHS) if needed == "months" else 0,
        instalments=_whole(reader, node, "instalments", 2, MOST_MONTHS) if needed == "instalments" else 0,
    )


def _text(reader: Reader, node: Node, key: str) -> dict[str, str]:
    """A text in every language and nothing beside: an unquoted comma would cut a text in two."""
    if isinstance(node.get(key), Node):
        reader.keys(node[key], " ".join(LANGUAGES), key)
    return reader.text(node, key)


def _whole(reader: Reader, node: Node, key: str, low: int, high: int) -> int:
    """A whole number within its limits, or a fault and the lower limit: money and days know no fractions."""
    value = node.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        reader.fault(node, f"{key}: {value} is not a whole number from {low} to {high}")
        return low
    return value


def read_shipped() -> str:
    """The document of the policy that is shipped, as text to start from."""
    return SHIPPED.read_text(encoding="utf-8")
