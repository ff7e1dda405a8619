"""From one version of a pack to the next: which answers carry over, which are asked again, which are dropped. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from checkup.packs.answers import UNSURE, Answers, Value
from checkup.packs.values import Pack, Question


@dataclass(frozen=True)
class Carried:
    """`answers` go on under the new pack's question ids; `asked_again` and `dropped` name old questions."""

    answers: Mapping[str, Value]
    asked_again: tuple[str, ...]
    dropped: tuple[str, ...]


def carry_answers(old: Pack, new: Pack, answers: Answers) -> Carried:
    """Carry what means the same: same question (or the one that `replaces` names), same kind, option still there."""
    successors = {one: question.id for question in new.questions for one in question.replaces}
    questions = {question.id: question for question in new.questions}
    carried, asked_again, dropped = dict[str, Value](), list[str](), list[str]()
    for question_id, value in answers.items():
        question = questions.get(successors.get(question_id, question_id))
        if question is None:
            dropped.append(question_id)
        elif _still_fits(old.question(question_id), question, value):
            carried[question.id] = value
        else:
            asked_again.append(question_id)
    return Carried(carried, tuple(asked_again), tuple(dropped))


def compare_questions(old: Pack, new: Pack) -> dict[str, str]:
    """Question id of the newer version → `new` or `changed`; what is asked as before is left out."""
    known = {question.id: question for question in old.questions}
    marks = dict[str, str]()
    for question in new.questions:
        before = next((known[one] for one in (question.id, *question.replaces) if one in known), None)
        if before is None:
            marks[question.id] = "new"
        elif _asked(before) != _asked(question):
            marks[question.id] = "changed"
    return marks


def _asked(question: Question) -> tuple[object, ...]:
    """What an owner would notice: the words, the kind of answer and the options."""
    options = tuple((option.id, tuple(sorted(option.text.items()))) for option in question.options)
    return tuple(sorted(question.text.items())), question.kind, options


def _still_fits(old: Question, new: Question, value: Value) -> bool:
    if old.kind != new.kind:
        return False
    if value == UNSURE or new.kind in ("yes_no", "number", "date"):
        return True
    chosen = value if isinstance(value, tuple) else (str(value),)
    return set(chosen) <= {option.id for option in new.options}
