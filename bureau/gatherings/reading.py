"""Reading gatherings: what anybody sees of one, and what its host is told of those who come."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.gatherings.door_rules import SHUTS_AFTER, is_fresh
from bureau.gatherings.models import Gathering, GatheringEvent, GatheringFirm, GatheringTold, Speaker
from bureau.gatherings.states import ANNOUNCED, CANCELLED
from tenants.campaigns.links import Named
from tenants.models import Bureau, Firm, Partner
from tenants.rows import get_one

PAST_SHOWN = dt.timedelta(days=30)
MOST_SHOWN = 100


def list_to_come(session: Session, *, now: dt.datetime, district: str = "") -> Sequence[Gathering]:
    """What is announced and not over, the next first; for everybody."""
    query = select(Gathering).where(Gathering.state == ANNOUNCED, Gathering.ends_at > now)
    if district:
        query = query.where(Gathering.district == district)
    return session.scalars(query.order_by(Gathering.begins_at, Gathering.id).limit(MOST_SHOWN)).all()


def list_of_host(session: Session) -> Sequence[Gathering]:
    """Those that the scope reads, the latest first."""
    query = select(Gathering).order_by(Gathering.begins_at.desc(), Gathering.id)
    return session.scalars(query.limit(MOST_SHOWN)).all()


def get_by_number(session: Session, number: str) -> Gathering:
    """Raises: NotFound."""
    return get_one(session, select(Gathering).where(Gathering.number == number))


def get_gathering(session: Session, gathering_id: uuid.UUID) -> Gathering:
    """Raises: NotFound."""
    return get_one(session, select(Gathering).where(Gathering.id == gathering_id))


def list_speakers(session: Session, gathering_id: uuid.UUID) -> Sequence[tuple[Speaker, Named]]:
    """Each with her firm, as far as the scope reads them, by firm and name."""
    query = select(Speaker, Firm.name, Firm.name_en).join(Firm, Firm.id == Speaker.of_firm)
    query = query.where(Speaker.gathering_id == gathering_id)
    rows = session.execute(query.order_by(Firm.name, Speaker.lawyer_name, Speaker.lawyer_id)).tuples()
    return [(speaker, Named(name, name_en)) for speaker, name, name_en in rows]


def list_firm_ids(session: Session, gathering_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """The firms that are asked for lawyers, as far as the scope reads them."""
    query = select(GatheringFirm.of_firm).where(GatheringFirm.gathering_id == gathering_id)
    return session.scalars(query.order_by(GatheringFirm.of_firm)).all()


def read_told(session: Session, gathering_id: uuid.UUID) -> Mapping[str, int]:
    """`seats` and `came`, where they are told."""
    query = select(GatheringTold.what, GatheringTold.count).where(GatheringTold.gathering_id == gathering_id)
    return dict(session.execute(query).tuples().all())


def find_why_off(session: Session, gathering_id: uuid.UUID) -> str | None:
    """Why it was called off, for everybody; None where it was not."""
    query = select(GatheringEvent.why).where(GatheringEvent.gathering_id == gathering_id)
    return session.scalars(query.where(GatheringEvent.became == CANCELLED)).one_or_none()


def find_partner(session: Session, row: Gathering) -> Named | None:
    """At whose place it is, by its names alone."""
    return _find_named(session, Partner, row.partner_id)


def find_host(session: Session, row: Gathering) -> Named | None:
    """Who made it, by its names alone; None where that is a firm that is not public any more."""
    return (
        _find_named(session, Bureau, row.bureau_id) if row.by_firm is None else _find_named(session, Firm, row.by_firm)
    )


def _find_named(session: Session, model: type[Bureau | Firm | Partner], key: uuid.UUID | None) -> Named | None:
    found = session.execute(select(model.name, model.name_en).where(model.id == key)).one_or_none()
    return None if found is None else Named(*found)


def list_events(session: Session, gathering_id: uuid.UUID) -> Sequence[GatheringEvent]:
    """Every move of it, oldest first."""
    query = select(GatheringEvent).where(GatheringEvent.gathering_id == gathering_id)
    return session.scalars(query.order_by(GatheringEvent.at, GatheringEvent.id)).all()


def find_whose_code(session: Session, code: str, *, key: bytes, now: dt.datetime) -> Gathering | None:
    """The gathering of these hours at whose door this code hangs."""
    near = select(Gathering).where(
        Gathering.state == ANNOUNCED,
        Gathering.ends_at > now - SHUTS_AFTER,
        Gathering.begins_at < now + dt.timedelta(days=1),
    )
    return next((one for one in session.scalars(near) if is_fresh(code, key, one.id, now)), None)
