"""`{profile, answers, today}` as a person writes it, parsed against a pack; every fault is named. Pure."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checkup.packs.answers import UNSURE, InvalidAnswer, Value, parse_value
from checkup.packs.values import Pack
from checkup.scoring.answers_json import printable

_MOST_LINES = 50
_MOST_NUMBER = 1e12
_ISO = re.compile(r"(20|21)\d\d-\d\d-\d\d", re.ASCII)


class AnswersFaults(Exception):
    """One line per fault."""

    def __init__(self, lines: list[str]) -> None:
        more = len(lines) - _MOST_LINES
        self.lines = (*lines[:_MOST_LINES], *([f"… and {more} more faults"] if more > 0 else []))
        super().__init__("\n".join(lines))


@dataclass(frozen=True)
class GivenAnswers:
    profile: Mapping[str, Value]
    answers: Mapping[str, Value]
    today: dt.date


def parse_answers(pack: Pack, document: object) -> GivenAnswers:
    """The typed answers. Raises: AnswersFaults."""
    if not isinstance(document, dict):
        raise AnswersFaults(["must be an object with profile, answers and today"])
    faults = [f"unknown key {printable(key)}" for key in document.keys() - {"profile", "answers", "today"}]
    profile = _profile(pack, document.get("profile", {}), faults)
    answers = _answers(pack, document.get("answers", {}), faults)
    today = _iso(document.get("today"))
    if today is None:
        faults.append("today: give an ISO date, such as 2026-11-23")
    if faults or today is None:
        raise AnswersFaults(faults)
    return GivenAnswers(profile, answers, today)


def _iso(raw: object) -> dt.date | None:
    """A day as JSON writes it, or as YAML has read it already."""
    raw = raw.isoformat() if isinstance(raw, dt.date) else raw
    try:
        return dt.date.fromisoformat(raw) if isinstance(raw, str) and _ISO.fullmatch(raw) else None
    except ValueError:
        return None


def _profile(pack: Pack, raw: Any, faults: list[str]) -> dict[str, Value]:
    fields, parsed = {f.id: f for f in pack.profile}, {}
    if not isinstance(raw, dict):
        faults.append("profile: must be an object")
        return {}
    for key, value in raw.items():
        field = fields.get(key)
        if field is None:
            faults.append(f"profile.{printable(key)}: unknown field")
        elif field.kind == "number" and not _is_amount(value):
            faults.append(f"profile.{key}: not a number from 0 to {_MOST_NUMBER:.0f}")
        elif field.kind == "choice" and str(value) not in field.options:
            faults.append(f"profile.{key}: {printable(value)} is not an option")
        else:
            parsed[key] = value if field.kind == "number" else str(value)
    return parsed


def _is_amount(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | float) and 0 <= value <= _MOST_NUMBER


def _answers(pack: Pack, raw: Any, faults: list[str]) -> dict[str, Value]:
    questions, parsed = {q.id: q for q in pack.questions}, {}
    if not isinstance(raw, dict):
        faults.append("answers: must be an object")
        return {}
    for key, value in raw.items():
        if key not in questions:
            faults.append(f"{printable(key)}: unknown question")
            continue
        if questions[key].kind == "date" and value != UNSURE and _iso(value) is None:
            faults.append(f"{key}: give an ISO date, such as 2026-11-23")
            continue
        try:
            parsed[key] = parse_value(questions[key], _as_typed(value))
        except InvalidAnswer as error:
            faults.append(f"{key}: {error.code}")
    return parsed


def _as_typed(value: Any) -> str | list[str]:
    """What a form would have sent: YAML reads a bare yes as true."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
