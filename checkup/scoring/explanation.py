"""Why a risk was found: the comparisons that hold and that it rests on. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from checkup.packs.answers import Answers, Value
from checkup.packs.conditions import Compare, Condition, Fixed, Group, Not, compares, compile_condition
from checkup.packs.values import Pack, Risk
from checkup.scoring.routing import CheckupFacts


class Holding:
    """The facts of one checkup, asked which comparisons of a condition hold."""

    def __init__(self, pack: Pack, profile: Mapping[str, Value], answers: Answers) -> None:
        self._facts = CheckupFacts(pack, profile, answers)

    def behind(self, risk: Risk, case: int | None) -> tuple[Compare, ...]:
        """What makes the case true; where none held for certain, the answers that its likelihood names."""
        if case is not None:
            found = tuple(self._true(risk.cases[case].when))
        else:
            found = tuple(
                replace(one, operator="answered", operand="", negated=False)
                for other in risk.cases
                for one in compares(other.when)
                if self._facts.on_path(one.ref) is True and self._facts.value(one.ref) is not None
            )
        return tuple(dict.fromkeys(found))

    def _true(self, condition: Condition) -> Iterator[Compare]:
        """The leaves that hold in the parts that hold."""
        if compile_condition(condition)(self._facts) is not True:
            return
        match condition:
            case Compare():
                yield condition
            case Group(parts=parts):
                for part in parts:
                    yield from self._true(part)
            case Not(part=part):
                yield from (replace(one, negated=not one.negated) for one in compares(part))
            case Fixed():
                return
