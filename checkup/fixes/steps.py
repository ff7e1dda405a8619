"""Mending: the owner takes, dates and claims; the lawyer confirms or reopens. Every step is an event."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import CaseKey, Keyring
from checkup.fixes import states
from checkup.fixes.models import Fix, FixEvent, FixProof
from checkup.fixes.planning import FARTHEST, is_day_possible
from checkup.fixes.proofs import SealedFile, store_proof
from checkup.review.models import Review
from tenants import messages
from tenants.clock import city_day
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.models import Business, Membership
from tenants.rows import get_one
from tenants.typed.text import prose
from tenants.typed.words import check_words

MOST_WORDS = 500
_NEEDS_WORDS = frozenset({"accept", "reopen"})


@dataclass(frozen=True)
class FixStep:
    """One event, its sentence unsealed."""

    event: FixEvent
    why: str


@dataclass(frozen=True)
class OpenFix:
    """A fix with everything that was said and shown about it."""

    fix: Fix
    steps: tuple[FixStep, ...]
    proofs: tuple[FixProof, ...]


@dataclass(frozen=True)
class ClaimedFix:
    """A fix that waits for the lawyer's look, with the case it belongs to."""

    fix: Fix
    checkup: Checkup
    business_name: str
    lawyer_name: str


def list_fixes(session: Session, *, checkup_id: uuid.UUID) -> Sequence[Fix]:
    """In the order of the report."""
    return session.scalars(select(Fix).where(Fix.checkup_id == checkup_id).order_by(Fix.place)).all()


def open_fixes_of(session: Session, *, checkup_id: uuid.UUID, keys: Keyring) -> Sequence[OpenFix]:
    """Every fix with its events and proofs, in the order of the report. Raises: NotFound."""
    return read_fixes(session, checkup_id, open_case(session, get_checkup_row(session, checkup_id), keys))


def read_fixes(session: Session, checkup_id: uuid.UUID, case: CaseKey) -> Sequence[OpenFix]:
    """The same for a case that is opened already."""
    of_case = select(FixEvent).where(FixEvent.checkup_id == checkup_id)
    events = session.scalars(of_case.order_by(FixEvent.at, FixEvent.id))
    steps = [FixStep(e, case.unseal(e.sealed_why).decode() if e.sealed_why else "") for e in events]
    proofs = session.scalars(select(FixProof).where(FixProof.checkup_id == checkup_id).order_by(FixProof.at)).all()
    return [
        OpenFix(
            fix,
            tuple(step for step in steps if step.event.risk == fix.risk),
            tuple(proof for proof in proofs if proof.risk == fix.risk),
        )
        for fix in list_fixes(session, checkup_id=checkup_id)
    ]


def owner_step(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    risk: str,
    step: str,
    why: str,
    proofs: Sequence[SealedFile],
    actor_id: uuid.UUID | None,
    keys: Keyring,
    now: dt.datetime,
    by: str = "owner",
) -> Fix:
    """`take`, `claim` (needs a photo or a word) or `accept` (needs a reason), `by` her or by whom she lets do it.

    The same again, by a second tap or the back button, changes nothing.
    Raises: NotFound, Conflict `not_now`, Invalid on `why` or `proof`.
    """
    if step == "claim" and not proofs and not prose(why):
        raise Invalid((FieldFault("why", "proof_needed"),))
    fix = _find(session, checkup_id, risk)
    if _is_done(session, fix, step, by, prose(why), keys):
        return fix
    _move(session, fix, step, of=states.OF_OWNER, by=by, actor_id=actor_id, why=why, keys=keys, now=now)
    for file in proofs:
        store_proof(session, fix=fix, file=file, now=now)
    return fix


def _is_done(session: Session, fix: Fix, step: str, by: str, why: str, keys: Keyring) -> bool:
    """Whether the newest move is this very step of the same hands, with these words."""
    if fix.state not in {became for (_, move), became in states.LIFE.moves.items() if move == step}:
        return False
    of_fix = select(FixEvent).where(FixEvent.checkup_id == fix.checkup_id, FixEvent.risk == fix.risk)
    last = session.scalars(of_fix.order_by(FixEvent.at.desc(), FixEvent.id.desc()).limit(1)).one_or_none()
    if last is None or last.by != by:
        return False
    case = open_case(session, get_checkup_row(session, fix.checkup_id), keys)
    return (case.unseal(last.sealed_why).decode() if last.sealed_why else "") == why


def set_day(session: Session, *, checkup_id: uuid.UUID, risk: str, day: dt.date, now: dt.datetime) -> Fix:
    """The owner's own day for it. Raises: NotFound, Conflict `not_now` when nothing is to do, Invalid `day`."""
    fix = _find(session, checkup_id, risk)
    if fix.state not in states.TO_DO:
        raise Conflict("not_now")
    if not is_day_possible(day, city_day(now)):
        raise Invalid((FieldFault("day", "days_out_of_range", {"least": 0, "most": FARTHEST.days}),))
    fix.due_on, fix.due_by, fix.changed_at = day, "owner", now
    session.flush()
    return fix


def lawyer_step(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    risk: str,
    step: str,
    why: str,
    lawyer_id: uuid.UUID,
    keys: Keyring,
    now: dt.datetime,
) -> Fix:
    """`confirm`, or `reopen` with a sentence; the owner is told.

    Raises: NotFound, Conflict (`not_yours`, `not_now`), Invalid `why`.
    """
    row = get_checkup_row(session, checkup_id)
    check_lawyer(session, row, lawyer_id)
    fix = _find(session, checkup_id, risk)
    _move(session, fix, step, of=states.OF_LAWYER, by="lawyer", actor_id=lawyer_id, why=why, keys=keys, now=now)
    messages.tell_owner(session, "fix_confirmed" if step == "confirm" else "fix_reopened", row, now=now)
    return fix


def check_lawyer(session: Session, row: Checkup, lawyer_id: uuid.UUID) -> None:
    """The one who signed; once that lawyer has left the firm, any colleague.

    Raises: NotFound where the owner wants no lawyer or nothing is signed; Conflict `not_yours`.
    """
    review = session.scalars(select(Review).where(Review.checkup_id == row.id)).one_or_none()
    if not row.review_wanted or review is None or row.signed_at is None:
        raise NotFound
    if review.lawyer_id != lawyer_id:
        stays = select(Membership.person_id).where(
            Membership.firm_id == row.firm_id, Membership.person_id == review.lawyer_id
        )
        if session.scalars(stays).first() is not None:
            raise Conflict("not_yours")


def list_claimed(session: Session, *, firm_id: uuid.UUID) -> Sequence[ClaimedFix]:
    """What waits for a lawyer of the firm to confirm or reopen, the longest waiting first."""
    query = (
        select(Fix, Checkup, Business.name, Review.lawyer_name)
        .select_from(Fix)
        .join(Checkup)
        .join(Business)
        .join(Review)
        .where(Fix.firm_id == firm_id, Fix.state == "claimed_done", Checkup.review_wanted.is_(True))
        .order_by(Fix.changed_at)
        .limit(200)
    )
    return [ClaimedFix(*found) for found in session.execute(query).tuples()]


def _find(session: Session, checkup_id: uuid.UUID, risk: str) -> Fix:
    hold_case(session, checkup_id)
    query = select(Fix).where(Fix.checkup_id == checkup_id, Fix.risk == risk).with_for_update()
    return get_one(session, query)


def _move(
    session: Session,
    fix: Fix,
    step: str,
    *,
    of: frozenset[str],
    by: str,
    actor_id: uuid.UUID | None,
    why: str,
    keys: Keyring,
    now: dt.datetime,
) -> None:
    became = states.LIFE.after(fix.state, step, of=of)
    words = check_words(why, "why", most=MOST_WORDS, needed=step in _NEEDS_WORDS)
    sealed = None
    if words:
        row = get_checkup_row(session, fix.checkup_id)
        sealed = open_case(session, row, keys).seal(words.encode())
    session.add(
        FixEvent(
            firm_id=fix.firm_id,
            checkup_id=fix.checkup_id,
            risk=fix.risk,
            owner_id=fix.owner_id,
            actor_id=actor_id,
            by=by,
            was=fix.state,
            became=became,
            sealed_why=sealed,
            at=now,
        )
    )
    fix.state, fix.changed_at = became, now
    session.flush()
