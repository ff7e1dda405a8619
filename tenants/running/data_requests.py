"""Requests about personal data that come by letter, call or counter: taken in, with a last day, and answered."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.rows import get_one
from tenants.running.models import DataRequest
from tenants.running.rules import ANSWER_DAYS, REQUEST_LIFE
from tenants.working_days import working_days_after

_MOST_SHOWN = 200


def list_requests(session: Session) -> Sequence[DataRequest]:
    """Open ones by their last day, then what was settled, newest first; under Scope(OPERATOR)."""
    order = (DataRequest.state != "open", DataRequest.settled_at.desc(), DataRequest.due_on)
    return session.scalars(select(DataRequest).order_by(*order).limit(_MOST_SHOWN)).all()


def get_request(session: Session, request_id: uuid.UUID) -> DataRequest:
    """Raises: NotFound."""
    return get_one(session, select(DataRequest).where(DataRequest.id == request_id))


def take_in(
    session: Session, *, kind: str, came_by: str, reference: str, received_on: dt.date, by: Actor, now: dt.datetime
) -> DataRequest:
    """The clock runs from the day on which it came, not from the day on which it was written down."""
    row = DataRequest(
        kind=kind,
        came_by=came_by,
        reference=reference,
        received_on=received_on,
        due_on=working_days_after(received_on, ANSWER_DAYS).day,
        taken_by=by.name,
        taken_at=now,
    )
    session.add(row)
    session.flush()
    return row


def settle(session: Session, *, request_id: uuid.UUID, move: str, outcome: str, by: Actor, now: dt.datetime) -> None:
    """`move`: answer, refuse or pass (to a firm or a bureau). Raises: NotFound, Conflict `not_now`."""
    row = get_one(session, select(DataRequest).where(DataRequest.id == request_id).with_for_update())
    row.state = REQUEST_LIFE.after(row.state, move)
    row.outcome, row.settled_by, row.settled_at = outcome, by.name, now
    session.flush()
