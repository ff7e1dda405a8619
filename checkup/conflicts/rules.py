"""Which likeness is a conflict, and what it takes to go on (律师法 第三十九条). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from checkup.conflicts.matching import HIT, RELATED, SAME, compare, is_same_code
from checkup.conflicts.values import Party

CLIENT, ADVERSE = "client", "adverse"
SIDES = (CLIENT, ADVERSE)
FREELY, WITH_REASON, BY_PARTNER = "freely", "with_reason", "by_partner"


@dataclass(frozen=True)
class Known:
    """Somebody the firm acts for or against; `matter` says in which file."""

    name: str
    side: str
    matter: str = ""
    credit_code: str = ""


@dataclass(frozen=True)
class Hit:
    """A name of the case that is like one the firm knows. Not every likeness is a conflict."""

    party: Party
    known: Known
    score: float
    reason: str
    is_conflict: bool

    @property
    def level(self) -> str:
        """`same`, `likely`, or `hint`."""
        if self.score >= SAME:
            return "same"
        return "likely" if self.score >= HIT else "hint"


def is_opposed(role: str, side: str) -> bool:
    """Against somebody we act for, or for somebody we act against; one's own client again is no conflict."""
    return side == (CLIENT if role == "counterparty" else ADVERSE)


def find_hits(parties: Sequence[Party], known: Sequence[Known], *, credit_code: str | None = None) -> list[Hit]:
    """Every likeness worth showing: conflicts first, then the likest."""
    hits = []
    for party in parties:
        for one in known:
            is_code = party.role == "business" and is_same_code(credit_code, one.credit_code)
            likeness = compare(party.name, one.name)
            score, reason = (1.0, "same_code") if is_code else (likeness.score, likeness.reason)
            if score >= RELATED:
                is_conflict = is_opposed(party.role, one.side) and score >= HIT
                hits.append(Hit(party, one, score, reason, is_conflict))
    return sorted(hits, key=lambda hit: (not hit.is_conflict, -hit.score, hit.known.name))


def what_clearing_takes(hits: Sequence[Hit]) -> str:
    """Nothing, a reason, or a partner."""
    strongest = max((hit.score for hit in hits if hit.is_conflict), default=0.0)
    if strongest >= SAME:
        return BY_PARTNER
    return WITH_REASON if strongest >= HIT else FREELY
