"""Cluster alerts: one kind of finding that has doubled in two districts or more. Pure.

Only published counts of at least ten businesses speak; an alert leads to a lesson or a clinic, never to a firm or
a business.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tenants.anonymity import LEAST_BEHIND

LEAST_DISTRICTS, FACTOR = 2, 2.0

# (area of law, district) → businesses with a finding there; None where it is withheld.
Counts = Mapping[tuple[str, str], int | None]


@dataclass(frozen=True)
class Rise:
    """What was counted in a district before, and now."""

    district: str
    before: int
    now: int


@dataclass(frozen=True)
class Alert:
    """An area of law whose findings have doubled in these districts, the steepest first."""

    topic: str
    rises: tuple[Rise, ...]


def list_alerts(before: Counts, now: Counts, *, least: int = LEAST_BEHIND) -> list[Alert]:
    """Compare two periods of published counts. `least` may be set higher than ten, never lower.

    Raises: ValueError for a lower one.
    """
    if least < LEAST_BEHIND:
        raise ValueError(f"alerts need at least {LEAST_BEHIND} businesses")
    rises: dict[str, list[Rise]] = {}
    for (topic, district), count in sorted(now.items()):
        earlier = before.get((topic, district))
        if earlier is None or count is None or min(earlier, count) < least or count < FACTOR * earlier:
            continue
        rises.setdefault(topic, []).append(Rise(district, earlier, count))
    return [
        Alert(topic, tuple(sorted(found, key=lambda one: (-one.now / one.before, one.district))))
        for topic, found in rises.items()
        if len(found) >= LEAST_DISTRICTS
    ]
