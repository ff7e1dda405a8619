"""`{profile, answers, today}` as a person writes it, parsed against a pack; every fault is named. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checkup.packs.answers import InvalidAnswer, Value, parse_value
from checkup.packs.values import Pack


class AnswersFaults(Exception):
    """One line per fault."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = tuple(lines)
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
    faults = [f"unknown key {key}" for key in document.keys() - {"profile", "answers", "today"}]
    profile = _profile(pack, document.get("profile", {}), faults)
    answers = _answers(pack, document.get("answers", {}), faults)
    today = dt.date.min
    try:
        today = dt.date.fromisoformat(str(document.get("today", "")))
    except ValueError:
        faults.append("today: give an ISO date, such as 2026-11-23")
    if faults:
        raise AnswersFaults(faults)
    return GivenAnswers(profile, answers, today)


def _profile(pack: Pack, raw: Any, faults: list[str]) -> dict[str, Value]:
    fields, parsed = {f.id: f for f in pack.profile}, {}
    if not isinstance(raw, dict):
        faults.append("profile: must be an object")
        return {}
    for key, value in raw.items():
        field = fields.get(key)
        if field is None:
            faults.append(f"profile.{key}: unknown field")
        elif field.kind == "number" and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
            faults.append(f"profile.{key}: not a number from 0")
        elif field.kind == "choice" and str(value) not in field.options:
            faults.append(f"profile.{key}: {value} is not an option")
        else:
            parsed[key] = value if field.kind == "number" else str(value)
    return parsed


def _answers(pack: Pack, raw: Any, faults: list[str]) -> dict[str, Value]:
    questions, parsed = {q.id: q for q in pack.questions}, {}
    if not isinstance(raw, dict):
        faults.append("answers: must be an object")
        return {}
    for key, value in raw.items():
        if key not in questions:
            faults.append(f"{key}: unknown question")
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
