"""From a YAML node to the rule of a price. Amounts are written in yuan, in quotes: a YAML number is not exact. Pure."""

import re

from billing.books.money import InvalidMoney, Money
from billing.fees.pricing import AdValorem, Bracket, Flat, PerUnit, Rule
from checkup.packs.yaml_reader import Node, Reader

_KINDS = ("flat", "per_unit", "brackets")
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?")


def read_rule(reader: Reader, node: Node) -> Rule:
    """Exactly one of flat, per_unit, brackets."""
    given = [kind for kind in _KINDS if kind in node]
    if len(given) != 1:
        reader.fault(node, f"a price has exactly one of {', '.join(_KINDS)}")
        return Flat(Money(1))
    if given == ["flat"]:
        return Flat(_money(reader, node, "flat") or Money(1))
    if given == ["per_unit"]:
        return PerUnit(_money(reader, node, "per_unit") or Money(1), reader.text(node, "unit"))
    brackets = tuple(_bracket(reader, one) for one in reader.nodes(node, "brackets"))
    _check_order(reader, node, brackets)
    least = _money(reader, node, "least") if "least" in node else None
    most = _money(reader, node, "most") if "most" in node else None
    if least is not None and most is not None and most < least:
        reader.fault(node, "most is less than least")
    return AdValorem(brackets, least, most)


def _bracket(reader: Reader, node: Node) -> Bracket:
    reader.keys(node, "to flat percent", "bracket")
    to = _money(reader, node, "to") if "to" in node else None
    if ("flat" in node) == ("percent" in node):
        reader.fault(node, "a bracket has either flat or percent")
    flat = _money(reader, node, "flat") if "flat" in node else None
    return Bracket(to, flat, _basis_points(reader, node) if "percent" in node else 0)


def _check_order(reader: Reader, node: Node, brackets: tuple[Bracket, ...]) -> None:
    """Each bracket ends above the one before; only the last, and it must, has no end."""
    tops = [bracket.to for bracket in brackets]
    closed = [top for top in tops if top is not None]
    if not tops or tops[-1] is not None or len(closed) != len(tops) - 1:
        reader.fault(node, "brackets: the last one, and only it, has no `to`")
    elif any(later <= earlier for earlier, later in zip(closed, closed[1:], strict=False)):
        reader.fault(node, "brackets: each must end above the one before")


def _money(reader: Reader, node: Node, key: str) -> Money | None:
    value = node.get(key)
    try:
        if not isinstance(value, str):
            raise InvalidMoney("not_money")
        amount = Money.parse(value)
    except InvalidMoney as refused:
        reader.fault(node, f"{key}: {value} is not an amount in quotes ({refused.code})")
        return None
    if not amount:
        reader.fault(node, f"{key}: what costs nothing belongs under free")
    return amount


def _basis_points(reader: Reader, node: Node) -> int:
    found = _PERCENT.fullmatch(str(node.get("percent")))
    points = 0 if found is None else int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
    if not 0 < points <= 10_000:
        reader.fault(node, f"percent: {node.get('percent')} is not a share above 0 and up to 100, two digits at most")
    return points
