"""The value of one answer, parsed at the edge. Pure.

A value is an option id, a tuple of option ids, `yes`/`no`, a number in the question's unit, an ISO date, or
`unsure`, which is always allowed and counts as unknown.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from checkup.packs.values import Question
from tenants.errors import DomainError, Unreadable
from tenants.typed import dates, numbers

UNSURE: Final = "unsure"
# What a business can have lived through or have in its contracts; periods that run from it stay in the calendar.
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
Value = str | tuple[str, ...] | float
Answers = Mapping[str, Value]


class InvalidAnswer(DomainError):
    """An answer the question does not allow; `code` is one of unknown_option, not_a_number, too_small,
    too_large, not_a_date, date_out_of_range, empty."""

    def __init__(self, question_id: str, code: str, **params: object) -> None:
        super().__init__(f"{question_id}: {code}")
        self.question_id, self.code, self.params = question_id, code, params


def parse_value(question: Question, raw: str | list[str]) -> Value:
    """The typed value. Raises: InvalidAnswer."""
    values = [raw] if isinstance(raw, str) else raw
    values = [value for value in values if value.strip()]
    if not values:
        raise InvalidAnswer(question.id, "empty")
    if UNSURE in values:
        return UNSURE
    if question.kind == "many":
        return _many(question, values)
    if len(values) > 1:
        raise InvalidAnswer(question.id, "unknown_option")
    if question.kind == "number":
        return _number(question, values[0])
    if question.kind == "date":
        return _date(question, values[0])
    return _one(question, values[0])


def _one(question: Question, value: str) -> str:
    allowed = {"yes", "no"} if question.kind == "yes_no" else {option.id for option in question.options}
    if value not in allowed:
        raise InvalidAnswer(question.id, "unknown_option")
    return value


def _many(question: Question, values: list[str]) -> tuple[str, ...]:
    order = [option.id for option in question.options]
    if not set(values) <= set(order):
        raise InvalidAnswer(question.id, "unknown_option")
    return tuple(option for option in order if option in values)


def _number(question: Question, raw: str) -> float:
    try:
        value = float(numbers.number(raw))
    except Unreadable as refused:
        code = "too_small" if refused.code == "negative" else "not_a_number"
        raise InvalidAnswer(question.id, code, least=question.minimum or 0) from None
    if value < (question.minimum or 0.0):
        raise InvalidAnswer(question.id, "too_small", least=question.minimum or 0)
    most = question.maximum if question.maximum is not None else 1e12
    if value > most:
        raise InvalidAnswer(question.id, "too_large", most=most)
    return value


def _date(question: Question, raw: str) -> str:
    try:
        day = dates.day(raw)
    except Unreadable:
        raise InvalidAnswer(question.id, "not_a_date") from None
    if not EARLIEST <= day <= LATEST:
        raise InvalidAnswer(question.id, "date_out_of_range", least=EARLIEST, most=LATEST)
    return day.isoformat()
