"""Before the facts: what one person found about the names of a case. Row-level security reads the outcome."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import Session, aliased

from checkup.cases.break_glass import has_access
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.conflicts import states
from checkup.conflicts.models import ConflictCheck
from checkup.conflicts.parties import open_names_case
from checkup.review.events import record_event
from checkup.review.models import ReviewEvent
from tenants import audit
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.typed.words import check_words

MOST_REASON = 500
ASKED_BACK = "asked_back"


def find_check(session: Session, checkup_id: uuid.UUID, person_id: uuid.UUID) -> ConflictCheck | None:
    """What this person said about the case, if anything."""
    query = select(ConflictCheck).where(ConflictCheck.checkup_id == checkup_id, ConflictCheck.person_id == person_id)
    return session.scalars(query).first()


def list_recused(session: Session, row: Checkup) -> set[uuid.UUID]:
    """Who must never read this case."""
    query = select(ConflictCheck.person_id).where(
        ConflictCheck.firm_id == row.firm_id, ConflictCheck.checkup_id == row.id, ConflictCheck.outcome == "recuse"
    )
    return set(session.scalars(query))


def list_askers(session: Session, row: Checkup) -> set[uuid.UUID]:
    """Who waits for a partner's word before she may read this case."""
    query = select(ConflictCheck.person_id).where(
        ConflictCheck.firm_id == row.firm_id, ConflictCheck.checkup_id == row.id, ConflictCheck.outcome == "ask_partner"
    )
    return set(session.scalars(query))


def is_open_to(session: Session, row: Checkup, person_id: uuid.UUID, now: dt.datetime) -> bool:
    """Whether this person may read the facts of the case now: a clear check of the own, or break-glass."""
    check = find_check(session, row.id, person_id)
    is_clear = row.review_wanted and check is not None and check.outcome == "clear"
    return is_clear or has_access(session, checkup_id=row.id, person_id=person_id, now=now)


def refuse_walled(session: Session, checkup_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Whoever recused has nothing to do with the case any more, its process and fees included. Raises: NotFound."""
    check = find_check(session, checkup_id, person_id)
    if check is not None and check.outcome == "recuse":
        raise NotFound


def record_check(
    session: Session,
    *,
    row: Checkup,
    by: audit.Actor,
    outcome: str,
    reason: str,
    hits: int,
    parties_version: int,
    keys: Keyring,
    now: dt.datetime,
) -> ConflictCheck:
    """What a person says of herself, after having seen the names. Raises: Invalid on `outcome` or `reason`,
    Conflict `wall` for whoever recused or asked before."""
    text = check_reason(outcome, reason)
    if by.id is None:
        raise NotFound
    hold_case(session, row.id)
    check = find_check(session, row.id, by.id)
    was = states.NEW if check is None else check.outcome
    states.ALONE.after(was, outcome)
    # Sealed first: a check that asks a partner cannot be changed any more once it is written.
    sealed = open_names_case(session, row, keys).seal(text.encode()) if text else None
    if check is None:
        check = ConflictCheck(
            firm_id=row.firm_id,
            checkup_id=row.id,
            person_id=by.id,
            owner_id=row.owner_id,
            person_name=by.name,
        )
        session.add(check)
    check.outcome, check.decided_by, check.at = outcome, by.id, now
    check.hits, check.parties_version = hits, parties_version
    check.sealed_reason = sealed
    record_event(session, row, "conflict", was=was, became=outcome, actor_id=by.id, person_id=by.id, now=now)
    session.flush()
    return check


def check_reason(outcome: str, reason: str) -> str:
    """Raises: Invalid."""
    if outcome not in states.OUTCOMES:
        raise Invalid((FieldFault("outcome", "unknown_option"),))
    return check_words(reason, "reason", most=MOST_REASON, needed=False)


def decide_check(
    session: Session,
    *,
    row: Checkup,
    person_id: uuid.UUID,
    by: audit.Actor,
    outcome: str,
    reason: str,
    keys: Keyring,
    now: dt.datetime,
) -> ConflictCheck:
    """A partner decides for a colleague. Raises: NotFound, Invalid, Conflict `wall`."""
    text = check_reason(outcome, reason)
    hold_case(session, row.id)
    query = select(ConflictCheck).where(ConflictCheck.checkup_id == row.id, ConflictCheck.person_id == person_id)
    check = session.scalars(query.with_for_update()).one_or_none()
    if check is None or by.id is None or by.id == person_id:
        raise NotFound
    states.BY_PARTNER.after(check.outcome, outcome)
    was, check.outcome, check.decided_by, check.at = check.outcome, outcome, by.id, now
    if text:
        check.sealed_reason = open_names_case(session, row, keys).seal(text.encode())
    record_event(session, row, "conflict", was=was, became=outcome, actor_id=by.id, person_id=person_id, now=now)
    session.flush()
    return check


def release_check(session: Session, row: Checkup, *, person_id: uuid.UUID, now: dt.datetime) -> None:
    """Whoever gives a case back no longer reads it; taking it again takes a new check."""
    check = find_check(session, row.id, person_id)
    if check is not None and check.outcome == "clear":
        check.outcome, check.at = "released", now
        record_event(
            session, row, "conflict", was="clear", became="released", actor_id=None, person_id=person_id, now=now
        )


def read_reason(session: Session, row: Checkup, check: ConflictCheck, keys: Keyring) -> str:
    """Why, in the words of whoever said it; empty when nothing was said."""
    if check.sealed_reason is None:
        return ""
    return open_names_case(session, row, keys).unseal(check.sealed_reason).decode()


def is_asked_back(session: Session, check: ConflictCheck) -> bool:
    """Whether this person, who recused herself, has asked since that a partner take it back."""
    return session.scalar(select(_asked_back(check.checkup_id, check.person_id, check.at))) or False


def _asked_back(checkup_id: object, person_id: object, since: object) -> Exists:
    return exists().where(
        ReviewEvent.checkup_id == checkup_id,
        ReviewEvent.person_id == person_id,
        ReviewEvent.kind == "conflict",
        ReviewEvent.why == ASKED_BACK,
        ReviewEvent.at >= since,
    )


def ask_back(session: Session, *, row: Checkup, by: audit.Actor, now: dt.datetime) -> None:
    """Whoever recused herself by mistake asks a partner to look again; the wall stands meanwhile. Twice asks once.

    Raises: NotFound, Conflict `not_now` for whoever did not recuse herself.
    """
    check = find_check(session, row.id, by.id) if by.id is not None else None
    if check is None:
        raise NotFound
    if check.outcome != "recuse" or is_asked_back(session, check):
        raise Conflict("not_now")
    record_event(
        session,
        row,
        "conflict",
        was="recuse",
        became="recuse",
        actor_id=by.id,
        person_id=by.id,
        now=now,
        why=ASKED_BACK,
    )
    session.flush()


def list_asked(
    session: Session, *, firm_id: uuid.UUID, partner_id: uuid.UUID
) -> Sequence[tuple[Checkup, ConflictCheck]]:
    """Checks that wait for this partner, recusals asked back among them, the oldest first."""
    asked_back = _asked_back(ConflictCheck.checkup_id, ConflictCheck.person_id, ConflictCheck.at)
    waits = (ConflictCheck.outcome == "ask_partner") | ((ConflictCheck.outcome == "recuse") & asked_back)
    own = aliased(ConflictCheck)
    is_walled = exists().where(own.checkup_id == Checkup.id, own.person_id == partner_id, own.outcome == "recuse")
    query = (
        select(Checkup, ConflictCheck)
        .join(ConflictCheck)
        .where(Checkup.firm_id == firm_id, waits, Checkup.review_wanted.is_(True), ~is_walled)
        .order_by(ConflictCheck.at)
    )
    return [(row, check) for row, check in session.execute(query).tuples()]
