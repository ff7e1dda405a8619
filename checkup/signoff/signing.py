"""From the lawyer's signature to an issued edition: alone, or with a partner who signs or sends back."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from checkup.cases.checkups import list_findings, move, open_case
from checkup.cases.models import Checkup, FindingRow, SealedAnswers
from checkup.cases.sealing import CaseKey, Keyring
from checkup.conflicts.checks import list_recused
from checkup.correspondence.messages import close_questions, list_open_questions
from checkup.fixes.opening import open_fixes
from checkup.letters.acceptance import require_accepted
from checkup.review.colleagues import find_colleague, list_colleagues
from checkup.review.events import move_review
from checkup.review.locking import check_serving, get_editable, get_locked, touch
from checkup.review.models import Review
from checkup.review.staff_mail import tell
from checkup.review.states import WORKING
from checkup.signoff.content import Content, Said, signed_hash
from checkup.signoff.decisions import open_words
from checkup.signoff.editions import find_edition
from checkup.signoff.models import Edition, Signing
from checkup.signoff.rules import MOST_TEXT, is_undecided, needs_partner
from tenants import jobs, messages
from tenants.clock import city_day
from tenants.errors import Conflict
from tenants.models import Firm, Membership, Person, Verification
from tenants.numbers import mint
from tenants.typed.words import check_words


def build_content(session: Session, *, row: Checkup, review: Review, case: CaseKey) -> Content:
    """What a signature would cover now."""
    sealed = session.get_one(SealedAnswers, (row.firm_id, row.id))
    return Content(
        checkup=str(row.id),
        pack=(row.pack_id, row.pack_version, row.pack_hash),
        score=(row.score, row.score_low, row.score_high, row.grade),
        answers=hashlib.sha256(sealed.sealed).hexdigest(),
        findings=tuple(
            Said(f.risk, f.likelihood, f.lawyer_action, f.lawyer_likelihood, open_words(case, f))
            for f in list_findings(session, checkup_id=row.id)
        ),
        advice=case.unseal(review.sealed_advice).decode() if review.sealed_advice else "",
    )


def sign_off(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    lawyer_id: uuid.UUID,
    version: int,
    keys: Keyring,
    now: dt.datetime,
    even_open: bool = False,
) -> Edition | None:
    """The lawyer's signature: issues the edition, or hands it to the partners (then None) where one must sign too; they
    are told.

    Raises: NotFound; Conflict as `get_editable`, `undecided` while a found finding has no decision, `open_questions`
    while the owner is asked something and not `even_open`, `no_letter` without the owner's accepted scope letter,
    `suspended`, `no_partner` when one must sign and nobody can.
    """
    review = get_editable(session, checkup_id=checkup_id, lawyer_id=lawyer_id, version=version)
    row = session.get_one(Checkup, (review.firm_id, checkup_id))
    findings = list_findings(session, checkup_id=checkup_id)
    if any(map(is_undecided, findings)):
        raise Conflict("undecided")
    if not even_open and list_open_questions(session, checkup_id):
        raise Conflict("open_questions")
    require_accepted(session, row)
    check_serving(session, row.firm_id)
    case = open_case(session, row, keys)
    content = build_content(session, row=row, review=review, case=case)
    waits = asks_partner(session, review, findings)
    partners = list_countersigners(session, row, lawyer_id)
    if waits and not partners:
        raise Conflict("no_partner")
    note_step(session, review, "sign", by=(lawyer_id, review.lawyer_name), case=case, content=content, now=now)
    if not waits:
        return _issue(session, row=row, review=review, content=content, partner=None, case=case, now=now)
    review.first_signed_at, review.sent_back_at = now, None
    touch(session, review, now)
    for partner in list_colleagues(session, firm_id=row.firm_id):
        if partner.id in partners:
            tell(session, row, partner, "to_sign", now=now)
    return None


def countersign(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    partner_id: uuid.UUID,
    version: int,
    keys: Keyring,
    now: dt.datetime,
) -> Edition:
    """The partner's signature under what the lawyer signed. Raises: NotFound; Conflict `stale`, `not_now`,
    `own_signature`, `not_partner`, `suspended`."""
    review, partner = _with_partner(session, checkup_id=checkup_id, partner_id=partner_id, version=version)
    row = session.get_one(Checkup, (review.firm_id, checkup_id))
    check_serving(session, row.firm_id)
    case = open_case(session, row, keys)
    content = build_content(session, row=row, review=review, case=case)
    note_step(session, review, "countersign", by=(partner.id, partner.name), case=case, content=content, now=now)
    _tell_lawyer(session, row, review, "countersigned", now)
    return _issue(session, row=row, review=review, content=content, partner=partner, case=case, now=now)


def send_back(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    partner_id: uuid.UUID,
    why: str,
    version: int,
    keys: Keyring,
    now: dt.datetime,
) -> Review:
    """The partner returns the report to the lawyer, who is told, with a reason. Raises: as `countersign`; Invalid on
    `why`."""
    reason = check_why(why)
    review, partner = _with_partner(session, checkup_id=checkup_id, partner_id=partner_id, version=version)
    row = session.get_one(Checkup, (review.firm_id, checkup_id))
    case = open_case(session, row, keys)
    content = build_content(session, row=row, review=review, case=case)
    by = (partner.id, partner.name)
    note_step(session, review, "send_back", by=by, case=case, content=content, why=reason, now=now)
    review.first_signed_at, review.sent_back_at = None, now
    _tell_lawyer(session, row, review, "sent_back", now)
    return touch(session, review, now)


def _tell_lawyer(session: Session, row: Checkup, review: Review, what: str, now: dt.datetime) -> None:
    tell(session, row, find_colleague(session, firm_id=row.firm_id, person_id=review.lawyer_id), what, now=now)


def take_back(
    session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, version: int, keys: Keyring, now: dt.datetime
) -> Review:
    """The lawyer takes her signature back before a partner has signed. Raises: NotFound; Conflict `not_yours`,
    `not_now`, `stale`."""
    review = get_locked(session, checkup_id=checkup_id, version=version)
    if review.lawyer_id != lawyer_id:
        raise Conflict("not_yours")
    if review.first_signed_at is None:
        raise Conflict("not_now")
    row = session.get_one(Checkup, (review.firm_id, checkup_id))
    case = open_case(session, row, keys)
    note_step(session, review, "take_back", by=(lawyer_id, review.lawyer_name), case=case, now=now)
    review.first_signed_at = None
    return touch(session, review, now)


def check_why(why: str) -> str:
    """The reason, trimmed. Raises: Invalid on `why`."""
    return check_words(why, "why", most=MOST_TEXT)


def _with_partner(
    session: Session, *, checkup_id: uuid.UUID, partner_id: uuid.UUID, version: int
) -> tuple[Review, Person]:
    review = get_locked(session, checkup_id=checkup_id, version=version)
    if review.first_signed_at is None or review.state not in WORKING:
        raise Conflict("not_now")
    if review.lawyer_id == partner_id:
        raise Conflict("own_signature")
    if partner_id not in list_partners(session, review.firm_id):
        raise Conflict("not_partner")
    return review, session.get_one(Person, partner_id)


def list_partners(session: Session, firm_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Who may sign as a partner of the firm."""
    query = select(Membership.person_id).where(Membership.firm_id == firm_id, Membership.role == "partner")
    return frozenset(session.scalars(query))


def list_countersigners(session: Session, row: Checkup, lawyer_id: uuid.UUID | None) -> frozenset[uuid.UUID]:
    """The partners who can sign this report after its lawyer: not she herself, nobody who has recused herself."""
    return list_partners(session, row.firm_id) - {lawyer_id} - list_recused(session, row)


def asks_partner(session: Session, review: Review, findings: Iterable[FindingRow]) -> bool:
    """Whether a partner must sign after the lawyer of this review. A firm's only partner is nobody's junior."""
    partners = list_partners(session, review.firm_id)
    is_partner = review.lawyer_id in partners
    is_junior = is_junior_lawyer(session, review.firm_id, review.lawyer_id) and partners != {review.lawyer_id}
    return needs_partner(findings, is_junior=is_junior, is_partner=is_partner)


def is_junior_lawyer(session: Session, firm_id: uuid.UUID, person_id: uuid.UUID | None) -> bool:
    """Whether the firm has marked this lawyer as junior."""
    query = select(Membership.is_junior).where(Membership.firm_id == firm_id, Membership.person_id == person_id)
    return any(session.scalars(query))


def note_step(
    session: Session,
    review: Review,
    step: str,
    *,
    by: tuple[uuid.UUID, str],
    case: CaseKey,
    now: dt.datetime,
    content: Content | None = None,
    why: str = "",
) -> None:
    """Write one act of signing: who, what stood there, why, when."""
    session.add(
        Signing(
            firm_id=review.firm_id,
            checkup_id=review.checkup_id,
            owner_id=review.owner_id,
            edition=review.edition,
            step=step,
            person_id=by[0],
            person_name=by[1],
            sealed_content=None if content is None else case.seal(content.to_bytes()),
            sealed_why=case.seal(why.encode()) if why else None,
            at=now,
        )
    )


def _issue(
    session: Session,
    *,
    row: Checkup,
    review: Review,
    content: Content,
    partner: Person | None,
    case: CaseKey,
    now: dt.datetime,
) -> Edition:
    """Freeze the edition, number it for /verify, point the one before to it, open fixes, tell owner and worker."""
    earlier = find_edition(session, row.id)
    signer = partner.id if partner else review.lawyer_id
    move(session, row, "sign" if earlier is None else "correct", actor_id=signer, now=now)
    firm = session.get_one(Firm, row.firm_id)
    edition = Edition(
        firm_id=row.firm_id,
        checkup_id=row.id,
        number=1 if earlier is None else earlier.number + 1,
        owner_id=row.owner_id,
        lawyer_id=review.lawyer_id,
        lawyer_name=review.lawyer_name,
        partner_id=partner.id if partner else None,
        partner_name=partner.name if partner else None,
        sealed_content=case.seal(content.to_bytes()),
        sealed_why=review.sealed_why,
        content_hash="",
        verify_number=mint("FM", at=now, letters=10, dash=""),
        signed_at=now,
    )
    signers = [str(edition.lawyer_id), *([str(edition.partner_id)] if edition.partner_id else [])]
    edition.content_hash = signed_hash(content, edition=edition.number, signers=signers)
    session.add(edition)
    _publish(session, edition, earlier, firm)
    move_review(session, row, review, "sign", actor_id=signer, now=now)
    review.first_signed_at, review.signed_at, review.edition, review.sent_back_at = None, now, edition.number, None
    close_questions(session, row.id, now)
    row.signed_at, row.verify_number = row.signed_at or now, edition.verify_number
    touch(session, review, now)
    open_fixes(session, row=row, findings=list_findings(session, checkup_id=row.id), now=now)
    messages.tell_owner(session, "report_signed", row, now=edition.signed_at, firm=firm, edition=edition)
    jobs.defer(session, "render_report", firm_id=row.firm_id, checkup_id=row.id, kind="signed")
    return edition


def _publish(session: Session, edition: Edition, earlier: Edition | None, firm: Firm) -> None:
    """What anyone may learn at /verify; the number before says which one replaced it."""
    names = [edition.lawyer_name, *([edition.partner_name] if edition.partner_name else [])]
    session.add(
        Verification(
            number=edition.verify_number,
            firm_id=edition.firm_id,
            content_hash=edition.content_hash,
            firm_name=firm.name,
            lawyer_name="、".join(names),
            signed_on=city_day(edition.signed_at),
        )
    )
    if earlier is not None:
        replaced = update(Verification).where(Verification.number == earlier.verify_number)
        session.execute(replaced.values(state="replaced", replaced_by=edition.verify_number))
