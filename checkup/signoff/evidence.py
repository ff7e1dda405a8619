"""What stands behind a finding: the answers it rests on, where each came from, what changed since last time. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checkup.cases.answer_record import CARRIED, CHECKED, AnswerRecord
from checkup.packs.answers import Value
from checkup.packs.conditions import refs
from checkup.packs.values import Clock, Pack, Risk
from checkup.scoring.model import score

_PROFILE = "profile."


@dataclass(frozen=True)
class SinceLast:
    """A recheck against the answers that were carried into it: question → the value it had; findings that are new,
    and those that are gone."""

    answers: Mapping[str, Value]
    new: tuple[str, ...]
    gone: tuple[str, ...]


def facts_behind(risk: Risk) -> tuple[str, ...]:
    """The questions (ids) and profile fields (`profile.<id>`) that decide a risk, questions first."""
    conditions = (risk.applies, *(case.when for case in risk.cases), risk.urgent)
    named = dict.fromkeys(ref for condition in conditions for ref in refs(condition))
    if isinstance(risk.clock, Clock):
        named[risk.clock.question] = None
    return tuple(sorted(named, key=lambda ref: ref.startswith(_PROFILE)))


def origin_of(entry: Mapping[str, Any]) -> str:
    """`owner`, `helper`, `phone` (a helper on the phone), `paper` (typed from one), `delegate`, `registry`, `document`,
    `checked` (found by another check) or `carried`."""
    via = entry.get("via", "web")
    if via in (CARRIED, CHECKED, "registry", "document", "phone", "paper"):
        return str(via)
    by = entry.get("by")
    return str(by) if by in ("helper", "delegate") else "owner"


def compare_with_last(
    pack: Pack,
    profile: Mapping[str, Value],
    record: AnswerRecord,
    found_now: Iterable[str],
    *,
    today: dt.date,
) -> SinceLast | None:
    """What the owner changed since the checkup before, judged by the same pack; None for a first checkup."""
    was = _carried(record)
    if not was:
        return None
    now_answers = record.answers()
    then = score(pack, profile, was, today=today)
    found_then = [finding.risk for finding in then.findings if finding.state == "found"]
    now = list(found_now)
    return SinceLast(
        answers={q: value for q, value in was.items() if now_answers.get(q) != value},
        new=tuple(risk for risk in now if risk not in found_then),
        gone=tuple(risk for risk in found_then if risk not in now),
    )


def _carried(record: AnswerRecord) -> dict[str, Value]:
    """Every answer as it was carried over, whether it was confirmed, changed or left alone since."""
    values = {entry["question"]: entry["value"] for entry in reversed(record.replaced) if entry.get("via") == CARRIED}
    values |= {q: entry["value"] for q, entry in record.entries.items() if entry.get("via") == CARRIED}
    return {q: tuple(value) if isinstance(value, list) else value for q, value in values.items()}
