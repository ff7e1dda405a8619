"""What the business register answered about a code, read strictly (`docs/register.md`). Pure.

Every other word of the answer, of people above all, is passed over: nobody here asks for it.
"""

import datetime as dt
import json
from typing import Any

from checkup.prefill.values import MOST_ADDRESS, EarlierCheck, Found, district_in, form_of
from tenants.business_details import NAME_LENGTH
from tenants.typed.text import has_unseen, one_line

_MOST_KIND, _MOST_BY, _MOST_CHECKS, _MOST_ANSWERS, _MOST_WORD = 100, 60, 5, 100, 60


class NotUnderstood(ValueError):
    """It is not what was agreed on."""


class AnotherBusiness(ValueError):
    """It speaks of a business that was not asked for."""


def read_answer(answer: bytes, code: str) -> Found | None:
    """The business of this code; None where the register knows none. Raises: NotUnderstood, AnotherBusiness."""
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError):
        raise NotUnderstood from None
    if not isinstance(told, dict) or "business" not in told:
        raise NotUnderstood
    business = told["business"]
    if business is None:
        return None
    if not isinstance(business, dict):
        raise NotUnderstood
    told_code, name = _text(business, "credit_code", len(code)), _text(business, "name", NAME_LENGTH)
    if not (told_code and name):
        raise NotUnderstood
    if told_code != code:
        raise AnotherBusiness
    address = _text(business, "address", MOST_ADDRESS)
    return Found(
        name=name,
        credit_code=code,
        form=form_of(_text(business, "kind", _MOST_KIND), code),
        district=district_in(address),
        address=address,
        registered_on=_day(_text(business, "registered_on", 10)),
        checks=_checks(business.get("checks")),
    )


def _checks(told: object) -> tuple[EarlierCheck, ...]:
    """Raises: NotUnderstood."""
    if told is None:
        return ()
    if not isinstance(told, list) or len(told) > _MOST_CHECKS:
        raise NotUnderstood
    return tuple(_check(one) for one in told)


def _check(told: object) -> EarlierCheck:
    """Raises: NotUnderstood."""
    if not isinstance(told, dict):
        raise NotUnderstood
    by, on, answers = _text(told, "by", _MOST_BY), _day(_text(told, "on", 10)), told.get("answers")
    if not (by and on and isinstance(answers, dict) and len(answers) <= _MOST_ANSWERS):
        raise NotUnderstood
    if not all(_is_word(question) and _is_answer(answer) for question, answer in answers.items()):
        raise NotUnderstood
    return EarlierCheck(by, on, answers)


def _is_answer(told: object) -> bool:
    return all(map(_is_word, told)) if isinstance(told, list) else _is_word(told)


def _is_word(told: object) -> bool:
    return isinstance(told, str) and len(told) <= _MOST_WORD and not has_unseen(told)


def _text(business: dict[str, Any], member: str, most: int) -> str:
    """One line of at most so many characters, "" for null or nothing. Raises: NotUnderstood."""
    text = business.get(member)
    if text is None:
        return ""
    if not isinstance(text, str) or len(text) > most or has_unseen(text):
        raise NotUnderstood
    return one_line(text)


def _day(text: str) -> str:
    """Raises: NotUnderstood for what is no day in ISO."""
    try:
        return dt.date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise NotUnderstood from None
