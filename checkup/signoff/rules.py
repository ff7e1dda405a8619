"""When a decision is whole, and whose signature a report needs. Pure."""

from collections.abc import Iterable
from typing import Protocol

from checkup.signoff.content import Words
from tenants.errors import FieldFault

ACTIONS = ("confirm", "change", "dismiss")
MOST_TEXT = 5_000


class Proposed(Protocol):
    """What the rules ask of a finding."""

    @property
    def state(self) -> str: ...

    @property
    def colour(self) -> str: ...

    @property
    def lawyer_action(self) -> str | None: ...


class Pressing(Proposed, Protocol):
    """A finding of which it is known whether it presses."""

    @property
    def urgent(self) -> bool: ...


def decision_faults(action: str, likelihood: float | None, words: Words) -> tuple[FieldFault, ...]:
    """What is wrong with one decision: a change needs a likelihood in [0, 1]; all but a confirmation need a reason."""
    faults = []
    if action not in ACTIONS:
        faults.append(FieldFault("action", "unknown_option"))
    if action == "change" and (likelihood is None or not 0 <= likelihood <= 1):
        faults.append(FieldFault("likelihood", "out_of_range"))
    if action != "confirm" and not words.reason:
        faults.append(FieldFault("reason", "required"))
    return (*faults, *length_faults(words))


def length_faults(words: Words) -> tuple[FieldFault, ...]:
    return tuple(
        FieldFault(field, "too_long", {"most": MOST_TEXT})
        for field in ("reason", "text", "plain")
        if len(getattr(words, field)) > MOST_TEXT
    )


def is_undecided(finding: Proposed) -> bool:
    """Whether the lawyer must still say something; what the answers leave open needs no decision."""
    return finding.state == "found" and finding.lawyer_action is None


def is_minor(finding: Pressing) -> bool:
    """Whether it may be confirmed with others at once: minor, not urgent, and still undecided."""
    return finding.colour == "yellow" and not finding.urgent and is_undecided(finding)


def needs_partner(findings: Iterable[Proposed], *, is_junior: bool, is_partner: bool) -> bool:
    """Whether a partner signs after the lawyer: always after a junior, and where the machine found something red,
    whatever the lawyer made of it. A partner's own signature is one."""
    if is_junior:
        return True
    return not is_partner and any(f.state == "found" and f.colour == "red" for f in findings)
