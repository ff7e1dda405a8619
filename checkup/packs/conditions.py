"""Conditions as data: a closed list of operators, evaluated in three-valued (Kleene) logic. Pure.

`None` is unknown. An unsure or unanswered question is unknown; a question off the path makes its condition false,
and (from model 2 on, by `push_negation`) the opposite of its condition as well.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from operator import eq, ge, gt, le, lt, methodcaller
from typing import Any, Final

Truth = bool | None
Operand = str | float | tuple[str | float, ...]
COMPARISONS = ("is", "in", "gt", "ge", "lt", "le", "has", "answered")
ORDERED = ("gt", "ge", "lt", "le")


@dataclass(frozen=True)
class Fixed:
    value: bool


@dataclass(frozen=True)
class Group:
    """`all` or `any` of several conditions."""

    operator: str
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    part: "Condition"


@dataclass(frozen=True)
class Compare:
    """One fact (`profile.<field>` or a question id) against a value; `negated`: the fact is there and it is not so."""

    operator: str
    ref: str
    operand: Operand
    negated: bool = False


Condition = Fixed | Group | Not | Compare
ALWAYS, NEVER = Fixed(True), Fixed(False)


OFF_PATH: Final = object()


class Facts(ABC):
    """What a condition asks: the value of a fact, and whether its question is on the path."""

    @abstractmethod
    def on_path(self, ref: str) -> Truth: ...

    @abstractmethod
    def value(self, ref: str) -> Any:
        """None for a fact that is unknown."""

    def __getitem__(self, ref: str) -> Any:
        """The value of a fact, `OFF_PATH`, or None where either is unknown: one look, for a score takes hundreds."""
        path = self.on_path(ref)
        return self.value(ref) if path is True else OFF_PATH if path is False else None


Closure = Callable[[Facts], Truth]


def compares(condition: Condition) -> Iterator[Compare]:
    """Every comparison inside a condition."""
    match condition:
        case Compare():
            yield condition
        case Group(parts=parts):
            for part in parts:
                yield from compares(part)
        case Not(part=part):
            yield from compares(part)
        case Fixed():
            return


def push_negation(condition: Condition, *, negated: bool = False) -> Condition:
    """The same with every `not` moved to the comparisons, where an off-path question makes it false as well."""
    match condition:
        case Fixed(value=value):
            return Fixed(value != negated)
        case Not(part=part):
            return push_negation(part, negated=not negated)
        case Group(operator=operator, parts=parts):
            turned = {"all": "any", "any": "all"}[operator] if negated else operator
            return Group(turned, tuple(push_negation(part, negated=negated) for part in parts))
        case Compare():
            return replace(condition, negated=condition.negated != negated)


def refs(condition: Condition) -> Iterator[str]:
    """The facts a condition names."""
    return (compare.ref for compare in compares(condition))


def compile_condition(condition: Condition) -> Closure:
    """A closure that answers True, False or None (unknown)."""
    match condition:
        case Fixed(value=value):
            return lambda facts: value
        case Not(part=part):
            return _negation(compile_condition(part))
        case Group(operator="all", parts=parts):
            return _all(tuple(map(compile_condition, parts)))
        case Group(parts=parts):
            return _any(tuple(map(compile_condition, parts)))
        case Compare():
            return _comparison(condition)


def _negation(part: Closure) -> Closure:
    def evaluate(facts: Facts) -> Truth:
        truth = part(facts)
        return None if truth is None else not truth

    return evaluate


def _all(parts: tuple[Closure, ...]) -> Closure:
    def evaluate(facts: Facts) -> Truth:
        result: Truth = True
        for part in parts:
            truth = part(facts)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return evaluate


def _any(parts: tuple[Closure, ...]) -> Closure:
    def evaluate(facts: Facts) -> Truth:
        result: Truth = False
        for part in parts:
            truth = part(facts)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    return evaluate


def _test(compare: Compare) -> Callable[[Any], bool]:
    """Whether a value passes; each is one call into C, since a score makes hundreds."""
    operand = compare.operand
    match compare.operator:
        case "in":
            return (operand if isinstance(operand, tuple) else (operand,)).__contains__
        case "has":
            return methodcaller("__contains__", operand)
        case "answered":
            return lambda value: True
    turned = {"is": eq, "gt": lt, "ge": le, "lt": gt, "le": ge}  # asked of the operand
    return partial(turned[compare.operator], operand)


def _equality(ref: str, operand: Operand) -> Closure:
    """By far the most comparisons; what is off the path equals nothing."""

    def evaluate(facts: Facts) -> Truth:
        value = facts[ref]
        return None if value is None else value == operand

    return evaluate


def _comparison(compare: Compare) -> Closure:
    ref, test, negated = compare.ref, _test(compare), compare.negated
    if compare.operator == "is" and not negated:
        return _equality(ref, compare.operand)

    def evaluate(facts: Facts) -> Truth:
        value = facts[ref]
        if value is None:
            return None
        return False if value is OFF_PATH else test(value) != negated

    return evaluate
