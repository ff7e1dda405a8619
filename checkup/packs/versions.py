"""From one version of a pack to the next: which answers carry over, which are asked again, which are dropped. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from checkup.answers import UNSURE, Answers, Value
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


def _still_fits(old: Question, new: Question, value: Value) -> bool:
    if old.kind != new.kind:
        return False
    if value == UNSURE or new.kind in ("yes_no", "number", "date"):
        return True
    chosen = value if isinstance(value, tuple) else (str(value),)
    return set(chosen) <= {option.id for option in new.options}
