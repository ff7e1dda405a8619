"""The sealed document of one checkup: `{question: {value, at, by, via}}` plus the values that were replaced."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from checkup.packs.answers import Value

CARRIED = "carried"  # `via` of an answer that was given in an earlier checkup and not looked at since
CHECKED = "checked"  # and of one that another check has found, `who` and when
_NOT_HERS_YET = (CARRIED, CHECKED)


@dataclass(frozen=True)
class AnswerRecord:
    """Every answer with its origin; a change keeps the old value in `replaced`, so no answer is ever lost."""

    entries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    replaced: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "AnswerRecord":
        document = json.loads(raw)
        return cls(document["entries"], tuple(document["replaced"]))

    def to_bytes(self) -> bytes:
        document = {"entries": dict(self.entries), "replaced": list(self.replaced)}
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    def answers(self) -> dict[str, Value]:
        """Question id → value, as routing and scoring read them."""
        return {q: _thaw(entry["value"]) for q, entry in self.entries.items()}

    def with_answer(
        self, question: str, value: Value, *, at: dt.datetime, by: str, via: str, who: str = ""
    ) -> "AnswerRecord":
        """The record after one answer; `who` names the one of several that type as `by`. The same value again changes
        nothing, unless it confirms a carried or a checked one, which then stays among the replaced: what was carried
        can always be told from what is new."""
        old = self.entries.get(question)
        if old is not None and _thaw(old["value"]) == value and old["via"] not in _NOT_HERS_YET:
            return self
        entry = {"value": value, "at": at.isoformat(timespec="seconds"), "by": by, "via": via}
        entry |= {"who": who} if who else {}
        replaced = self.replaced if old is None else (*self.replaced, {"question": question, **old})
        return AnswerRecord({**self.entries, question: entry}, replaced)

    def carried(self, kept: Mapping[str, Value], *, at: dt.datetime) -> "AnswerRecord":
        """The record with only `kept` counting, each with the origin it had; the rest is among the replaced."""
        moved = at.isoformat(timespec="seconds")
        fresh = {"at": moved, "by": "system", "via": CARRIED}
        entries = {q: {**(self.entries.get(q) or fresh), "value": value} for q, value in kept.items()}
        left = [{"question": q, **entry} for q, entry in self.entries.items() if q not in entries]
        return AnswerRecord(entries, (*self.replaced, *left))

    def for_recheck(self, kept: Mapping[str, Value], *, at: dt.datetime) -> "AnswerRecord":
        """A fresh record with `kept` as carried answers, each with the day and person it came from."""
        fresh = {"at": at.isoformat(timespec="seconds"), "by": "system"}
        entries = {q: {**(self.entries.get(q) or fresh), "value": value, "via": CARRIED} for q, value in kept.items()}
        return AnswerRecord(entries)

    def is_carried(self, question: str) -> bool:
        """Whether this answer was given in an earlier checkup and not confirmed since."""
        return question in self.entries and self.entries[question]["via"] == CARRIED


def _thaw(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value
