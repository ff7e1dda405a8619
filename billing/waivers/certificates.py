"""The certificate of a granted waiver: a number anyone can check, so that hardship is proved once.

What a Provider learns is validity and terms; why it was granted is nowhere in it.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.hardship.policies import get_policy
from billing.waivers.models import Waiver
from tenants import jobs
from tenants.clock import start_of
from tenants.files import content_hash
from tenants.models import Bureau, Verification
from tenants.numbers import mint

KIND = "waiver"
_LETTERS = 12


@dataclass(frozen=True)
class CertificateFacts:
    """What the certificate says, in plain values; dates as ISO text, money in fen."""

    holder: str
    issued_by: str
    issued_by_en: str
    relief: str
    fee_kinds: list[str]
    basis_points: int
    months: int
    instalments: int
    cap_minor: int
    currency: str
    valid_from: str
    valid_until: str


def issue_certificate(session: Session, row: Waiver, *, holder: str, today: dt.date) -> None:
    """Make the waiver's certificate, or bring it up to date after a reset; the worker renders the PDF."""
    bureau = session.get_one(Bureau, get_policy(session, row.policy_id).bureau_id)  # whose policy and means they are
    facts = CertificateFacts(
        holder=holder,
        issued_by=bureau.name,
        issued_by_en=bureau.name_en,
        relief=row.relief or "",
        fee_kinds=row.fee_kinds.split(),
        basis_points=row.basis_points,
        months=row.months,
        instalments=row.instalments,
        cap_minor=row.cap_minor or 0,
        currency="CNY",
        valid_from=str(row.valid_from),
        valid_until=str(row.valid_until),
    )
    digest = content_hash(json.dumps(asdict(facts), sort_keys=True, ensure_ascii=False).encode())
    known = find_certificate(session, row)
    if known is not None and known.state == "valid":
        known.content_hash, known.facts = digest, asdict(facts)
    else:
        number = mint("JM", at=start_of(today), letters=_LETTERS, dash="")
        row.certificate_number = number
        session.add(
            Verification(
                number=number,
                firm_id=row.firm_id,
                content_hash=digest,
                firm_name=bureau.name,
                lawyer_name="",
                signed_on=today,
                kind=KIND,
                facts=asdict(facts),
            )
        )
    session.flush()
    jobs.defer(session, "render_certificate", firm_id=row.firm_id, waiver_id=row.id)


def find_certificate(session: Session, row: Waiver) -> Verification | None:
    """The entry of a waiver's certificate, where the scope may read it."""
    if row.certificate_number is None:
        return None
    return session.scalars(select(Verification).where(Verification.number == row.certificate_number)).one_or_none()


def revoke_certificate(session: Session, row: Waiver) -> None:
    known = find_certificate(session, row)
    if known is not None:
        known.state = "revoked"
        session.flush()


def validity(entry: Verification, today: dt.date) -> str:
    """`valid`, `not_yet`, `expired`, `revoked` or `erased`: what whoever asks today must know."""
    if entry.state != "valid":
        return entry.state
    if today < dt.date.fromisoformat(entry.facts["valid_from"]):
        return "not_yet"
    return "expired" if today > dt.date.fromisoformat(entry.facts["valid_until"]) else "valid"


def place_for_certificate(row: Waiver, digest: str) -> str:
    """Where the rendered PDF of these facts belongs, among the application's own files."""
    return f"waivers/{row.firm_id}/{row.id}/{digest}.sealed"
