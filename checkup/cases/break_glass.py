"""Break-glass: one case opened outside the normal rules, by two people, for an hour, told to its owner."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.holding import hold_case
from tenants import audit, messages
from tenants.audit_models import BreakGlass
from tenants.errors import Conflict
from tenants.rows import get_one
from tenants.typed.words import check_line

OPEN_FOR = dt.timedelta(hours=1)
ANSWER_WITHIN = dt.timedelta(hours=24)
MOST_TEXT = 500


def ask_access(session: Session, *, checkup_id: uuid.UUID, why: str, by: audit.Actor, now: dt.datetime) -> BreakGlass:
    """Ask with a reason; nothing opens yet. Raises: NotFound, Invalid `why`."""
    reason = check_line(why, "why", most=MOST_TEXT)
    row = hold_case(session, checkup_id)
    asked = BreakGlass(
        firm_id=row.firm_id,
        checkup_id=row.id,
        owner_id=row.owner_id,
        asked_by=by.id,
        asked_name=by.name,
        why=reason,
        asked_at=now,
    )
    session.add(asked)
    _note(session, asked, "glass.asked", by)
    session.flush()
    return asked


def allow_access(session: Session, *, asked_id: uuid.UUID, by: audit.Actor, now: dt.datetime) -> BreakGlass:
    """A second person opens the case for an hour; the owner is told at once.

    Raises: NotFound; Conflict `two_people` for the one who asked, `not_now` when answered or too old.
    """
    query = select(BreakGlass).where(BreakGlass.id == asked_id)
    asked = get_one(session, query)
    if asked.asked_by == by.id:
        raise Conflict("two_people")
    row = hold_case(session, asked.checkup_id)
    session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()
    if asked.allowed_at is not None or asked.asked_at + ANSWER_WITHIN < now:
        raise Conflict("not_now")
    asked.allowed_by, asked.allowed_at, asked.ends_at = by.id, now, now + OPEN_FOR
    _note(session, asked, "glass.allowed", by)
    names = {"asked_name": asked.asked_name, "why": asked.why, "allowed_name": by.name}
    messages.tell_owner(session, "glass_opened", row, now=now, **names)
    return asked


def _note(session: Session, asked: BreakGlass, act: str, by: audit.Actor) -> None:
    audit.note(
        session,
        firm_id=asked.firm_id,
        act=act,
        by=by,
        about_id=asked.checkup_id,
        owner_id=asked.owner_id,
        why=asked.why,
    )


def has_access(session: Session, *, checkup_id: uuid.UUID, person_id: uuid.UUID, now: dt.datetime) -> bool:
    """Whether this person may open the case in an emergency now."""
    query = select(BreakGlass.id).where(
        BreakGlass.checkup_id == checkup_id, BreakGlass.asked_by == person_id, BreakGlass.ends_at > now
    )
    return session.scalars(query).first() is not None


def list_asked(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> Sequence[BreakGlass]:
    """Requests that still wait for a second person."""
    query = select(BreakGlass).where(
        BreakGlass.firm_id == firm_id, BreakGlass.allowed_at.is_(None), BreakGlass.asked_at > now - ANSWER_WITHIN
    )
    return session.scalars(query.order_by(BreakGlass.asked_at)).all()
