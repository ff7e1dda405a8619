"""The assessor's side of the blind sample: a packet without names, a mark for each question, or a refusal.

Her row's `firm_id` is closed to her role: she cannot learn whose work she looks at. So rows are read and written by
column here, never as objects.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bureau.quality.checklist import parse_marks
from bureau.quality.models import Assessment
from tenants.errors import Conflict, NotFound
from tenants.typed.text import prose


@dataclass(frozen=True)
class Task:
    """One packet that waits for an assessor, or that she has dealt with."""

    id: uuid.UUID
    period: str
    packet: Mapping[str, Any]
    marks: Mapping[str, str]
    submitted_at: dt.datetime | None
    declined_at: dt.datetime | None

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None and self.declined_at is None


_COLUMNS = (
    Assessment.id,
    Assessment.period,
    Assessment.packet,
    Assessment.marks,
    Assessment.submitted_at,
    Assessment.declined_at,
)


def list_tasks(session: Session, *, person_id: uuid.UUID) -> list[Task]:
    """The assessor's packets, open ones first."""
    query = select(*_COLUMNS).where(Assessment.assessor_id == person_id).order_by(Assessment.id.desc())
    return sorted((Task(*row) for row in session.execute(query)), key=lambda task: not task.is_open)


def get_task(session: Session, *, person_id: uuid.UUID, assessment_id: uuid.UUID) -> Task:
    """Raises: NotFound."""
    query = select(*_COLUMNS).where(Assessment.assessor_id == person_id, Assessment.id == assessment_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return Task(*row)


def submit_marks(
    session: Session, *, person_id: uuid.UUID, assessment_id: uuid.UUID, raw: Mapping[str, str], now: dt.datetime
) -> None:
    """Her marks, once; the packet is emptied. Raises: NotFound, Conflict `not_now`, Invalid."""
    task = get_task(session, person_id=person_id, assessment_id=assessment_id)
    if not task.is_open:
        raise Conflict("not_now")
    marks = parse_marks(raw, task.packet)
    _change(session, assessment_id, packet={}, marks=marks, reason=prose(raw.get("reason", "")), submitted_at=now)


def decline(session: Session, *, person_id: uuid.UUID, assessment_id: uuid.UUID, now: dt.datetime) -> None:
    """She has an interest in it, or cannot: somebody else is asked. Raises: NotFound, Conflict `not_now`."""
    if not get_task(session, person_id=person_id, assessment_id=assessment_id).is_open:
        raise Conflict("not_now")
    _change(session, assessment_id, packet={}, declined_at=now)


def _change(session: Session, assessment_id: uuid.UUID, **values: object) -> None:
    """Only while it is open: of two tabs one wins."""
    still_open = (Assessment.submitted_at.is_(None), Assessment.declined_at.is_(None))
    done = session.execute(
        update(Assessment)
        .where(Assessment.id == assessment_id, *still_open)
        .values(**values)
        .execution_options(synchronize_session=False)
        .returning(Assessment.id)
    )
    if done.first() is None:
        raise Conflict("not_now")
