"""Whether a business can exist for which a condition holds: a small search over the facts it names. Pure."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from checkup.packs.answers import UNSURE
from checkup.packs.conditions import (
    NEVER,
    Closure,
    Compare,
    Condition,
    Facts,
    Group,
    Not,
    Truth,
    compares,
    compile_condition,
)
from checkup.packs.values import Pack, ProfileField, Question, Risk

Fact = str | float | tuple[str, ...]


def unreached(pack: Pack) -> Iterator[tuple[str, str]]:
    """(id, message) for each question that no business meets, and each likelihood or urgency that none can have."""
    search = Search(pack)
    yield from ((q.id, f"{q.id} can never be asked") for q in pack.questions if not search.finds(q.ask))
    for risk in pack.risks:
        for value, goal, earlier in _likelihoods(risk):
            if not search.finds(goal, earlier):
                yield risk.id, f"{risk.id}: no business can have the likelihood {value:g}"
        if risk.urgent != NEVER and not search.finds(Group("all", (risk.applies, risk.urgent))):
            yield risk.id, f"{risk.id}: it can never be urgent"
    for opportunity in pack.opportunities:
        if not search.finds(opportunity.when):
            yield opportunity.id, f"{opportunity.id}: no business can have this right"


def _likelihoods(risk: Risk) -> Iterator[tuple[float, Condition, tuple[Condition, ...]]]:
    """Each likelihood of a risk, the condition under which it counts, and the earlier cases that must not hold."""
    earlier: tuple[Condition, ...] = ()
    for case in risk.cases:
        yield case.is_, Group("all", (risk.applies, case.when)), earlier
        earlier += (case.when,)
    if not _is_table(risk):
        yield risk.otherwise, Group("all", (risk.applies, *map(Not, earlier))), ()


def _is_table(risk: Risk) -> bool:
    """A short-form table speaks of every option, so nothing is left for `otherwise`."""
    whens = [case.when for case in risk.cases]
    return all(isinstance(w, Compare) and w.operator == "is" for w in whens) and len(whens) > 1


class _Trial(Facts):
    """Facts of a business tried out; what is not set yet is unknown."""

    def __init__(self, asks: Mapping[str, Closure]) -> None:
        self._asks = asks
        self.given: dict[str, Fact] = {}

    def on_path(self, ref: str) -> Truth:
        ask = self._asks.get(ref)
        return True if ask is None else ask(self)

    def value(self, ref: str) -> Fact | None:
        value = self.given.get(ref)
        return None if value == UNSURE else value


class Search:
    """Tries businesses until one fits."""

    def __init__(self, pack: Pack) -> None:
        self._questions = {question.id: question for question in pack.questions}
        self._fields = {f"profile.{field.id}": field for field in pack.profile}
        self._asks = {question.id: compile_condition(question.ask) for question in pack.questions}
        self._order = {ref: place for place, ref in enumerate([*self._fields, *self._questions])}

    def finds(self, goal: Condition, unless: tuple[Condition, ...] = ()) -> bool:
        """Whether some facts make the goal true and none of `unless`."""
        named = self._named(Group("all", (goal, *unless)))
        choices = [(ref, tuple(self._values(ref, named[ref]))) for ref in sorted(named, key=self._order.__getitem__)]
        return _extend(_Trial(self._asks), compile_condition(goal), [*map(compile_condition, unless)], choices)

    def _named(self, goal: Condition) -> dict[str, list[Compare]]:
        """Every fact the goal hangs on, also through the paths to its questions, with what is asked of it."""
        named: dict[str, list[Compare]] = {}
        waiting, seen = [goal], set[str]()
        while waiting:
            for compare in compares(waiting.pop()):
                named.setdefault(compare.ref, []).append(compare)
                if compare.ref in self._questions and compare.ref not in seen:
                    seen.add(compare.ref)
                    waiting.append(self._questions[compare.ref].ask)
        return named

    def _values(self, ref: str, asked: list[Compare]) -> Iterator[Fact]:
        about = self._fields.get(ref) or self._questions[ref]
        if isinstance(about, ProfileField):
            yield from about.options or _around(asked)
        elif about.kind == "many":
            yield from _choices(about, asked)
        elif about.kind == "number":
            yield from (x for x in _around(asked) if (about.minimum or 0) <= x <= (about.maximum or x))
        elif about.kind == "date":
            yield from ("2020-01-01", *(str(compare.operand) for compare in asked))
        else:
            yield from [option.id for option in about.options] or ["yes", "no"]
        if isinstance(about, Question):
            yield UNSURE


def _extend(trial: _Trial, goal: Closure, unless: list[Closure], choices: list[tuple[str, tuple[Fact, ...]]]) -> bool:
    """Try the choices in turn; what is settled as wrong is not tried further."""
    truth, against = goal(trial), [condition(trial) for condition in unless]
    if truth is False or True in against:
        return False
    if not choices or (truth is True and None not in against):
        return truth is True
    (ref, values), rest = choices[0], choices[1:]
    for value in values:
        trial.given[ref] = value
        if _extend(trial, goal, unless, rest):
            return True
    del trial.given[ref]
    return False


def _choices(question: Question, asked: list[Compare]) -> Iterator[Fact]:
    """Each set of the options that are named, and one of the others where nothing named is chosen."""
    named = sorted({str(compare.operand) for compare in asked if compare.operator == "has"} - {"none"})
    for size in range(1, len(named) + 1):
        yield from combinations(named, size)
    yield from [(option.id,) for option in question.options if option.id not in named]


def _around(asked: list[Compare]) -> Iterator[float]:
    """Numbers at, below and above each bound that is named."""
    bounds = {float(compare.operand) for compare in asked if isinstance(compare.operand, int | float)}
    yield from sorted({bound + step for bound in bounds or {1.0} for step in (-1, 0, 1)})
