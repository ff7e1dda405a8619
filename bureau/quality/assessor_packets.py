"""What an assessor sees of a drawn entry: the process, and with the owner's consent the findings by their code.

Built in the firm's own scope. No name, no district, no trade, no answer: counts, days,
risks of the public pack, likelihoods. Not one free word of lawyer or owner leaves the firm (Lawyers Act, art. 38).
"""

from collections import Counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bureau.hours.models import HourEntry, HourEvent
from bureau.quality.owner_consent import get_choice
from checkup.cases.models import Checkup, FindingRow
from checkup.review.models import Review
from tenants.clock import city_day


def build_packet(session: Session, entry: HourEntry) -> dict[str, Any]:
    """The packet of one entry, under the firm's worker scope."""
    asked = select(func.count()).where(HourEvent.entry_id == entry.id, HourEvent.became == "questioned")
    common = {
        "minutes": entry.minutes,
        "category": entry.category,
        "source": entry.source,
        "confirmed_by": entry.confirmed_by,
        "times_questioned": session.scalar(asked) or 0,
    }
    row = session.scalars(select(Checkup).where(Checkup.id == entry.checkup_id)).one_or_none()
    if row is None:
        return {**common, "kind": "off_platform", "has_place": bool(entry.place), "has_witness": bool(entry.witness)}
    findings = session.scalars(select(FindingRow).where(FindingRow.checkup_id == row.id)).all()
    packet = {**common, "kind": "case", **_process(session, row), **_counts(findings)}
    if row.state != "erased" and get_choice(session, row):
        packet["pack"] = [row.pack_id, row.pack_version]
        packet["findings"] = [_finding(one) for one in sorted(findings, key=lambda one: one.place)]
    return packet


def _process(session: Session, row: Checkup) -> dict[str, Any]:
    review = session.scalars(select(Review).where(Review.checkup_id == row.id)).one_or_none()
    advice = len(review.sealed_advice or b"") if review else 0
    return {
        "days_to_take": _days(row.submitted_at, review.taken_at if review else None),
        "days_to_sign": _days(review.taken_at if review else None, row.signed_at),
        "advice": "none" if not advice else "short" if advice < 300 else "long",
    }


def _days(begin: Any, end: Any) -> int | None:
    return (city_day(end) - city_day(begin)).days if begin is not None and end is not None else None


def _counts(findings: Any) -> dict[str, Any]:
    found = [one for one in findings if one.state == "found"]
    return {
        "found": len(found),
        "undecided": sum(one.lawyer_action is None for one in found),
        "actions": dict(Counter(one.lawyer_action for one in findings if one.lawyer_action)),
        "changed_without_words": sum(
            one.lawyer_action in ("change", "dismiss") and one.sealed_words is None for one in findings
        ),
        "urgent": sum(one.urgent for one in findings),
    }


def _finding(one: FindingRow) -> dict[str, Any]:
    return {
        "risk": one.risk,
        "colour": one.colour,
        "urgent": one.urgent,
        "machine": round(100 * one.likelihood),
        "action": one.lawyer_action,
        "lawyer": None if one.lawyer_likelihood is None else round(100 * one.lawyer_likelihood),
    }
