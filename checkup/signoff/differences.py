"""What changed between two contents: for the partner who need not read again, for the lawyer, for the owner. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from checkup.signoff.content import Content, Said, Words


@dataclass(frozen=True)
class Change:
    """One difference. `risk` is None for the advice; a decision reads `confirm`, `dismiss` or `change:0.40`."""

    risk: str | None
    field: str
    was: str
    became: str

    def parts(self) -> tuple[tuple[str, str], ...]:
        return marked(self.was, self.became)


def changes_between(before: Content | None, after: Content) -> tuple[Change, ...]:
    """Every difference, in the order of the findings. Without `before`: against what the machine proposed, so that a
    plain confirmation is no change."""
    found = [
        change
        for said in after.findings
        for change in _of_finding(_proposal(said) if before is None else before.said(said.risk), said)
    ]
    advice = "" if before is None else before.advice
    if advice != after.advice:
        found.append(Change(None, "advice", advice, after.advice))
    return tuple(found)


def _proposal(said: Said) -> Said:
    """The finding as the machine proposes it; what it cannot decide needs nobody's word either."""
    return Said(said.risk, said.machine, "confirm" if said.action else None, None)


def _of_finding(was: Said | None, became: Said) -> Iterator[Change]:
    old = was or Said(became.risk, became.machine, None, None, Words())
    pairs = {
        "decision": (decision_of(old), decision_of(became)),
        "reason": (old.words.reason, became.words.reason),
        "text": (old.words.text, became.words.text),
        "plain": (old.words.plain, became.words.plain),
    }
    for field, (before, after) in pairs.items():
        if before != after:
            yield Change(became.risk, field, before, after)


def decision_of(said: Said) -> str:
    """`""` while undecided, the action, and for a change its value."""
    if said.action == "change":
        return f"change:{said.likelihood:.2f}"
    return said.action or ""


def marked(was: str, became: str) -> tuple[tuple[str, str], ...]:
    """The two texts as one: (`same` | `gone` | `new`, piece) in reading order."""
    pieces = list[tuple[str, str]]()
    for kind, a, b, c, d in SequenceMatcher(None, was, became, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", was[a:b]))
            continue
        if was[a:b]:
            pieces.append(("gone", was[a:b]))
        if became[c:d]:
            pieces.append(("new", became[c:d]))
    return tuple(pieces)


def in_short(changes: Iterable[Change]) -> tuple[tuple[str | None, str, str], ...]:
    """One line per finding or advice, for the owner: the decision before and after, empty where only words changed."""
    lines: dict[str | None, tuple[str | None, str, str]] = {}
    for change in changes:
        decided = change.field == "decision"
        if decided or change.risk not in lines:
            was, became = (change.was, change.became) if decided else ("", "")
            lines[change.risk] = (change.risk, was, became)
    return tuple(lines.values())
