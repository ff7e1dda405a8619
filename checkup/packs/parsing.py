"""From YAML nodes to the values of a pack. Pure."""

import datetime as dt
from typing import Any, cast

from checkup.packs.conditions import ALWAYS, COMPARISONS, NEVER, Compare, Condition, Fixed, Group, Not
from checkup.packs.question_groups import repeated
from checkup.packs.risk_words import case_words, levels
from checkup.packs.values import (
    Basis,
    Case,
    Clock,
    Domain,
    Kind,
    LegalDay,
    Opportunity,
    Option,
    Question,
    Risk,
    Variant,
)
from checkup.packs.yaml_reader import Node, Reader

KINDS = ("choice", "many", "yes_no", "number", "date")
PROVIDERS = ("lawyer", "notary", "mediation", "arbitration", "appraisal", "legal-aid", "none")
UNITS = ("days", "months", "years")
_QUESTION_KEYS = "id text why example type unit min max ask express options repeat replaces"
_RISK_KEYS = (
    "id title severity severity_why applies likelihood if_unknown basis consequence remedy effort provider clock urgent"
    " beside repeat exists words variants"
)
_VARIANT_KEYS = "from title basis consequence remedy clock words"


def parse_domain(reader: Reader) -> Domain:
    root = reader.root
    reader.keys(root, "id name questions risks opportunities repeats", "domain")
    domain_id = reader.word(root, "id")
    questions, risks = repeated(reader)
    return Domain(
        id=domain_id,
        name=reader.text(root, "name"),
        questions=tuple(_question(reader, node, domain_id) for node in questions),
        risks=tuple(_risk(reader, node, domain_id) for node in risks),
        opportunities=tuple(_opportunity(reader, node, domain_id) for node in reader.nodes(root, "opportunities")),
    )


def _question(reader: Reader, node: Node, domain: str) -> Question:
    reader.keys(node, _QUESTION_KEYS, "question")
    kind = cast(Kind, reader.word(node, "type", KINDS))
    options = _options(reader, node)
    if (kind in ("choice", "many")) != bool(options):
        reader.fault(node, f"a {kind} question must {'have' if kind in ('choice', 'many') else 'not have'} options")
    return Question(
        id=reader.word(node, "id"),
        domain=domain,
        text=reader.text(node, "text"),
        why=reader.text(node, "why"),
        example=reader.text(node, "example"),
        kind=kind,
        options=options,
        unit=reader.text(node, "unit") if kind == "number" else None,
        minimum=reader.number(node, "min", -1e12, 1e12),
        maximum=reader.number(node, "max", -1e12, 1e12),
        express=node.get("express") is True,
        ask=condition(reader, node, node.get("ask", True)),
        replaces=reader.words(node, "replaces"),
    )


def _options(reader: Reader, node: Node) -> tuple[Option, ...]:
    """`absent: true` stands for every other option of the list but `none`."""
    nodes = reader.nodes(node, "options")
    ids = [reader.word(option, "id") for option in nodes]
    return tuple(
        Option(
            own,
            reader.text(option, "text"),
            tuple(one for one in ids if one not in (own, "none"))
            if option.get("absent") is True
            else reader.words(option, "absent"),
        )
        for own, option in zip(ids, nodes, strict=True)
    )


def _risk(reader: Reader, node: Node, domain: str) -> Risk:
    reader.keys(node, _RISK_KEYS, "risk")
    cases, otherwise, table = _likelihood(reader, node)
    return Risk(
        id=reader.word(node, "id"),
        domain=domain,
        title=reader.text(node, "title"),
        severity=int(reader.number(node, "severity", 1, 5, 1) or 1),
        severity_why=reader.text(node, "severity_why"),
        applies=condition(reader, node, node.get("applies", True)),
        cases=cases,
        otherwise=otherwise,
        if_unknown=_share(reader, node, "if_unknown") if "if_unknown" in node else None,
        basis=_bases(reader, node),
        consequence=reader.text(node, "consequence"),
        remedy=reader.text(node, "remedy"),
        effort=int(reader.number(node, "effort", 1, 3, 1) or 1),
        provider=reader.word(node, "provider", PROVIDERS, "none"),
        clock=_clock(reader, node),
        urgent=condition(reader, node, node.get("urgent", False)),
        beside=reader.words(node, "beside"),
        table=table,
        exists=condition(reader, node, node["exists"]) if "exists" in node else None,
        levels=levels(reader, node),
        variants=tuple(_variant(reader, one) for one in reader.nodes(node, "variants")),
    )


def _variant(reader: Reader, node: Node) -> Variant:
    reader.keys(node, _VARIANT_KEYS, "variant")
    if len(node) < 2:
        reader.fault(node, "variant: it changes nothing")
    return Variant(
        from_=reader.date(node, "from"),
        title=reader.text(node, "title") if "title" in node else None,
        basis=_bases(reader, node) if "basis" in node else None,
        consequence=reader.text(node, "consequence") if "consequence" in node else None,
        remedy=reader.text(node, "remedy") if "remedy" in node else None,
        clock=_clock(reader, node),
        levels=levels(reader, node) if "words" in node else None,
    )


def _opportunity(reader: Reader, node: Node, domain: str) -> Opportunity:
    reader.keys(node, "id title when basis text step", "opportunity")
    return Opportunity(
        id=reader.word(node, "id"),
        domain=domain,
        title=reader.text(node, "title"),
        when=condition(reader, node, node.get("when", True)),
        basis=_bases(reader, node),
        text=reader.text(node, "text"),
        step=reader.text(node, "step"),
    )


def _likelihood(reader: Reader, node: Node) -> tuple[tuple[Case, ...], float, str | None]:
    """The cases, what holds otherwise, and the question of the short form."""
    spec = node.get("likelihood")
    if not isinstance(spec, Node):
        reader.fault(node, f"{node.get('id')}: likelihood is missing")
        return (), 0.0, None
    words = case_words(reader, node)
    if "table" in spec:
        reader.keys(spec, "question table", "likelihood")
        table = spec["table"] if isinstance(spec["table"], Node) else Node()
        question = reader.word(spec, "question")
        cases = [
            Case(Compare("is", question, option), _share(reader, table, option), words.get(option)) for option in table
        ]
        return tuple(cases), 0.0, question if len(cases) > 1 else None
    reader.keys(spec, "cases otherwise", "likelihood")
    cases = [_case(reader, case) for case in reader.nodes(spec, "cases")]
    return tuple(cases), _share(reader, spec, "otherwise"), None


def _case(reader: Reader, node: Node) -> Case:
    reader.keys(node, "when is title consequence remedy", "case")
    when = condition(reader, node, node.get("when", True))
    return Case(when, _share(reader, node, "is"), case_words(reader, node).get(""))


def _share(reader: Reader, node: Node, key: str) -> float:
    """A likelihood: scores are summed in ten-thousandths, so it has no more than four decimals."""
    value = reader.number(node, key, 0, 1, 0) or 0.0
    if round(value, 4) != value:
        reader.fault(node, f"{key}: {value} has more than four decimals")
    return value


def _bases(reader: Reader, node: Node) -> tuple[Basis, ...]:
    basis = tuple(_basis(reader, item) for item in reader.nodes(node, "basis"))
    if not basis:
        reader.fault(node, f"{node.get('id')}: a basis in law is missing")
    return basis


def _basis(reader: Reader, node: Node) -> Basis:
    reader.keys(node, "law article version", "basis")
    articles = reader.words(node, "article")
    if not articles:
        reader.fault(node, "basis: article is missing")
    return Basis(reader.word(node, "law"), articles, reader.date(node, "version"))


def _clock(reader: Reader, risk: Node) -> Clock | LegalDay | None:
    node = risk.get("clock")
    if not isinstance(node, Node):
        return None
    if "day" in node:
        reader.keys(node, "day", "clock")
        return LegalDay(reader.date(node, "day"))
    reader.keys(node, "from calendar days months years", "clock")
    units = [unit for unit in UNITS if unit in node]
    if len(units) != 1:
        reader.fault(node, "clock: give exactly one of days, months, years")
        return None
    amount = reader.number(node, units[0], 1, 3650, 1) or 1
    calendar = reader.word(node, "calendar", ("natural", "working"), "natural")
    return Clock(reader.word(node, "from"), int(amount), cast(Any, units[0]), cast(Any, calendar))


def condition(reader: Reader, at: Node, raw: Any) -> Condition:
    """A condition, or a fault and `true`."""
    if isinstance(raw, bool):
        return ALWAYS if raw else NEVER
    if not isinstance(raw, Node) or len(raw) != 1:
        reader.fault(at, f"a condition must be one operator, not {raw!r:.60}")
        return Fixed(True)
    ((operator, operand),) = raw.items()
    if operator in ("all", "any") and isinstance(operand, list):
        return Group(operator, tuple(condition(reader, raw, part) for part in operand))
    if operator == "not":
        return Not(condition(reader, raw, operand))
    if operator in COMPARISONS:
        return _comparison(reader, raw, operator, operand)
    reader.fault(raw, f"unknown operator {operator}")
    return Fixed(True)


def _comparison(reader: Reader, at: Node, operator: str, operand: Any) -> Condition:
    if operator == "answered":
        return Compare(operator, str(operand), "")
    if not isinstance(operand, list) or len(operand) != 2 or not isinstance(operand[0], str):
        reader.fault(at, f"{operator} needs [fact, value]")
        return Fixed(True)
    ref, value = operand
    if operator == "in":
        return Compare(operator, ref, tuple(map(_operand, value if isinstance(value, list) else [value])))
    return Compare(operator, ref, _operand(value))


def _operand(value: Any) -> str | float:
    """A number stays one, so that it can equal an answer in numbers; all else is a word."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return float(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
