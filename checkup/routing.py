"""Which questions are on the path, and which comes next. Pure."""

import math
from collections.abc import Mapping

from checkup.answers import UNSURE, Answers, Value
from checkup.packs.conditions import ALWAYS, Closure, Truth, compile_condition
from checkup.packs.values import Pack, Question

SECONDS_PER_QUESTION = 20
_COMPILED: dict[str, dict[str, Closure | None]] = {}


def _compiled(pack: Pack) -> dict[str, Closure | None]:
    """Question id → its compiled `ask`, None for a question that is always asked."""
    known = _COMPILED.get(pack.hash)
    if known is None:
        known = {q.id: None if q.ask == ALWAYS else compile_condition(q.ask) for q in pack.questions}
        _COMPILED[pack.hash] = known
    return known


class CheckupFacts:
    """The facts of one checkup, with each question's place on the path worked out at most once."""

    def __init__(self, pack: Pack, profile: Mapping[str, Value], answers: Answers) -> None:
        self._asks = _compiled(pack)
        self._values = {f"profile.{field}": value for field, value in profile.items() if value != ""}
        self._values.update((q, value) for q, value in answers.items() if value != UNSURE)
        self._path: dict[str, Truth] = {}

    def on_path(self, ref: str) -> Truth:
        """Whether the fact counts: True, False, or None while that is not known. Profile facts always do."""
        if ref in self._path:
            return self._path[ref]
        ask = self._asks.get(ref)
        truth = True if ask is None else ask(self)
        self._path[ref] = truth
        return truth

    def value(self, ref: str) -> Value | None:
        return self._values.get(ref)


def path(pack: Pack, profile: Mapping[str, Value], answers: Answers, *, express: bool = False) -> tuple[Question, ...]:
    """The questions that are on the path for certain, in the pack's order."""
    facts = CheckupFacts(pack, profile, answers)
    return tuple(q for q in pack.questions if (q.express or not express) and facts.on_path(q.id) is True)


def next_question(
    pack: Pack, profile: Mapping[str, Value], answers: Answers, *, express: bool, after: str | None = None
) -> Question | None:
    """The first unanswered question on the path; with `after`, the next one behind it, answered or not."""
    questions = path(pack, profile, answers, express=express)
    if after is None:
        return next((q for q in questions if q.id not in answers), None)
    order = {q.id: place for place, q in enumerate(pack.questions)}
    return next((q for q in questions if order[q.id] > order[after]), None)


def previous_question(
    pack: Pack, profile: Mapping[str, Value], answers: Answers, *, express: bool, before: str
) -> Question | None:
    """The question on the path just before this one."""
    order = {q.id: place for place, q in enumerate(pack.questions)}
    questions = path(pack, profile, answers, express=express)
    return next((q for q in reversed(questions) if order[q.id] < order[before]), None)


def minutes_left(remaining_questions: int) -> int:
    """Minutes for so many questions, rounded up."""
    return math.ceil(remaining_questions * SECONDS_PER_QUESTION / 60)
