"""Every step of a mediation is one event on its row; what follows, the telling, hangs on that."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.sealing import CaseKey
from checkup.mediation import states
from checkup.mediation.models import Mediation, MediationEvent
from tenants.rows import get_locked, get_one


@dataclass(frozen=True)
class Taken:
    """A step as it is taken: on which side, whose, with which words."""

    step: str
    side: str
    actor: str = ""
    words: str = ""


def get_mediation(session: Session, mediation_id: uuid.UUID, *, lock: bool = False) -> Mediation:
    """Raises: NotFound, also outside the scope."""
    return (get_locked if lock else get_one)(session, select(Mediation).where(Mediation.id == mediation_id))


def find_of_referral(session: Session, referral_id: uuid.UUID) -> Mediation | None:
    """The newest at this body; a new one may be tried after one that came to nothing."""
    query = select(Mediation).where(Mediation.referral_id == referral_id)
    return session.scalars(query.order_by(Mediation.asked_at.desc())).first()


def move(session: Session, row: Mediation, taken: Taken, *, key: CaseKey | None, now: dt.datetime) -> None:
    """Take the step, start the clock of where it leads to, and note it. Raises: Conflict."""
    was, row.state = row.state, states.LIFE.after(row.state, taken.step)
    row.due_on, row.late_at = states.due_after(row.state, now), None
    if row.state not in states.RUNNING and row.ended_at is None:
        row.ended_at = now
    session.flush()
    note(session, row, taken, was=was, key=key, now=now)


def note(session: Session, row: Mediation, taken: Taken, *, was: str, key: CaseKey | None, now: dt.datetime) -> None:
    session.add(
        MediationEvent(
            firm_id=row.firm_id,
            checkup_id=row.checkup_id,
            owner_id=row.owner_id,
            mediation_id=row.id,
            side=taken.side,
            actor_name=taken.actor,
            step=taken.step,
            sealed_words=key.seal(taken.words.encode()) if taken.words and key else None,
            was=was,
            became=row.state,
            at=now,
        )
    )
    session.flush()
