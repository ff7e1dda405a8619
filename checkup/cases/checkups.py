"""Start a checkup, answer it, submit it. Every service takes the session first and never commits."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from checkup.cases import states
from checkup.cases.answer_record import AnswerRecord
from checkup.cases.holding import ERASED, hold_case
from checkup.cases.models import CaseKeyRow, Checkup, CheckupEvent, FindingRow, SealedAnswers
from checkup.cases.sealing import CaseKey, Keyring
from checkup.cases.share_ending import end_links
from checkup.packs.answers import Value, parse_value
from checkup.packs.catalogue import get_pack
from checkup.packs.values import Pack
from checkup.rollout.releases import pack_in_force
from checkup.scoring import model
from checkup.scoring.triage import outline_of
from checkup.scoring.values import Score
from tenants import jobs
from tenants.base import new_id
from tenants.business_details import BusinessDetails
from tenants.businesses import WEB, details_at, details_of, give_consent, register_business
from tenants.campaigns.links import CameBy
from tenants.clock import city_day
from tenants.errors import Conflict, NotFound
from tenants.firms.reception import is_reception
from tenants.models import Business, Firm
from tenants.numbers import mint
from tenants.one_at_a_time import one_at_a_time
from tenants.rows import get_one

# Steps after which the statistics (cloud/cubes/counting.py) look at the business again.
COUNTED_STEPS = frozenset({"submit", "reopen", "sign", "withdraw", "erase"})
FACTS = "facts"


@dataclass(frozen=True)
class OpenCheckup:
    """A checkup with its answers unsealed: the row, its business, what it was told of it, its pack, answers and their
    origin."""

    row: Checkup
    business: Business
    told: BusinessDetails
    pack: Pack
    answers: dict[str, Value]
    record: AnswerRecord

    @property
    def profile(self) -> dict[str, str | float]:
        """The pack's profile fields, as scoring reads them."""
        return self.told.profile()

    def score(self, *, today: dt.date, overruled: Mapping[str, float] | None = None) -> Score:
        """Scored as what it is, express or deep; `overruled`: risk → the lawyer's likelihood."""
        known, express = (self.pack, self.profile, self.answers), self.row.is_express
        return model.score(*known, today=today, express=express, overruled=overruled)


def start_checkup(
    session: Session,
    *,
    firm_id: uuid.UUID,
    owner_id: uuid.UUID,
    details: BusinessDetails,
    consents: Mapping[str, bool],
    pack_id: str,
    locale: str,
    keys: Keyring,
    now: dt.datetime,
    channel: str = "web",
    said_by: str = WEB,
    once: uuid.UUID | None = None,
    came_by: CameBy | None = None,
) -> Checkup:
    """A new checkup of a new business, its consents receipted, its answers sealed under a key of their own.

    `once` is the id it gets where the act that starts it has one (`find_started`); `said_by`: how she agreed;
    `came_by`: a link of a campaign.
    """
    business = register_business(
        session, firm_id=firm_id, owner_id=owner_id, details=details, consents=consents, now=now, said_by=said_by
    )
    wanted = consents.get("review", False)
    return open_new(
        session,
        business=business,
        pack_id=pack_id,
        locale=locale,
        channel=channel,
        review_wanted=wanted,
        keys=keys,
        now=now,
        once=once,
        came_by=came_by,
    )


def open_new(
    session: Session,
    *,
    business: Business,
    pack_id: str,
    locale: str,
    channel: str,
    review_wanted: bool,
    keys: Keyring,
    now: dt.datetime,
    previous_id: uuid.UUID | None = None,
    once: uuid.UUID | None = None,
    came_by: CameBy | None = None,
) -> Checkup:
    """A new checkup of a known business on the version of the pack that its firm takes, with its own key."""
    firm_id, owner_id = business.firm_id, business.owner_id
    pack = pack_in_force(session, pack_id, firm_id)
    checkup = Checkup(
        firm_id=firm_id,
        id=once or new_id(),
        business_id=business.id,
        owner_id=owner_id,
        previous_id=previous_id,
        case_number=mint("SH", at=now),
        state="started",
        pack_id=pack.id,
        pack_version=pack.version,
        pack_hash=pack.hash,
        locale=locale,
        channel=channel,
        review_wanted=review_wanted,
        started_at=now,
        **(came_by.columns(domain.id for domain in pack.domains) if came_by else {}),
    )
    session.add(checkup)
    session.flush()
    firm = session.get_one(Firm, firm_id)
    if firm.wrapped_key is None:
        raise NotFound
    data_key = keys.new_data_key(firm.wrapped_key, str(firm_id), str(checkup.id))
    case = keys.case(firm.wrapped_key, str(firm_id), data_key, str(checkup.id))
    session.add(CaseKeyRow(firm_id=firm_id, checkup_id=checkup.id, owner_id=owner_id, wrapped_key=data_key))
    session.add(
        SealedAnswers(
            firm_id=firm_id,
            checkup_id=checkup.id,
            owner_id=owner_id,
            sealed=case.seal(AnswerRecord().to_bytes()),
        )
    )
    session.flush()
    return checkup


def open_case(session: Session, row: Checkup, keys: Keyring) -> CaseKey:
    """The opened key of one checkup, for answers and for the lawyer's advice. Raises: NotFound when it is destroyed."""
    wrapped = session.get(CaseKeyRow, (row.firm_id, row.id, FACTS))
    firm_key = session.get_one(Firm, row.firm_id).wrapped_key
    if wrapped is None or firm_key is None:
        raise NotFound
    return keys.case(firm_key, str(row.firm_id), wrapped.wrapped_key, str(row.id))


_FIND = (
    select(Checkup, Business, SealedAnswers, Firm.wrapped_key, CaseKeyRow.wrapped_key)
    .select_from(Checkup)
    .join(Business)
    .join(SealedAnswers)
    .join(CaseKeyRow)
    .join(Firm, (Firm.id == Checkup.firm_id) & Firm.wrapped_key.is_not(None))
    .where(Checkup.id == bindparam("checkup_id"), CaseKeyRow.opens == FACTS)
)
# The row's state is read under the same lock: the answers alone would come with the state of an older snapshot. Rows
# that point at the case may still be added beside it.
_FIND_AND_LOCK = _FIND.with_for_update(of=[Checkup, SealedAnswers], key_share=True).execution_options(
    populate_existing=True
)


@dataclass(frozen=True)
class FoundCheckup:
    """A checkup's row with its key and its unsealed record. `told` is what was said of the business when it was
    submitted, and of a draft what is said now."""

    row: Checkup
    business: Business
    told: BusinessDetails
    sealed: SealedAnswers
    case: CaseKey
    record: AnswerRecord

    def opened(self, record: AnswerRecord | None = None) -> OpenCheckup:
        pack = get_pack(self.row.pack_id, self.row.pack_version)
        record = record or self.record
        return OpenCheckup(self.row, self.business, self.told, pack, record.answers(), record)


def get_checkup(session: Session, checkup_id: uuid.UUID, keys: Keyring, *, lock: bool) -> FoundCheckup:
    """The checkup, it and its answers locked against other writers if asked. Raises: NotFound."""
    found = session.execute(_FIND_AND_LOCK if lock else _FIND, {"checkup_id": checkup_id}).one_or_none()
    if found is None:
        raise NotFound
    row, business, sealed, firm_key, data_key = found
    if row.state == ERASED:  # while its lock was waited for; the key of before is no key any more
        raise NotFound
    case = keys.case(firm_key or b"", str(row.firm_id), data_key, str(row.id))
    told = told_of(session, row, business)
    return FoundCheckup(row, business, told, sealed, case, AnswerRecord.from_bytes(case.unseal(sealed.sealed)))


def told_of(session: Session, row: Checkup, business: Business) -> BusinessDetails:
    """What was said of the business when the checkup was submitted; for a draft, what is said now."""
    if row.state in states.DRAFTS or row.submitted_at is None:
        return details_of(business)
    return details_at(session, business, row.submitted_at)


def open_checkup(session: Session, *, checkup_id: uuid.UUID, keys: Keyring) -> OpenCheckup:
    """The checkup with its answers. Raises: NotFound for an id that is not within the scope."""
    return get_checkup(session, checkup_id, keys, lock=False).opened()


def save_answer(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    question_id: str,
    raw: str | list[str],
    by: str,
    via: str,
    keys: Keyring,
    now: dt.datetime,
) -> OpenCheckup:
    """Store one answer; the last write of a question wins and replaced values are kept.

    The row is locked, so two tabs never overwrite each other's answers to different questions. An answer to a
    question off the path is kept and simply does not count. After submission answers reopen the checkup until
    a lawyer takes it. Raises: NotFound, InvalidAnswer, Conflict `not_now`.
    """
    found = get_checkup(session, checkup_id, keys, lock=True)
    row = found.row
    try:
        question = get_pack(row.pack_id, row.pack_version).question(question_id)
    except KeyError:
        raise NotFound from None
    changed = found.record.with_answer(question_id, parse_value(question, raw), at=now, by=by, via=via)
    store_answers(session, found, changed, now=now)
    return found.opened(changed)


def store_answers(
    session: Session,
    found: FoundCheckup,
    changed: AnswerRecord,
    *,
    now: dt.datetime,
    actor_id: uuid.UUID | None = None,
) -> None:
    """Her answers as they are now; what was submitted is open again. Raises: Conflict `not_now`."""
    if changed is found.record:
        return
    if found.row.state == "submitted":
        move(session, found.row, "reopen", actor_id=actor_id, now=now)
    if found.row.state != "answering":
        move(session, found.row, "answer", actor_id=actor_id, now=now)
    store_record(session, found, changed)


def store_record(session: Session, found: FoundCheckup, record: AnswerRecord) -> None:
    """Seal the changed record."""
    found.sealed.sealed = found.case.seal(record.to_bytes())
    session.flush()


def move(
    session: Session, row: Checkup, step: str, *, actor_id: uuid.UUID | None, now: dt.datetime, why: str = ""
) -> None:
    """Take one allowed step and write its event; what is withdrawn is shared no more. Raises: Conflict `not_now`."""
    was, row.state = row.state, states.LIFE.after(row.state, step)
    session.add(
        CheckupEvent(
            firm_id=row.firm_id,
            checkup_id=row.id,
            owner_id=row.owner_id,
            actor_id=actor_id,
            was=was,
            became=row.state,
            why=why,
            at=now,
        )
    )
    if step in ("withdraw", "erase"):
        end_links(session, firm_id=row.firm_id, checkup_id=row.id, now=now)
    if step in COUNTED_STEPS:
        jobs.defer(session, "count_business", firm_id=row.firm_id, business_id=row.business_id)


def submit_checkup(session: Session, *, checkup_id: uuid.UUID, keys: Keyring, now: dt.datetime) -> Checkup:
    """Score the checkup, store score and findings, ask the worker for the report. Twice changes nothing."""
    found = get_checkup(session, checkup_id, keys, lock=True)
    row = found.row
    if not states.LIFE.may(row.state, "submit"):
        return row
    opened = found.opened()
    result = opened.score(today=city_day(now))
    store_score(session, row, result, today=city_day(now))
    move(session, row, "submit", actor_id=row.owner_id, now=now)
    row.submitted_at = now
    session.flush()
    jobs.defer(session, "render_report", firm_id=row.firm_id, checkup_id=row.id, kind="automatic")
    if row.review_wanted:
        jobs.defer(session, "follow_review", firm_id=row.firm_id, checkup_id=row.id)
    return row


def store_score(session: Session, row: Checkup, result: Score, *, today: dt.date) -> None:
    """Replace the checkup's score, findings and what the queue shows of them by a new result."""
    row.score, row.score_low, row.score_high = result.score, result.low, result.high
    row.grade, row.grade_low, row.grade_high = result.grade, result.grade_low, result.grade_high
    row.held_by = None if result.held_by is None else " ".join((result.held_by.rule, *result.held_by.risks))
    row.answered, row.enough, row.light = result.answered, result.enough, result.light
    outline = outline_of(result.findings, today)
    row.urgent_count, row.finding_count = outline.urgent_count, outline.finding_count
    row.next_due, row.domains = outline.next_due, " ".join(outline.domains)
    session.execute(delete(FindingRow).where(FindingRow.firm_id == row.firm_id, FindingRow.checkup_id == row.id))
    session.add_all(
        FindingRow(
            firm_id=row.firm_id,
            checkup_id=row.id,
            owner_id=row.owner_id,
            place=place,
            risk=f.risk,
            domain=f.domain,
            severity=f.severity,
            likelihood=f.likelihood,
            lo=f.lo,
            hi=f.hi,
            state=f.state,
            priority=f.priority,
            colour=f.colour,
            points=f.points,
            urgent=f.urgent,
            due_on=f.due,
            case_place=f.case,
        )
        for place, f in enumerate(result.findings)
    )


def list_findings(session: Session, *, checkup_id: uuid.UUID) -> Sequence[FindingRow]:
    """The findings in the order of the result: live deadlines, urgency, priority."""
    query = select(FindingRow).where(FindingRow.checkup_id == checkup_id).order_by(FindingRow.place)
    return session.scalars(query).all()


def find_started(session: Session, once: uuid.UUID | None) -> Checkup | None:
    """What this very act has started, once it is done: a second tap waits for the first. Under the owner's scope."""
    if once is None:
        return None
    one_at_a_time(session, "checkup begun", once)
    return session.scalars(select(Checkup).where(Checkup.id == once)).one_or_none()


def get_checkup_row(session: Session, checkup_id: uuid.UUID) -> Checkup:
    """The row alone, without its answers, to read. Raises: NotFound."""
    return get_one(session, select(Checkup).where(Checkup.id == checkup_id))


def set_mode(session: Session, *, checkup_id: uuid.UUID, mode: str, focus: str | None = None) -> None:
    """Go on to the deep questions; `focus` names the domain asked first. Raises: NotFound."""
    row = hold_case(session, checkup_id)
    pack = get_pack(row.pack_id, row.pack_version)
    row.mode, row.focus = mode, focus if focus in {domain.id for domain in pack.domains} else None


def ask_review(session: Session, *, checkup_id: uuid.UUID, now: dt.datetime) -> None:
    """The owner agrees that a lawyer of this firm reads: a receipt, and a place in the queue. Raises: NotFound,
    Conflict `no_firm` at the city's reception, and where a firm would not know whom to compare with its clients."""
    row = hold_case(session, checkup_id)
    business = session.get_one(Business, (row.firm_id, row.business_id))
    if is_reception(row.firm_id) or not (business.name and business.district):
        raise Conflict("no_firm")
    if not row.review_wanted:
        give_consent(session, business=business, purpose="review", granted=True, now=now)
        row.review_wanted = True
        jobs.defer(session, "follow_review", firm_id=row.firm_id, checkup_id=row.id)
