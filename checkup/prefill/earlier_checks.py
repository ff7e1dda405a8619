"""Which answers of other checks (园区自查、市监局体检) an owner is spared, for the pack that she answers. Pure."""

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from checkup.packs.answers import UNSURE, InvalidAnswer, Value, parse_value
from checkup.packs.values import Pack, Question
from checkup.prefill.values import EarlierCheck

# What somebody saw longer ago is asked again.
MOST_AGE = dt.timedelta(days=365)


@dataclass(frozen=True)
class Checked:
    """An answer as the pack reads it, who found it, and when."""

    question: Question
    value: Value
    by: str
    on: dt.date


def takable(pack: Pack, checks: Iterable[EarlierCheck], answered: Container[str], today: dt.date) -> Sequence[Checked]:
    """In the order of the pack, the newest where several have looked at the same.

    What she has answered herself stays hers; what the pack does not ask, or has no such answer to, is passed over.
    """
    newest = dict[str, tuple[str | list[str], EarlierCheck]]()
    for check in sorted(checks, key=lambda one: one.on):
        if today - MOST_AGE <= check.day <= today:
            newest |= {question: (told, check) for question, told in check.answers.items()}
    found = []
    for question in pack.questions:
        if question.id in newest and question.id not in answered:
            told, check = newest[question.id]
            value = _read(question, told)
            if value != UNSURE:
                found.append(Checked(question, value, check.by, check.day))
    return found


def _read(question: Question, told: str | list[str]) -> Value:
    """Unsure for what is no answer to it."""
    try:
        return parse_value(question, told)
    except InvalidAnswer:
        return UNSURE
