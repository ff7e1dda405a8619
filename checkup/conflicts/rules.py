"""Which likeness is a conflict, and what it takes to go on (律师法 第三十九条). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from checkup.conflicts.matching import HIT, NOTHING, RELATED, SAME, Likeness, compare, find_within, is_same_code
from checkup.conflicts.told_names import read_told
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
        codes = (*party.codes, credit_code) if party.role == "business" else party.codes
        for one in known:
            likeness = _compare(party, one, codes)
            if likeness.score >= RELATED:
                is_conflict = is_opposed(party.role, one.side) and likeness.score >= HIT
                hits.append(Hit(party, one, likeness.score, likeness.reason, is_conflict))
    return sorted(hits, key=lambda hit: (not hit.is_conflict, -hit.score, hit.known.name))


def _compare(party: Party, known: Known, codes: Sequence[str | None]) -> Likeness:
    """The strongest likeness of any way in which the two are called, whole and in part."""
    other = read_told(known.name)
    known_codes = (known.credit_code, *(code for one in other for code in one.codes))
    if any(is_same_code(code, one) for code in codes for one in known_codes):
        return Likeness(1.0, "same_code")
    ways = dict.fromkeys((party.name, *party.ways))
    other_ways = dict.fromkeys((known.name, *(name for one in other for name in one.names)))
    found = [compare(way, known_way) for way in ways for known_way in other_ways]
    if not party.is_understood:
        found += [find_within(party.name, known_way) for known_way in other_ways]
    found += [find_within(one.told, way) for one in other if not one.is_understood for way in ways]
    return max(found, key=lambda likeness: likeness.score, default=NOTHING)


def count_open(parties: Sequence[Party], hits: Sequence[Hit]) -> int:
    """How much a person has to look at before the facts open: conflicts, and names that were not understood."""
    return sum(hit.is_conflict for hit in hits) + sum(not party.is_understood for party in parties)


def what_clearing_takes(parties: Sequence[Party], hits: Sequence[Hit], *, is_only_partner: bool = False) -> str:
    """Nothing, a reason, or a partner. Nothing only where every name was understood. A firm's only partner decides for
    herself, with a reason in the log: nobody else of her firm could."""
    strongest = max((hit.score for hit in hits if hit.is_conflict), default=0.0)
    if strongest >= SAME and not is_only_partner:
        return BY_PARTNER
    return WITH_REASON if count_open(parties, hits) else FREELY
