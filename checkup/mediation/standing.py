"""Where mediations stand, for whoever may know no more: number, state and days, never what is said in them."""

import datetime as dt
import statistics
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.mediation.models import Mediation
from tenants.clock import city_day, start_of
from tenants.working_days import working_days_between


@dataclass(frozen=True)
class Stand:
    """`days`: working days from the asking to the end, or until today."""

    number: str
    state: str
    due_on: dt.date | None
    days: int


@dataclass(frozen=True)
class Ended:
    """Of a time: mediations that ended, and the median of their working days; never how they ended."""

    ended: int
    days: float | None


def list_stands(session: Session, checkup_id: uuid.UUID, today: dt.date) -> dict[uuid.UUID, Stand]:
    """Referral → its newest mediation, under the scope of a lawyer who may read the case."""
    columns = select(
        Mediation.referral_id,
        Mediation.number,
        Mediation.state,
        Mediation.due_on,
        Mediation.asked_at,
        Mediation.ended_at,
    )
    query = columns.where(Mediation.checkup_id == checkup_id).order_by(Mediation.asked_at)
    return {
        referral_id: Stand(number, state, due_on, _days(asked_at, city_day(ended_at) if ended_at else today))
        for referral_id, number, state, due_on, asked_at, ended_at in session.execute(query).tuples()
    }


def _days(asked_at: dt.datetime, until: dt.date) -> int:
    return working_days_between(city_day(asked_at), until).days


def read_ended(session: Session, *, first: dt.date, after: dt.date) -> Ended:
    """Under Scope(BUREAU) of all its bodies; process columns alone."""
    query = select(Mediation.asked_at, Mediation.ended_at)
    query = query.where(Mediation.ended_at >= start_of(first), Mediation.ended_at < start_of(after))
    rows = session.execute(query).tuples().all()
    days = [_days(asked_at, city_day(ended_at)) for asked_at, ended_at in rows if ended_at]
    median = float(statistics.median(days)) if days else None
    return Ended(len(rows), median)
