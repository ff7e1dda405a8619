"""A sheet of paper that two typed: who may type it again, what differs, what its path does not ask. Pure.

What was typed is a mapping: `profile.<field>` or the id of a question → its value; what the sheet leaves blank is not
in it.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkup.packs.answers import Value
from checkup.packs.values import Pack, Question
from checkup.scoring.routing import CheckupFacts

Typed = Mapping[str, Value]
PROFILE = "profile."
TRADE, FORM, STAFF = (f"{PROFILE}{field}" for field in ("trade", "form", "staff"))
ABOUT = (TRADE, FORM, STAFF)
# Whoever types the second time has not the first in her fingers any more; where a colleague is there, she does it.
ALONE_AFTER, BESIDE_AFTER = dt.timedelta(minutes=10), dt.timedelta(days=1)


def again_from(*, first_by: uuid.UUID, first_at: dt.datetime, who: uuid.UUID, has_colleague: bool) -> dt.datetime:
    """From when on this helper may type it again: a colleague at once, the same one later."""
    if who != first_by:
        return first_at
    return first_at + (BESIDE_AFTER if has_colleague else ALONE_AFTER)


def questions_of(pack: Pack) -> tuple[Question, ...]:
    """What stands on a sheet, in its order: the questions of five minutes."""
    return tuple(question for question in pack.questions if question.express)


def keys_of(pack: Pack) -> tuple[str, ...]:
    """Everything that a sheet asks, in its order."""
    return (*ABOUT, *(question.id for question in questions_of(pack)))


def differing(first: Typed, second: Typed, pack: Pack) -> tuple[str, ...]:
    """What the two did not type alike, in the order of the sheet."""
    return tuple(key for key in keys_of(pack) if first.get(key) != second.get(key))


def alike(first: Typed, second: Typed) -> dict[str, Value]:
    return {key: value for key, value in first.items() if second.get(key) == value}


def about_of(typed: Typed) -> dict[str, Value]:
    """What the sheet says of the business: field → value."""
    return {key.removeprefix(PROFILE): value for key, value in typed.items() if key.startswith(PROFILE)}


@dataclass(frozen=True)
class Path:
    """The answers that count; which ones her path does not ask; which questions it asks and the sheet leaves blank."""

    answers: Mapping[str, Value]
    off: Sequence[str]
    blank: Sequence[str]


def path_of(pack: Pack, profile: Mapping[str, str | float], typed: Typed) -> Path:
    """An answer is off the path only where that is certain: what hangs on a blank is kept until the blank is filled.

    A question that the pack does not ask any more, because the sheet is of an earlier version, is off it too.
    """
    answers = {key: value for key, value in typed.items() if not key.startswith(PROFILE)}
    facts = CheckupFacts(pack, profile, answers)
    known = {one.id for one in questions_of(pack)}
    off = [key for key in answers if key not in known or facts.on_path(key) is False]
    blank = [one.id for one in questions_of(pack) if one.id not in answers and facts.on_path(one.id) is True]
    return Path({key: value for key, value in answers.items() if key not in off}, off, blank)
