"""What may be known of a result before its facts may be read: how many, how pressing, in which areas. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from checkup.scoring.values import Finding


@dataclass(frozen=True)
class Outline:
    """`next_due` is the nearest day still to come, else the last that has passed; `domains` the heaviest first."""

    urgent_count: int
    finding_count: int
    next_due: dt.date | None
    domains: tuple[str, ...]


def outline_of(findings: Sequence[Finding], today: dt.date) -> Outline:
    """What was found; what the answers leave open counts only where it is urgent, a hint never."""
    found = [one for one in findings if one.state == "found"]
    weights: dict[str, float] = {}
    for one in found:
        weights[one.domain] = weights.get(one.domain, 0.0) + one.priority
    days = [one.due for one in found if one.due is not None]
    coming = [day for day in days if day >= today]
    return Outline(
        urgent_count=sum(one.urgent for one in findings if one.state != "hint"),
        finding_count=len(found),
        next_due=min(coming) if coming else max(days, default=None),
        domains=tuple(sorted(weights, key=lambda domain: (-weights[domain], domain))),
    )
