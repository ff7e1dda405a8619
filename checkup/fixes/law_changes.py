"""A law changes: signed reports that rest on it are flagged, owners told, a lawyer says whether the advice holds."""

import datetime as dt
import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.holding import hold_case, is_held
from checkup.cases.models import Checkup, FindingRow
from checkup.cases.sealing import Keyring
from checkup.fixes.models import LawChange, LawFlag
from checkup.fixes.steps import MOST_WORDS, check_lawyer
from checkup.packs.catalogue import get_pack, list_versions
from checkup.packs.statute_references import risks_resting_on
from tenants import messages
from tenants.errors import FieldFault, Invalid
from tenants.models import Business
from tenants.rows import get_by_key
from tenants.typed.text import prose
from tenants.typed.words import word_faults

ANSWERS = ("stands", "renew")
_SIGNED = ("signed", "closed")
_log = logging.getLogger("famai.jobs")


@dataclass(frozen=True)
class SeenFlag:
    """A flag with its change and the lawyer's words."""

    flag: LawFlag
    change: LawChange
    words: str


@dataclass(frozen=True)
class OpenFlag:
    """A flag that still waits for a lawyer, with the case it belongs to."""

    flag: LawFlag
    change: LawChange
    checkup: Checkup
    business_name: str


def record_change(
    session: Session, *, law: str, article: str, changed_on: dt.date, note: str, now: dt.datetime
) -> LawChange:
    """Under Scope(OPERATOR). The same change again is the one that is there."""
    query = select(LawChange).where(
        LawChange.law == law, LawChange.article == article, LawChange.changed_on == changed_on
    )
    known = session.scalars(query).one_or_none()
    if known is None:
        known = LawChange(law=law, article=article, changed_on=changed_on, note=note, recorded_at=now)
        session.add(known)
        session.flush()
    return known


def flag_reports(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> int:
    """Under Scope(WORKER, firm): flag what no run has flagged yet; returns how many owners were told."""
    count = 0
    for change in session.scalars(select(LawChange).order_by(LawChange.recorded_at)):
        for row, risks in _resting(session, firm_id, change):
            if _flag(session, row, change, risks, now):
                messages.tell_owner(session, "law_changed", row, now=now, changed_on=change.changed_on)
                count += 1
    return count


def _resting(session: Session, firm_id: uuid.UUID, change: LawChange) -> Sequence[tuple[Checkup, list[str]]]:
    """Signed checkups whose standing findings cite the article in a version older than the change."""
    versions = select(Checkup.pack_id, Checkup.pack_version).where(
        Checkup.firm_id == firm_id, Checkup.state.in_(_SIGNED)
    )
    found: dict[uuid.UUID, tuple[Checkup, list[str]]] = {}
    for pack_id, version in session.execute(versions.distinct()).tuples():
        if version not in list_versions(pack_id):
            _log.error(
                "whether reports of %s %s rest on a changed law is not known: it ships no more", pack_id, version
            )
            continue
        cited = risks_resting_on(get_pack(pack_id, version), change.law, change.article, change.changed_on)
        query = (
            select(Checkup, FindingRow.risk)
            .join(FindingRow)
            .where(Checkup.firm_id == firm_id, Checkup.state.in_(_SIGNED))
            .where(Checkup.pack_id == pack_id, Checkup.pack_version == version)
            .where(FindingRow.risk.in_(cited), FindingRow.state == "found")
            .where(FindingRow.lawyer_action.in_(("confirm", "change")))
            .order_by(FindingRow.place)
        )
        for row, risk in session.execute(query).tuples():
            found.setdefault(row.id, (row, []))[1].append(risk)
    return list(found.values())


def _flag(session: Session, row: Checkup, change: LawChange, risks: Sequence[str], now: dt.datetime) -> bool:
    if not is_held(session, row.id):
        return False
    statement = (
        insert(LawFlag)
        .values(
            firm_id=row.firm_id,
            checkup_id=row.id,
            change_id=change.id,
            owner_id=row.owner_id,
            risks=" ".join(risks),
            flagged_at=now,
            answer="",
        )
        .on_conflict_do_nothing()
        .returning(LawFlag.change_id)
    )
    return session.execute(statement).first() is not None


def list_flags(session: Session, *, checkup_id: uuid.UUID, keys: Keyring) -> Sequence[SeenFlag]:
    """What has changed under one report, the newest first. Raises: NotFound."""
    query = (
        select(LawFlag, LawChange)
        .join(LawChange, LawChange.id == LawFlag.change_id)
        .where(LawFlag.checkup_id == checkup_id)
        .order_by(LawChange.changed_on.desc())
    )
    found = session.execute(query).tuples().all()
    if not found:
        return []
    case = open_case(session, get_checkup_row(session, checkup_id), keys)
    return [
        SeenFlag(flag, change, case.unseal(flag.sealed_words).decode() if flag.sealed_words else "")
        for flag, change in found
    ]


def list_open_flags(session: Session, *, firm_id: uuid.UUID) -> Sequence[OpenFlag]:
    """Reports of the firm under which a law has changed and no lawyer has looked yet, the oldest flag first."""
    query = (
        select(LawFlag, LawChange, Checkup, Business.name)
        .join(LawChange, LawChange.id == LawFlag.change_id)
        .join(Checkup)
        .join(Business)
        .where(LawFlag.firm_id == firm_id, LawFlag.answer == "", Checkup.review_wanted.is_(True))
        .order_by(LawFlag.flagged_at, Checkup.id)
        .limit(200)
    )
    return [OpenFlag(*found) for found in session.execute(query).tuples()]


def answer_flag(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    change_id: uuid.UUID,
    answer: str,
    words: str,
    lawyer_id: uuid.UUID,
    keys: Keyring,
    now: dt.datetime,
) -> None:
    """`stands` or `renew`, with a sentence to the owner. Raises: NotFound, Conflict `not_yours`, Invalid."""
    text = prose(words)
    faults = [] if answer in ANSWERS else [FieldFault("answer", "unknown_option")]
    faults += word_faults(text, "words", most=MOST_WORDS)
    if faults:
        raise Invalid(tuple(faults))
    row = hold_case(session, checkup_id)
    check_lawyer(session, row, lawyer_id)
    flag = get_by_key(session, LawFlag, (row.firm_id, row.id, change_id))
    flag.answer, flag.answered_by, flag.answered_at = answer, lawyer_id, now
    flag.sealed_words = open_case(session, row, keys).seal(text.encode())
    session.flush()
    messages.tell_owner(session, "law_answered", row, now=now)
