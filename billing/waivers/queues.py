"""Which applications wait for whom: the firm's and the bureau's lists, the most pressing first."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from billing.waivers.models import Waiver
from billing.waivers.states import OPEN_TO_BUREAU

TO_DECIDE = ("applied", "recommended", "appealed", "reset_asked")
MOST = 200


def _list(session: Session, *where: ColumnElement[bool], newest: bool = False) -> Sequence[Waiver]:
    order = (Waiver.applied_at.desc(),) if newest else (Waiver.due_on, Waiver.applied_at)
    return session.scalars(select(Waiver).where(*where).order_by(*order, Waiver.id).limit(MOST)).all()


def list_waiting(session: Session) -> Sequence[Waiver]:
    """What waits for a firm's word (firm's scope) or for an officer (bureau's scope), by due day."""
    return _list(session, Waiver.state.in_(TO_DECIDE))


def list_asked(session: Session) -> Sequence[Waiver]:
    """What waits for the owner's answer."""
    return _list(session, Waiver.state == "more_asked")


def count_running(session: Session) -> int:
    """How many applications are under way in the scope, at whoever's door."""
    query = select(func.count()).select_from(Waiver).where(Waiver.state.in_(OPEN_TO_BUREAU))
    return session.scalar(query) or 0


def list_checks(session: Session) -> Sequence[Waiver]:
    """Declarations that are drawn for a check."""
    return _list(session, Waiver.spot_check == "due")


def list_done(session: Session, *, since: dt.datetime) -> Sequence[Waiver]:
    """What was decided lately, newest first."""
    ended = ("granted", "refused", "decided", "revoked", "withdrawn")
    return _list(session, Waiver.state.in_(ended), Waiver.applied_at > since, newest=True)
