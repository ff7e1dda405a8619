"""What stands out in hours, with its reason: to be explained by the lawyer, never to punish by itself. Pure."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bureau.hours.time_spans import Spans, intersect, minutes, union
from bureau.quality import advice_fingerprints
from tenants.clock import city_day

OWNER_WINDOW_DAYS = 30
OWNER_MOST = 5  # confirmations of one owner for one lawyer within the window
COPIES_LEAST = 3  # reports with near-identical advice


@dataclass(frozen=True)
class Claim:
    """A standing entry as the rules read it. `active_minutes`: the trace's minutes within it, None off the platform."""

    id: uuid.UUID
    lawyer_id: uuid.UUID
    day: dt.date
    spans: Spans
    checkup_id: uuid.UUID | None = None
    active_minutes: int | None = None
    owner_id: uuid.UUID | None = None
    owner_confirmed_at: dt.datetime | None = None


@dataclass(frozen=True)
class Advice:
    """A signed report's fingerprint (`bureau/quality/advice_fingerprints.py`)."""

    checkup_id: uuid.UUID
    lawyer_id: uuid.UUID
    print: int
    length: int


@dataclass(frozen=True)
class Anomaly:
    """One thing that stands out: a stable kind and key, whose, when, which entries or cases, and the numbers."""

    kind: str
    key: str
    lawyer_id: uuid.UUID
    day: dt.date
    about: tuple[uuid.UUID, ...]
    numbers: Mapping[str, int] = field(default_factory=dict)


def long_days(claims: Sequence[Claim], *, flag_minutes: int) -> list[Anomaly]:
    """More than so many different minutes of one lawyer on one day."""
    days: dict[tuple[uuid.UUID, dt.date], list[Claim]] = defaultdict(list)
    for claim in claims:
        days[claim.lawyer_id, claim.day].append(claim)
    return [
        Anomaly("long_day", f"{lawyer}:{day}", lawyer, day, _ids(held), {"minutes": total, "flag": flag_minutes})
        for (lawyer, day), held in days.items()
        if (total := minutes(union(*(claim.spans for claim in held)))) > flag_minutes
    ]


def overlaps(claims: Sequence[Claim]) -> list[Anomaly]:
    """Two entries of one lawyer that share minutes; the shared minutes count once."""
    days: dict[tuple[uuid.UUID, dt.date], list[Claim]] = defaultdict(list)
    for claim in claims:
        days[claim.lawyer_id, claim.day].append(claim)
    return [
        Anomaly("overlap", ":".join(sorted((str(a.id), str(b.id)))), lawyer, day, _ids((a, b)), {"minutes": shared})
        for (lawyer, day), held in days.items()
        for a, b in combinations(sorted(held, key=lambda claim: claim.id), 2)
        if (shared := minutes(intersect(a.spans, b.spans))) > 0
    ]


def without_activity(claims: Sequence[Claim]) -> list[Anomaly]:
    """Time claimed on a case in whose page nothing was done in that time."""
    return [
        Anomaly("no_activity", str(c.id), c.lawyer_id, c.day, (c.id,), {"minutes": minutes(c.spans)})
        for c in claims
        if c.active_minutes == 0
    ]


def busy_owners(claims: Sequence[Claim]) -> list[Anomaly]:
    """One owner who confirmed many entries of one lawyer within a month. The owner is not named."""
    pairs: dict[tuple[uuid.UUID, uuid.UUID], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.owner_id is not None and claim.owner_confirmed_at is not None:
            pairs[claim.lawyer_id, claim.owner_id].append(claim)
    found = []
    for (lawyer, owner), held in pairs.items():
        latest = max(_confirmed(claim) for claim in held)
        recent = [c for c in held if _confirmed(c) > latest - dt.timedelta(days=OWNER_WINDOW_DAYS)]
        if len(recent) > OWNER_MOST:
            numbers = {"count": len(recent), "days": OWNER_WINDOW_DAYS, "most": OWNER_MOST}
            key = f"{lawyer}:{owner}:{city_day(latest):%Y-%m}"  # a key is never shown to the bureau
            found.append(Anomaly("busy_owner", key, lawyer, city_day(latest), _ids(recent), numbers))
    return found


def _confirmed(claim: Claim) -> dt.datetime:
    assert claim.owner_confirmed_at is not None  # noqa: S101 - chosen so by the caller
    return claim.owner_confirmed_at


def copied_reports(advice: Iterable[Advice], *, day: dt.date) -> list[Anomaly]:
    """Groups of one lawyer's reports whose advice is near-identical; short advice is left alone."""
    by_lawyer: dict[uuid.UUID, list[Advice]] = defaultdict(list)
    for one in sorted(advice, key=lambda held: held.checkup_id):
        if one.length >= advice_fingerprints.LEAST_LENGTH:
            by_lawyer[one.lawyer_id].append(one)
    found = []
    for lawyer, held in by_lawyer.items():
        while held:
            leader, held = held[0], held[1:]
            group = [leader, *(one for one in held if advice_fingerprints.is_near(one.print, leader.print))]
            held = [one for one in held if one not in group]
            if len(group) >= COPIES_LEAST:
                about = tuple(one.checkup_id for one in group)
                found.append(Anomaly("copied", str(leader.checkup_id), lawyer, day, about, {"count": len(group)}))
    return found


def _ids(claims: Iterable[Claim]) -> tuple[uuid.UUID, ...]:
    return tuple(sorted(claim.id for claim in claims))
