"""What reviews say about a pack's risks: verdicts counted firm by firm, without any case content, and what is told."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup, FindingRow
from checkup.review.models import Review
from checkup.signoff.models import RiskQuality

VERDICTS = ("confirmed", "raised", "lowered", "dismissed")


@dataclass
class Tally:
    """Of one version of a pack: businesses whose reviews say something, and (risk, verdict) → at how many."""

    businesses: set[uuid.UUID] = field(default_factory=set)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)


def tally_firm(session: Session, *, firm_id: uuid.UUID) -> dict[tuple[str, str], Tally]:
    """(pack, version) → verdicts in the firm's signed reviews, the newest of each business alone.

    Under Scope(WORKER, firm). No name, answer or word is read.
    """
    newest = (
        select(Checkup.id)
        .join(Review)
        .where(Checkup.firm_id == firm_id, Checkup.state.in_(("signed", "closed")), Review.signed_at.is_not(None))
        .distinct(Checkup.business_id)
        .order_by(Checkup.business_id, Checkup.signed_at.desc())
    )
    query = (
        select(
            Checkup.pack_id,
            Checkup.pack_version,
            Checkup.business_id,
            FindingRow.risk,
            FindingRow.lawyer_action,
            FindingRow.lawyer_likelihood,
            FindingRow.likelihood,
        )
        .join(FindingRow)
        .where(Checkup.firm_id == firm_id, Checkup.id.in_(newest))
        .where(FindingRow.state == "found", FindingRow.lawyer_action.is_not(None))
    )
    tallies: dict[tuple[str, str], Tally] = {}
    for pack_id, version, business_id, risk, action, lawyers, machines in session.execute(query).tuples():
        tally = tallies.setdefault((pack_id, version), Tally())
        tally.businesses.add(business_id)
        tally.verdicts[risk, verdict_of(action or "", (machines if lawyers is None else lawyers) - machines)] += 1
    return tallies


def verdict_of(action: str, change: float) -> str:
    """`change`: the lawyer's likelihood less the machine's. Another word at the same likelihood confirms it."""
    if action == "dismiss":
        return "dismissed"
    return "confirmed" if not change else "raised" if change > 0 else "lowered"


def list_quality(session: Session, *, pack_id: str, version: str) -> Sequence[RiskQuality]:
    """The risks of one version of which something is told, the most doubted first; under Scope(OPERATOR)."""
    query = select(RiskQuality).where(RiskQuality.pack_id == pack_id, RiskQuality.pack_version == version)
    rows = session.scalars(query).all()
    return sorted(rows, key=lambda one: (-(one.raised + one.lowered + one.dismissed), -one.confirmed, one.risk))
