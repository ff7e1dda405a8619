"""The lawyer's work: the queue, one decision per finding, advice, signature."""

import datetime as dt
import hashlib
import json
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checkup.checkups import OpenCheckup, list_findings, move, open_case, open_checkup
from checkup.models import Checkup, FindingRow, Review, SealedAnswers
from checkup.sealing import Keyring
from tenants import jobs, messages
from tenants.clock import city_day
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.firm_states import SERVING
from tenants.models import Business, Firm, Person, Verification

ACTIONS = ("confirm", "change", "dismiss")
MOST_TEXT = 5_000
_NUMBER_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class QueueEntry:
    """One row of the queue: process data and the business's name, no facts."""

    checkup: Checkup
    business: Business
    urgent_count: int
    waiting_days: int
    lawyer_name: str | None


@dataclass(frozen=True)
class OpenReview:
    """A checkup under review: answers, findings with both values, the review and its advice."""

    open: OpenCheckup
    findings: Sequence[FindingRow]
    review: Review | None
    advice: str


def list_queue(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> Sequence[QueueEntry]:
    """Everything submitted whose owner wants a lawyer: urgent first, then the longest waiting."""
    urgent = (
        select(func.count())
        .where(
            FindingRow.firm_id == Checkup.firm_id,
            FindingRow.checkup_id == Checkup.id,
            FindingRow.urgent.is_(True),
        )
        .scalar_subquery()
    )
    query = (
        select(Checkup, Business, urgent, Review.lawyer_name)
        .join(Business, (Business.firm_id == Checkup.firm_id) & (Business.id == Checkup.business_id))
        .outerjoin(Review, (Review.firm_id == Checkup.firm_id) & (Review.checkup_id == Checkup.id))
        .where(Checkup.firm_id == firm_id, Checkup.review_wanted.is_(True))
        .where(Checkup.state.in_(("submitted", "in_review", "signed", "closed")))
        .order_by(Checkup.state.in_(("signed", "closed")), (urgent == 0), Checkup.submitted_at)
        .limit(500)
    )
    return [
        QueueEntry(checkup, business, count, (now - checkup.submitted_at).days if checkup.submitted_at else 0, name)
        for checkup, business, count, name in session.execute(query)
    ]


def take_review(session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, now: dt.datetime) -> Review:
    """The lawyer takes a submitted checkup. Raises: NotFound, Conflict: `not_now` (taken), `suspended`."""
    row = session.scalars(select(Checkup).where(Checkup.id == checkup_id).with_for_update()).one_or_none()
    if row is None or not row.review_wanted:
        raise NotFound
    mine = _find_review(session, checkup_id)
    if mine is not None and mine.lawyer_id == lawyer_id:
        return mine
    _check_serving(session, row.firm_id)
    move(session, row, "take", actor_id=lawyer_id, now=now)
    lawyer = session.get_one(Person, lawyer_id)
    review = Review(
        firm_id=row.firm_id,
        checkup_id=row.id,
        owner_id=row.owner_id,
        lawyer_id=lawyer_id,
        lawyer_name=lawyer.name,
        taken_at=now,
    )
    session.add(review)
    session.flush()
    return review


def _check_serving(session: Session, firm_id: uuid.UUID) -> None:
    """A suspended firm finishes nothing in its name. Raises: Conflict `suspended`."""
    if session.get_one(Firm, firm_id).state not in SERVING:
        raise Conflict("suspended")


def _find_review(session: Session, checkup_id: uuid.UUID) -> Review | None:
    return session.scalars(select(Review).where(Review.checkup_id == checkup_id).with_for_update()).one_or_none()


def open_review(session: Session, *, checkup_id: uuid.UUID, keys: Keyring, even_unwanted: bool = False) -> OpenReview:
    """Everything the review screen shows. Raises: NotFound, also where the owner wants no review.

    `even_unwanted`: the reader is the owner, or holds break-glass access (`checkup/emergency.py`).
    """
    opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
    if not opened.row.review_wanted and not even_unwanted:
        raise NotFound
    review = session.scalars(select(Review).where(Review.checkup_id == checkup_id)).one_or_none()
    advice = open_advice(session, opened.row, keys)
    return OpenReview(opened, list_findings(session, checkup_id=checkup_id), review, advice)


def open_advice(session: Session, row: Checkup, keys: Keyring) -> str:
    """The lawyer's advice, unsealed; empty when there is none."""
    sealed = session.scalars(select(Review.sealed_advice).where(Review.checkup_id == row.id)).one_or_none()
    return open_case(session, row, keys).unseal(sealed).decode() if sealed else ""


def _editable(session: Session, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, version: int | None) -> Review:
    review = _find_review(session, checkup_id)
    if review is None:
        raise NotFound
    if review.lawyer_id != lawyer_id:
        raise Conflict("not_yours")
    if review.signed_at is not None:
        raise Conflict("signed")
    if version is not None and review.version != version:
        raise Conflict("stale")
    return review


def decide_finding(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    risk: str,
    action: str,
    likelihood: float | None,
    reason: str,
    lawyer_id: uuid.UUID,
    version: int,
    now: dt.datetime,
) -> Review:
    """Confirm, change (a likelihood in [0, 1]) or dismiss one finding; the machine's value stays beside it.

    Raises: NotFound, Conflict (`not_yours`, `signed`, `stale`), Invalid on `action`, `likelihood`, `reason`.
    """
    faults = _decision_faults(action, likelihood, reason)
    if faults:
        raise Invalid(tuple(faults))
    review = _editable(session, checkup_id, lawyer_id, version)
    finding = session.get(FindingRow, (review.firm_id, checkup_id, risk))
    if finding is None:
        raise NotFound
    finding.lawyer_action = action
    finding.lawyer_likelihood = {"confirm": finding.likelihood, "change": likelihood, "dismiss": 0.0}[action]
    finding.lawyer_reason = reason.strip()
    finding.decided_at = now
    review.version += 1
    session.flush()
    return review


def confirm_minor(
    session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, version: int, now: dt.datetime
) -> Review:
    """Confirm every minor (yellow, found) finding that is still undecided. Raises: as `decide_finding`."""
    review = _editable(session, checkup_id, lawyer_id, version)
    for finding in list_findings(session, checkup_id=checkup_id):
        if finding.state == "found" and finding.colour == "yellow" and finding.lawyer_action is None:
            finding.lawyer_action, finding.lawyer_likelihood, finding.decided_at = "confirm", finding.likelihood, now
    review.version += 1
    session.flush()
    return review


def _decision_faults(action: str, likelihood: float | None, reason: str) -> list[FieldFault]:
    faults = []
    if action not in ACTIONS:
        faults.append(FieldFault("action", "unknown_option"))
    if action == "change" and (likelihood is None or not 0 <= likelihood <= 1):
        faults.append(FieldFault("likelihood", "out_of_range"))
    if action != "confirm" and not reason.strip():
        faults.append(FieldFault("reason", "required"))
    if len(reason) > MOST_TEXT:
        faults.append(FieldFault("reason", "too_long", {"most": MOST_TEXT}))
    return faults


def save_advice(
    session: Session, *, checkup_id: uuid.UUID, advice: str, lawyer_id: uuid.UUID, version: int, keys: Keyring
) -> Review:
    """Seal the lawyer's advice. Raises: as `decide_finding`."""
    if len(advice) > MOST_TEXT:
        raise Invalid((FieldFault("advice", "too_long", {"most": MOST_TEXT}),))
    review = _editable(session, checkup_id, lawyer_id, version)
    row = session.get_one(Checkup, (review.firm_id, checkup_id))
    review.sealed_advice = open_case(session, row, keys).seal(advice.strip().encode())
    review.version += 1
    session.flush()
    return review


def sign_off(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    lawyer_id: uuid.UUID,
    version: int,
    keys: Keyring,
    now: dt.datetime,
) -> Checkup:
    """Freeze the checkup, number it, tell the owner, ask for the report. Raises: NotFound, Conflict.

    Every `found` finding must be decided first: Conflict `undecided`.
    """
    review = _editable(session, checkup_id, lawyer_id, version)
    row = session.get_one(Checkup, (review.firm_id, checkup_id))
    findings = list_findings(session, checkup_id=checkup_id)
    if any(f.state == "found" and f.lawyer_action is None for f in findings):
        raise Conflict("undecided")
    _check_serving(session, row.firm_id)
    move(session, row, "sign", actor_id=lawyer_id, now=now)
    sealed = session.get_one(SealedAnswers, (row.firm_id, row.id))
    review.content_hash = _signed_hash(row, findings, review, sealed.sealed)
    review.signed_at = row.signed_at = now
    review.version += 1
    row.verify_number = f"FM{now:%y}" + "".join(secrets.choice(_NUMBER_ALPHABET) for _ in range(10))
    firm = session.get_one(Firm, row.firm_id)
    session.add(
        Verification(
            number=row.verify_number,
            firm_id=row.firm_id,
            content_hash=review.content_hash,
            firm_name=firm.name,
            lawyer_name=review.lawyer_name,
            signed_on=city_day(now),
        )
    )
    _tell_owner(session, row, firm, review.lawyer_name, now)
    jobs.defer(session, "render_report", firm_id=row.firm_id, checkup_id=row.id, kind="signed")
    return row


def _tell_owner(session: Session, row: Checkup, firm: Firm, lawyer_name: str, now: dt.datetime) -> None:
    messages.queue_message(
        session,
        firm_id=row.firm_id,
        owner_id=row.owner_id,
        to=row.case_number,
        channel="page",
        subject=f"{row.case_number} 的法治体检报告已签发",
        body=f"{firm.name} {lawyer_name}律师已复核并签发您的体检报告。"
        f"打开体检页面即可查看；核验号 {row.verify_number}。",
        now=now,
    )


def _signed_hash(row: Checkup, findings: Sequence[FindingRow], review: Review, sealed: bytes) -> str:
    content = {
        "checkup": str(row.id),
        "pack": [row.pack_id, row.pack_version, row.pack_hash],
        "score": [row.score, row.score_low, row.score_high, row.grade],
        "findings": [[f.risk, f.likelihood, f.lawyer_action, f.lawyer_likelihood, f.lawyer_reason] for f in findings],
        "lawyer": str(review.lawyer_id),
        "answers": hashlib.sha256(sealed).hexdigest(),
        "advice": hashlib.sha256(review.sealed_advice or b"").hexdigest(),
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
