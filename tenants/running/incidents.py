"""Incident mode: a word above every page, the city read-only if need be, and the draft of the notice.

One operator opens it at any hour; without a second one it ends by itself (`rules.ALONE`). Ending it takes one.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.database import Audience, Scope, read_row
from tenants.errors import Conflict
from tenants.one_at_a_time import one_at_a_time
from tenants.rows import get_one
from tenants.running.models import Incident
from tenants.running.rules import ALONE, ends_alone_at

NOTICE = ("kinds", "cause", "harm", "done", "advice", "contact")
_MOST_SHOWN = 20
_NOW = (
    b"SELECT banner, banner_en, is_read_only FROM incident WHERE ended_at IS NULL"
    b" AND (agreed_at IS NOT NULL OR opened_at > app_now() - interval '%d s') ORDER BY opened_at DESC LIMIT 1"
) % ALONE.total_seconds()


def read_standing() -> tuple[str, str, bool] | None:
    """(banner, the same in English, whether nothing is taken in) of the incident that is in force, as anybody."""
    found = read_row(Scope(Audience.PUBLIC), _NOW)
    return None if found is None else (str(found[0]), str(found[1]), bool(found[2]))


def is_in_force(row: Incident, now: dt.datetime) -> bool:
    ends = ends_alone_at(row.opened_at, row.agreed_at)
    return row.ended_at is None and (ends is None or ends > now)


def list_incidents(session: Session) -> Sequence[Incident]:
    """Newest first, under Scope(OPERATOR)."""
    return session.scalars(select(Incident).order_by(Incident.opened_at.desc()).limit(_MOST_SHOWN)).all()


def get_incident(session: Session, incident_id: uuid.UUID) -> Incident:
    """Raises: NotFound."""
    return get_one(session, select(Incident).where(Incident.id == incident_id))


def open_incident(
    session: Session, *, title: str, banner: str, banner_en: str, is_read_only: bool, by: Actor, now: dt.datetime
) -> Incident:
    """Raises: Conflict `already_on` while another one is in force."""
    one_at_a_time(session, "incident")
    open_ones = session.scalars(select(Incident).where(Incident.ended_at.is_(None))).all()
    if any(is_in_force(row, now) for row in open_ones):
        raise Conflict("already_on")
    row = Incident(
        title=title,
        banner=banner,
        banner_en=banner_en,
        is_read_only=is_read_only,
        opened_id=by.known(),
        opened_by=by.name,
        opened_at=now,
    )
    session.add(row)
    session.flush()
    return row


def agree(session: Session, *, incident_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """A second operator stands behind it: it holds until it is ended.

    Raises: NotFound; Conflict `two_people`, or `not_now` when it is over or agreed already.
    """
    row = _get(session, incident_id)
    if not is_in_force(row, now) or row.agreed_at is not None:
        raise Conflict("not_now")
    if by.id == row.opened_id:
        raise Conflict("two_people")
    row.agreed_id, row.agreed_by, row.agreed_at = by.known(), by.name, now
    session.flush()


def end(session: Session, *, incident_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """Raises: NotFound, Conflict `not_now` when it is over."""
    row = _get(session, incident_id)
    if not is_in_force(row, now):
        raise Conflict("not_now")
    row.ended_by, row.ended_at = by.name, now
    session.flush()


def write_notice(session: Session, *, incident_id: uuid.UUID, words: Mapping[str, str]) -> None:
    """What the notice says, by `NOTICE`; also after the incident is over. Raises: NotFound."""
    row = _get(session, incident_id)
    for name in NOTICE:
        setattr(row, name, words[name])
    session.flush()


def _get(session: Session, incident_id: uuid.UUID) -> Incident:
    return get_one(session, select(Incident).where(Incident.id == incident_id).with_for_update())
