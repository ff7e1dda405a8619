"""What reviews say about a pack's risks, counted across firms without any case content."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup, FindingRow
from checkup.review.models import Review
from checkup.signoff.models import RiskQuality
from checkup.signoff.tallies import Quality, Tally, most_doubted, publishable

Key = tuple[str, str, str]


def tally_firm(session: Session, *, firm_id: uuid.UUID) -> dict[Key, Tally]:
    """(pack, version, risk) → verdicts in the firm's signed reviews, the newest of each business alone.

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
            FindingRow.risk,
            FindingRow.lawyer_action,
            FindingRow.lawyer_likelihood,
            FindingRow.likelihood,
        )
        .join(FindingRow)
        .where(Checkup.firm_id == firm_id, Checkup.id.in_(newest))
        .where(FindingRow.state == "found", FindingRow.lawyer_action.is_not(None))
    )
    tallies: dict[Key, Tally] = {}
    for pack_id, version, risk, action, lawyers, machines in session.execute(query).tuples():
        tally = tallies.setdefault((pack_id, version, risk), Tally())
        tally.add(action or "", (machines if lawyers is None else lawyers) - machines)
    return tallies


def merge_tallies(into: dict[Key, Tally], more: Mapping[Key, Tally]) -> None:
    for key, tally in more.items():
        into.setdefault(key, Tally()).merge(tally)


def store_quality(session: Session, *, tallies: Mapping[Key, Tally], now: dt.datetime) -> int:
    """Replace what authors see by the new count, under Scope(WORKER); returns how many risks can be told."""
    session.execute(delete(RiskQuality))
    told = 0
    for (pack_id, version, risk), tally in tallies.items():
        quality = publishable(risk, tally)
        if quality is not None:
            session.add(RiskQuality(pack_id=pack_id, pack_version=version, counted_at=now, **asdict(quality)))
            told += 1
    session.flush()
    return told


def list_quality(session: Session, *, pack_id: str, version: str) -> Sequence[Quality]:
    """The risks of one version that enough lawyers have seen, the most doubted first; under Scope(OPERATOR)."""
    query = select(RiskQuality).where(RiskQuality.pack_id == pack_id, RiskQuality.pack_version == version)
    return most_doubted(
        Quality(row.risk, row.businesses, row.confirmed, row.changed, row.dismissed, row.typical_change)
        for row in session.scalars(query)
    )
