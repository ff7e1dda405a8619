"""Erasure: the key is destroyed first, so nothing opens any more; the rest follows; a receipt says what stays."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from checkup.assisting.agreeing import end_open
from checkup.assisting.assist_rules import ERASED as BY_ERASURE
from checkup.assisting.models import ClaimCode, PaperEntry
from checkup.calls.models import CallBack
from checkup.cases.checkups import get_checkup_row, move
from checkup.cases.holding import ERASED, lock_case
from checkup.cases.models import CaseKeyRow, Checkup, Document, FindingRow, PartKey, SealedAnswers
from checkup.cases.share_ending import forget_links
from checkup.cases.states import DRAFTS
from checkup.conflicts.models import CaseParties, ConflictCheck
from checkup.correspondence.models import CaseFile, CaseMessage
from checkup.delegates import asking as delegations
from checkup.delegates.delegation_rules import ERASED as GONE
from checkup.fixes.models import Fix, FixEvent, FixProof, LawFlag, Reminder, ReminderWish
from checkup.lessons.models import LessonTaken
from checkup.letters.models import WorkWish
from checkup.mediation.ending import end_mediations, forget_mediations
from checkup.owner.models import Rating, ResumeCode
from checkup.prefill.models import LicenceReading
from checkup.prefill.sources import forget_sources
from checkup.referrals.ending import end_referrals, forget_referrals
from checkup.review.models import Review
from checkup.signoff.models import Edition, Signing
from checkup.tickets.joining import forget as forget_tickets
from tenants import audit, jobs
from tenants.audit_models import Erasure
from tenants.clock import city_day
from tenants.files import remove_file
from tenants.firms.reception import is_reception
from tenants.models import Business, BusinessChange, Firm, Message, Verification

KEPT_YEARS = 3
MOVED = "moved"  # to another firm: there it goes on
# Receipts of consent and the log of processing, without content: Network Data Security Regulation, art. 12.
KEPT = "receipts and log (Network Data Security Regulation, art. 12)"


def erase_checkup(
    session: Session, *, checkup_id: uuid.UUID, asked_by: str, by: audit.Actor, now: dt.datetime
) -> Erasure:
    """Destroy the case's key and everything open about it. Raises: NotFound, Conflict `not_now` when already erased."""
    row = lock_case(session, checkup_id)
    move(session, row, "erase", actor_id=by.id, now=now, why=asked_by)
    of_case = {"firm_id": row.firm_id, "checkup_id": row.id}
    session.execute(delete(CaseKeyRow).filter_by(**of_case))
    session.execute(delete(PartKey).filter_by(**of_case))
    session.execute(delete(FindingRow).filter_by(**of_case))
    session.execute(delete(ResumeCode).filter_by(**of_case))
    session.execute(delete(ClaimCode).filter_by(**of_case))
    session.execute(delete(PaperEntry).filter_by(**of_case))
    end_open(session, row, why=BY_ERASURE, by=by, now=now)
    delegations.end_open(session, row, why=GONE, now=now)
    delegations.forget(session, row)
    forget_tickets(session, row, moves=asked_by == MOVED)
    for table in (CallBack, LessonTaken, LicenceReading, FixEvent, Fix, ReminderWish, Reminder, LawFlag, Rating):
        session.execute(delete(table).filter_by(**of_case))
    session.execute(update(FixProof).filter_by(**of_case).values(risk=""))
    session.execute(update(SealedAnswers).filter_by(**of_case).values(sealed=b""))
    session.execute(update(CaseParties).filter_by(**of_case).values(sealed=b""))
    for field in (
        "score",
        "score_low",
        "score_high",
        "grade",
        "grade_low",
        "grade_high",
        "held_by",
        "answered",
        "light",
        "link_id",
    ):
        setattr(row, field, None)
    row.review_wanted, row.next_due, row.domains = False, None, ""
    row.urgent_count = row.finding_count = 0
    end_mediations(session, row, now)
    end_referrals(session, row, now)
    _blank_business(session, row)
    today = city_day(now)
    receipt = Erasure(
        firm_id=row.firm_id,
        owner_id=row.owner_id,
        checkup_id=row.id,
        case_number=row.case_number,
        asked_by=asked_by,
        at=now,
        kept=KEPT,
        kept_until=today.replace(year=today.year + KEPT_YEARS, day=min(today.day, 28)),
    )
    session.add(receipt)
    audit.note(
        session, firm_id=row.firm_id, act="case.erased", by=by, about_id=row.id, owner_id=row.owner_id, why=asked_by
    )
    session.flush()
    jobs.defer(session, "finish_erasure", firm_id=row.firm_id, checkup_id=row.id)
    return receipt


def find_receipt(session: Session, checkup_id: uuid.UUID) -> Erasure | None:
    """Of a case that is gone already."""
    query = select(Erasure).where(Erasure.checkup_id == checkup_id)
    return session.scalars(query.order_by(Erasure.at.desc()).limit(1)).one_or_none()


def _blank_business(session: Session, row: Checkup) -> None:
    """Without another living checkup the business has no name here any more, nor one it had before."""
    others = select(Checkup.id).where(
        Checkup.firm_id == row.firm_id,
        Checkup.business_id == row.business_id,
        Checkup.id != row.id,
        Checkup.state != "erased",
    )
    if session.scalars(others).first() is None:
        business = session.get_one(Business, (row.firm_id, row.business_id))
        business.name, business.credit_code = "—", None
        forget_sources(session, firm_id=row.firm_id, business_id=row.business_id)
        session.execute(
            delete(BusinessChange).where(
                BusinessChange.firm_id == row.firm_id, BusinessChange.business_id == row.business_id
            )
        )


def finish_erasure(session: Session, *, checkup_id: uuid.UUID) -> Sequence[str]:
    """The worker's part: advice, messages, files and report rows go; returns the file paths to remove.

    Without an erasure it does nothing, whoever asks for it. Of an accepted scope letter its hash and day stay: that the
    firm acted, and for how long. Its text opens no more.
    """
    row = get_checkup_row(session, checkup_id)
    if row.state != ERASED:
        return ()
    of_case = {"firm_id": row.firm_id, "checkup_id": row.id}
    files = (Document, CaseFile, FixProof)
    paths = [path for table in files for path in session.scalars(select(table.path).filter_by(**of_case))]
    paths += forget_mediations(session, **of_case)
    paths += forget_referrals(session, **of_case)
    for table in (Document, FixProof):
        session.execute(delete(table).filter_by(**of_case))
    forget_links(session, firm_id=row.firm_id, checkup_id=row.id)
    session.execute(update(Review).filter_by(**of_case).values(sealed_advice=None, sealed_why=None))
    session.execute(update(ConflictCheck).filter_by(**of_case).values(sealed_reason=None))
    session.execute(update(Signing).filter_by(**of_case).values(sealed_content=None, sealed_why=None))
    numbers = session.scalars(select(Edition.verify_number).filter_by(**of_case)).all()
    session.execute(update(Edition).filter_by(**of_case).values(sealed_content=b"", sealed_why=None))
    session.execute(delete(CaseFile).filter_by(**of_case))
    session.execute(delete(CaseMessage).filter_by(**of_case).where(CaseMessage.replies_to.is_not(None)))
    session.execute(delete(CaseMessage).filter_by(**of_case))
    session.execute(delete(WorkWish).filter_by(**of_case))
    session.execute(delete(Message).where(Message.firm_id == row.firm_id, Message.recipient == row.case_number))
    session.execute(update(Verification).where(Verification.number.in_(numbers)).values(state="erased"))
    return paths


def remove_files(files_url: str, paths: Sequence[str]) -> None:
    """The rendered reports of an erased case, outside any unit of work."""
    for path in paths:
        remove_file(files_url, path)


def list_expired(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> Sequence[uuid.UUID]:
    """Drafts that nobody has touched for as long as the firm keeps them; at the city's reception results too, which
    wait for nobody else."""
    keep = dt.timedelta(days=session.get_one(Firm, firm_id).keep_days)
    states = (*DRAFTS, "submitted") if is_reception(firm_id) else DRAFTS
    since = func.coalesce(Checkup.submitted_at, Checkup.started_at)
    query = select(Checkup.id).where(Checkup.firm_id == firm_id, Checkup.state.in_(states), since < now - keep)
    return session.scalars(query).all()
