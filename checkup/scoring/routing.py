"""Which questions are on the path, and which comes next. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from checkup.packs.answers import UNSURE, Answers, Value
from checkup.packs.conditions import ALWAYS, Closure, Truth, compile_condition
from checkup.packs.values import Pack, Question

SECONDS_PER_QUESTION = 20


@dataclass(frozen=True)
class _Asks:
    """The distinct conditions of a pack's questions (many share one), and which of them a question hangs on."""

    conditions: tuple[Closure, ...]
    place: Mapping[str, int]


_COMPILED: dict[str, _Asks] = {}
_NOT_WORKED_OUT = -1


def _compiled(pack: Pack) -> _Asks:
    if pack.hash not in _COMPILED:
        asks = {q.id: q.ask for q in pack.questions if q.ask != ALWAYS}
        distinct = {condition: place for place, condition in enumerate(dict.fromkeys(asks.values()))}
        place = {question: distinct[ask] for question, ask in asks.items()}
        _COMPILED[pack.hash] = _Asks(tuple(map(compile_condition, distinct)), place)
    return _COMPILED[pack.hash]


class CheckupFacts:
    """The facts of one checkup, with each condition of the path worked out at most once."""

    def __init__(self, pack: Pack, profile: Mapping[str, Value], answers: Answers) -> None:
        asks = _compiled(pack)
        self._conditions, self._place = asks.conditions, asks.place
        self._values = {f"profile.{field}": value for field, value in profile.items() if value != ""}
        self._values.update((q, value) for q, value in answers.items() if value != UNSURE)
        self._truths: list[Truth | int] = [_NOT_WORKED_OUT] * len(asks.conditions)
        self._on_path = dict[str, Truth]()

    def on_path(self, ref: str) -> Truth:
        """Whether the fact counts: True, False, or None while that is not known. Profile facts always do."""
        try:
            return self._on_path[ref]
        except KeyError:
            truth = self._on_path[ref] = self._work_out(self._place.get(ref))
            return truth

    def _work_out(self, place: int | None) -> Truth:
        if place is None:
            return True
        truth = self._truths[place]
        if truth is not True and truth is not False and truth is not None:
            truth = self._truths[place] = self._conditions[place](self)
        return truth

    def value(self, ref: str) -> Value | None:
        return self._values.get(ref)

    def learn(self, question_id: str, value: Value) -> None:
        """Take in one more answer; only for walks in the pack's order, where no later question was looked at yet."""
        if value != UNSURE:
            self._values[question_id] = value


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
    questions = [q for q in pack.questions if (q.express or not express) and facts.on_path(q.id) is True]
    if focus is not None:
        questions.sort(key=lambda q: q.domain != focus)
    return Walk(tuple(questions), answers)


def minutes_left(remaining_questions: int) -> int:
    """Minutes for so many questions, rounded up."""
    return math.ceil(remaining_questions * SECONDS_PER_QUESTION / 60)
