"""Formulas of indicators: measures, numbers, + − × ÷ and brackets, nothing else. Pure.

A withheld or unknown measure makes the result unknown and is named; so does a division by nought.
"""

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass

from bureau.reports.measures import Book, at

MOST_LENGTH = 300
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass
class FormulaFault(Exception):
    """The formula cannot be used: a stable code and the part that is meant."""

    code: str
    part: str


@dataclass(frozen=True)
class Outcome:
    """The value, or None with the measures that are withheld or missing (or `÷0`)."""

    value: float | None
    lacking: tuple[str, ...] = ()


def names_in(formula: str) -> frozenset[str]:
    """The measures that a formula uses. Raises: FormulaFault."""
    return frozenset(node.id for node in ast.walk(_tree(formula)) if isinstance(node, ast.Name))


def check_formula(formula: str, known: frozenset[str]) -> None:
    """Raises: FormulaFault `not_a_formula`, `too_long`, `unknown_measure`."""
    for name in sorted(names_in(formula) - known):
        raise FormulaFault("unknown_measure", name)


def evaluate(formula: str, book: Book, place: str | None = None) -> Outcome:
    """The formula over the book, every measure taken at `place` if one is given. Raises: FormulaFault."""
    tree = _tree(formula)
    keys = {name: name if place is None else at(name, place) for name in names_in(formula)}
    held = {name: book[key].value if key in book else None for name, key in keys.items()}
    lacking = tuple(sorted(keys[name] for name, value in held.items() if value is None))
    if lacking:
        return Outcome(None, lacking)
    try:
        return Outcome(_value(tree.body, {name: value for name, value in held.items() if value is not None}))
    except ZeroDivisionError:
        return Outcome(None, ("÷0",))


def _tree(formula: str) -> ast.Expression:
    if len(formula) > MOST_LENGTH:
        raise FormulaFault("too_long", str(MOST_LENGTH))
    try:
        tree = ast.parse(formula.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaFault("not_a_formula", formula[:40]) from None
    for node in ast.walk(tree):
        if not _is_allowed(node):
            raise FormulaFault("not_a_formula", ast.unparse(node)[:40] if isinstance(node, ast.expr) else "?")
    return tree


def _is_allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub)
    if isinstance(node, ast.BinOp):
        return type(node.op) in _OPERATORS
    return isinstance(node, ast.Expression | ast.Name | ast.Load | ast.USub | ast.operator)


def _value(node: ast.expr, held: dict[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return held[name]
        case ast.UnaryOp(operand=operand):
            return -_value(operand, held)
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](_value(left, held), _value(right, held))
    raise FormulaFault("not_a_formula", ast.unparse(node)[:40])
