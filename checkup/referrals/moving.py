"""Steps of a referral: its owner's, its provider's. Each is one event; what follows hangs on that row."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from checkup.cases.holding import hold_case
from checkup.cases.part_keys import open_part
from checkup.cases.sealing import CaseKey, Keyring
from checkup.referrals import states
from checkup.referrals.models import Referral, ReferralEvent
from tenants import audit
from tenants.businesses import give_consent
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.models import Business
from tenants.rows import get_locked, get_one
from tenants.typed.words import check_words

MOST_WORDS = 1000


@dataclass(frozen=True)
class Taken:
    """A step as it is taken: on which side, whose, why (a code), with which words."""

    step: str
    side: str
    actor: str = ""
    reason: str = ""
    words: str = ""


def get_referral(session: Session, referral_id: uuid.UUID, *, lock: bool = False) -> Referral:
    """Raises: NotFound, also outside the scope."""
    return (get_locked if lock else get_one)(session, select(Referral).where(Referral.id == referral_id))


def get_by_number(session: Session, number: str) -> Referral:
    """Raises: NotFound, also outside the scope."""
    return get_one(session, select(Referral).where(Referral.number == number))


def send(
    session: Session, *, checkup_id: uuid.UUID, referral_id: uuid.UUID, by: audit.Actor, now: dt.datetime
) -> Referral:
    """The packet that its owner has seen leaves, with her receipt; sent twice it is one.

    Raises: NotFound; Conflict `running` while the same matter runs at a body, `no_room` where it takes no more.
    """
    case = hold_case(session, checkup_id)
    row = get_referral(session, referral_id, lock=True)
    if row.state == "offered":
        return row
    states.LIFE.after(row.state, "send", of=states.ROLES[states.OWNER])
    if not session.scalar(select(func.app_takes_place(row.provider_id))):
        raise Conflict("no_room")
    business = session.get_one(Business, (case.firm_id, case.business_id))
    give_consent(session, business=business, purpose="referral", granted=True, now=now)
    said = f"{row.number} {row.level}"
    audit.note(
        session, firm_id=row.firm_id, act="referral.sent", by=by, about_id=case.id, owner_id=case.owner_id, why=said
    )
    row.offered_at = now
    try:
        with session.begin_nested():
            _move(session, row, Taken("send", states.OWNER), now=now)
    except IntegrityError:
        raise Conflict("running") from None
    return row


def owner_step(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    referral_id: uuid.UUID,
    step: str,
    words: str,
    keys: Keyring,
    now: dt.datetime,
) -> Referral:
    """She answers what was asked, or takes it back. Raises: NotFound, Invalid on `words`, Conflict."""
    case = hold_case(session, checkup_id)
    row = get_referral(session, referral_id, lock=True)
    if step == "withdraw" and row.state == "withdrawn":  # a second tap
        return row
    _step(session, row, Taken(step, states.OWNER, words=words), keys=keys, now=now)
    if step == "withdraw":
        business = session.get_one(Business, (case.firm_id, case.business_id))
        give_consent(session, business=business, purpose="referral", granted=False, now=now)
    return row


def provider_step(
    session: Session,
    *,
    referral_id: uuid.UUID,
    step: str,
    words: str,
    reason: str,
    actor: str,
    keys: Keyring,
    now: dt.datetime,
) -> Referral:
    """Under Scope(PROVIDER). `reason`: why it is declined, or the outcome with which it is closed.

    Raises: NotFound, Invalid on `words` or `reason`, Conflict.
    """
    row = get_referral(session, referral_id, lock=True)
    codes = {"decline": states.REASONS, "close": states.OUTCOMES}.get(step)
    if codes is not None and reason not in codes:
        raise Invalid((FieldFault("reason", "unknown_option" if reason else "required"),))
    taken = Taken(step, states.PROVIDER, actor, reason if codes else "", words)
    _step(session, row, taken, keys=keys, now=now)
    return row


def _step(session: Session, row: Referral, taken: Taken, *, keys: Keyring, now: dt.datetime) -> None:
    states.LIFE.after(row.state, taken.step, of=states.ROLES[taken.side])
    is_said = taken.step in states.NEEDS_WORDS or bool(taken.words)
    words = check_words(taken.words, "words", most=MOST_WORDS) if is_said else ""
    key = open_part(session, firm_id=row.firm_id, part_id=row.id, keys=keys)
    if taken.step == "close":
        row.outcome = taken.reason
    _move(session, row, replace(taken, words=words), key=key, now=now)


def _move(session: Session, row: Referral, taken: Taken, *, now: dt.datetime, key: CaseKey | None = None) -> None:
    was, row.state = row.state, states.LIFE.after(row.state, taken.step)
    row.due_on, row.late_at = states.due_after(row.state, row.kind, now), None
    if not row.is_running:
        row.ended_at = now
    session.flush()
    note_event(session, row, taken, was=was, key=key, now=now)


def note_event(
    session: Session, row: Referral, taken: Taken, *, was: str, now: dt.datetime, key: CaseKey | None = None
) -> None:
    """Words are kept under the referral's key."""
    session.add(
        ReferralEvent(
            firm_id=row.firm_id,
            checkup_id=row.checkup_id,
            owner_id=row.owner_id,
            referral_id=row.id,
            provider_id=row.provider_id,
            side=taken.side,
            actor_name=taken.actor,
            step=taken.step,
            reason=taken.reason,
            sealed_words=key.seal(taken.words.encode()) if taken.words and key else None,
            was=was,
            became=row.state,
            at=now,
        )
    )
    session.flush()
