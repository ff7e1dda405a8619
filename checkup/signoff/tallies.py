"""How often lawyers confirm, change and reject what a risk proposes: counts that can be told, or nothing. Pure."""

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tenants.anonymity import LEAST_BEHIND

LEAST_CHANGES = 5
STEP = 5


@dataclass
class Tally:
    """Verdicts on one risk of one version of a pack, one per business; changes in likelihood by tenths."""

    verdicts: Counter[str] = field(default_factory=Counter)
    changes: Counter[float] = field(default_factory=Counter)

    def add(self, action: str, change: float) -> None:
        """`change`: the lawyer's likelihood less the machine's, in [-1, 1]."""
        self.verdicts[action] += 1
        if action == "change":
            self.changes[round(change, 1)] += 1

    def merge(self, other: "Tally") -> None:
        self.verdicts.update(other.verdicts)
        self.changes.update(other.changes)

    @property
    def businesses(self) -> int:
        return self.verdicts.total()


@dataclass(frozen=True)
class Quality:
    """What an author may know of one risk: businesses rounded down to fives, shares in percent rounded to fives,
    the median change of likelihood where enough lawyers changed it."""

    risk: str
    businesses: int
    confirmed: int
    changed: int
    dismissed: int
    typical_change: float | None

    @property
    def doubted(self) -> int:
        """How often the proposal did not stand as it was."""
        return self.changed + self.dismissed


def publishable(risk: str, tally: Tally) -> Quality | None:
    """Rounded, so that neither one number nor two on following days give a single review away; None while fewer than
    ten businesses stand behind it."""
    if tally.businesses < LEAST_BEHIND:
        return None
    share = {action: _rounded(100 * count / tally.businesses) for action, count in tally.verdicts.items()}
    enough = tally.changes.total() >= LEAST_CHANGES
    return Quality(
        risk=risk,
        businesses=tally.businesses // STEP * STEP,
        confirmed=share.get("confirm", 0),
        changed=share.get("change", 0),
        dismissed=share.get("dismiss", 0),
        typical_change=statistics.median(tally.changes.elements()) if enough else None,
    )


def _rounded(percent: float) -> int:
    return round(percent / STEP) * STEP


def most_doubted(found: Iterable[Quality]) -> list[Quality]:
    """The risks that lawyers trust least first."""
    return sorted(found, key=lambda one: (-one.doubted, -one.businesses, one.risk))
