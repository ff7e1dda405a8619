"""Which firms an owner may go to: one that serves, where a lawyer can log in, and that has made a roster."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, distinct, func, select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.desk.models import OnCall
from checkup.review.colleagues import REVIEWERS
from tenants.database import Audience, Scope, unit_of_work
from tenants.firms.states import SERVING, TRIAL_CHECKUPS
from tenants.models import Firm, Membership


@dataclass(frozen=True)
class Readiness:
    """How far a firm is: how many of its lawyers can log in, and the last day that its roster plans."""

    lawyers: int
    planned_until: dt.date | None


def takes_owners() -> ColumnElement[bool]:
    """Of a row of `Firm`: whoever begins there is answered by somebody."""
    return and_(Firm.state.in_(SERVING), func.app_takes_owners(Firm.id))


def list_open_firms(session: Session, *, district: str = "", language: str = "") -> Sequence[Firm]:
    """The firms that an owner may go to, by name; of one district or language if asked."""
    query = select(Firm).where(takes_owners()).order_by(Firm.name)
    if district:
        query = query.where(Firm.district == district)
    return [firm for firm in session.scalars(query) if not language or language in firm.languages.split()]


def is_open(session: Session, firm_id: uuid.UUID) -> bool:
    """Whether an owner may go to this firm."""
    return session.scalar(select(Firm.id).where(Firm.id == firm_id, takes_owners())) is not None


def is_trial_full(session: Session, firm_id: uuid.UUID) -> bool:
    """Whether a firm on trial has had its number of checkups; under a scope that counts for the firm (WORKER)."""
    firm = session.get_one(Firm, firm_id)
    if firm.state != "admitted":
        return False
    return (session.scalar(select(func.count()).select_from(Checkup)) or 0) >= TRIAL_CHECKUPS


def has_room(firm: Firm) -> bool:
    """Whether a firm on trial has had fewer owners than its trial takes; any other has room.

    In a unit of work of its own as the worker, because nobody outside the firm may see its checkups.
    """
    if firm.state != "admitted":
        return True
    with unit_of_work(Scope(Audience.WORKER, firm.id)) as work:
        return not is_trial_full(work, firm.id)


def read_readiness(session: Session, firm_id: uuid.UUID) -> Readiness:
    """Under Scope(BUREAU), which sees how many and until when, and nobody's day."""
    lawyers = select(func.count(distinct(Membership.person_id))).where(
        Membership.firm_id == firm_id, Membership.role.in_(REVIEWERS)
    )
    planned = select(func.max(OnCall.day)).where(OnCall.firm_id == firm_id)
    return Readiness(session.scalar(lawyers) or 0, session.scalar(planned))
