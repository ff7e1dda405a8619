"""Which questions are on the path, which comes next, and which two stand on one screen. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from checkup.packs.answers import UNSURE, Answers, Value
from checkup.packs.conditions import ALWAYS, OFF_PATH, Closure, Facts, Truth, compile_condition
from checkup.packs.values import Pack, Question

SECONDS_PER_QUESTION = 20
_ONE_TAP = ("choice", "yes_no")


@dataclass(frozen=True)
class _Asks:
    """The distinct conditions of a pack's questions (many share one), and which of them a question hangs on."""

    conditions: tuple[Closure, ...]
    place: Mapping[str, int]
    in_order: tuple[tuple[Question, int], ...]


_COMPILED: dict[str, _Asks] = {}
_ALWAYS = -1  # the place of a question that hangs on no condition
_NOT_WORKED_OUT: Final = "not worked out"


def _compiled(pack: Pack) -> _Asks:
    if pack.hash not in _COMPILED:
        asks = {q.id: q.ask for q in pack.questions if q.ask != ALWAYS}
        distinct = {condition: place for place, condition in enumerate(dict.fromkeys(asks.values()))}
        place = {question: distinct[ask] for question, ask in asks.items()}
        in_order = tuple((q, place.get(q.id, _ALWAYS)) for q in pack.questions)
        _COMPILED[pack.hash] = _Asks(tuple(map(compile_condition, distinct)), place, in_order)
    return _COMPILED[pack.hash]


class CheckupFacts(dict[str, Any], Facts):
    """The facts of one checkup: each of them, and each condition of the path, worked out at most once.

    The dict holds what `facts[ref]` was, because the risks of a pack look at the same facts again and again.
    """

    def __init__(self, pack: Pack, profile: Mapping[str, Value], answers: Answers) -> None:
        super().__init__()
        asks = _compiled(pack)
        self._conditions, self._place = asks.conditions, asks.place
        self._values = {f"profile.{field}": value for field, value in profile.items() if value != ""}
        self._values.update((q, value) for q, value in answers.items() if value != UNSURE)
        self._truths: list[Any] = [_NOT_WORKED_OUT] * len(asks.conditions)
        self._in_order = asks.in_order

    def on_path(self, ref: str) -> Truth:
        """Whether the fact counts: True, False, or None while that is not known. Profile facts always do."""
        return self._holds(self._place.get(ref, _ALWAYS))

    def _holds(self, place: int) -> Truth:
        if place < 0:
            return True
        truth = self._truths[place]
        if truth is _NOT_WORKED_OUT:
            truth = self._truths[place] = self._conditions[place](self)
        return truth  # type: ignore[no-any-return]  # what is not worked out went above

    def list_questions(self, *, express: bool) -> list[Question]:
        """The questions that are on the path for certain, in the pack's order."""
        return [q for q, place in self._in_order if (q.express or not express) and self._holds(place) is True]

    def value(self, ref: str) -> Value | None:
        return self._values.get(ref)

    def __missing__(self, ref: str) -> Any:
        path = self.on_path(ref)
        looked = self[ref] = self._values.get(ref) if path is True else OFF_PATH if path is False else None
        return looked

    def learn(self, question_id: str, value: Value) -> None:
        """Take in one more answer; only for walks in the pack's order, where no later question was looked at yet."""
        if value != UNSURE:
            self._values[question_id] = value
            self.pop(question_id, None)


@dataclass(frozen=True)
class Walk:
    """The questions that are on the path for certain, in the order they are asked, and what is answered."""

    questions: tuple[Question, ...]
    answers: Answers

    def find(self, question_id: str) -> Question | None:
        return next((q for q in self.questions if q.id == question_id), None)

    def first_open(self) -> Question | None:
        """The first question still without an answer."""
        return next((q for q in self.questions if q.id not in self.answers), None)

    def after(self, question_id: str) -> Question | None:
        """The next open question behind this one, else the first open one."""
        place = self._place(question_id)
        behind = next((q for q in self.questions[place + 1 :] if q.id not in self.answers), None)
        return behind or self.first_open()

    def before(self, question_id: str) -> Question | None:
        place = self._place(question_id)
        return self.questions[place - 1] if place > 0 else None

    def count_open(self) -> int:
        return sum(q.id not in self.answers for q in self.questions)

    def _place(self, question_id: str) -> int:
        """Where a question stands; -1 for one that has left the path."""
        return next((place for place, q in enumerate(self.questions) if q.id == question_id), -1)


def walk(
    pack: Pack, profile: Mapping[str, Value], answers: Answers, *, express: bool = False, focus: str | None = None
) -> Walk:
    """The path as the answers leave it; the domain in `focus` is asked first."""
    facts = CheckupFacts(pack, profile, answers)
    questions = facts.list_questions(express=express)
    if focus is not None:
        questions.sort(key=lambda q: q.domain != focus)
    return Walk(tuple(questions), answers)


def minutes_left(remaining_questions: int) -> int:
    """Minutes for so many questions, rounded up."""
    return math.ceil(remaining_questions * SECONDS_PER_QUESTION / 60)


def screens(questions: Sequence[Question], *, express: bool) -> list[tuple[Question, ...]]:
    """The path, a screen at a time. Only neighbours of one area that one tap answers share one, never the last
    question, behind whose button the result stands."""
    shown: list[tuple[Question, ...]] = []
    for place, question in enumerate(questions):
        before = shown[-1] if shown else ()
        is_last = place == len(questions) - 1
        if express and not is_last and len(before) == 1 and _go_together(before[0], question):
            shown[-1] = (*before, question)
        else:
            shown.append((question,))
    return shown


def _go_together(first: Question, second: Question) -> bool:
    return first.domain == second.domain and first.kind in _ONE_TAP and second.kind in _ONE_TAP


def screen_of(questions: Sequence[Question], question_id: str, *, express: bool) -> tuple[Question, ...]:
    """The screen on which a question of the path stands."""
    every = screens(questions, express=express)
    return next(screen for screen in every if any(one.id == question_id for one in screen))
