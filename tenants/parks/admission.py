"""A partner applies, its bureau decides; each decision is dated and reasoned."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.base import new_id
from tenants.districts import DISTRICTS
from tenants.errors import FieldFault, Invalid
from tenants.login import bodies
from tenants.models import Partner
from tenants.parks.kinds import KINDS
from tenants.parks.models import PartnerEvent
from tenants.parks.states import LIFE
from tenants.rows import get_by_key, get_one
from tenants.typed.words import check_line

MOST_WHY, MOST_NAME, MOST_LINE = 500, 80, 200


@dataclass(frozen=True)
class Application:
    """What an organisation says of itself when it applies."""

    kind: str
    name: str
    name_en: str
    district: str
    address: str
    phone: str
    contact_name: str
    contact_email: str


def apply_partner(session: Session, said: Application, *, bureau_id: uuid.UUID, now: dt.datetime) -> uuid.UUID:
    """A new partner that waits for its bureau, under Scope(PUBLIC); returns its id. Raises: Invalid."""
    faults = [
        FieldFault(name, "unknown_option")
        for name, known in (("kind", KINDS), ("district", DISTRICTS))
        if getattr(said, name) not in known
    ]
    if faults:
        raise Invalid(tuple(faults))
    partner_id = new_id()
    told = asdict(said) | {"name_en": said.name_en or said.name}
    session.add(Partner(id=partner_id, bureau_id=bureau_id, state="applied", **told))
    session.flush()
    session.add(_event(partner_id, Actor(None, said.contact_name), "", "applied", now))
    session.flush()
    return partner_id


def list_known(session: Session) -> Sequence[Partner]:
    """The partners of one's own part of the tree, those that wait first; under Scope(BUREAU)."""
    return session.scalars(select(Partner).order_by(Partner.state != "applied", Partner.state, Partner.name)).all()


def get_partner(session: Session, partner_id: uuid.UUID, *, lock: bool = False) -> Partner:
    """Raises: NotFound."""
    query = select(Partner).where(Partner.id == partner_id)
    return get_one(session, query.with_for_update() if lock else query)


def decide(session: Session, row: Partner, *, step: str, why: str, by: Actor, now: dt.datetime) -> None:
    """`admit` or `refuse` who applied, `suspend`, `resume` or let it `leave`; whoever is not to serve is out at once.

    Raises: Invalid on `why`, Conflict `not_now`.
    """
    reason = check_line(why, "why", most=MOST_WHY)
    was, row.state = row.state, LIFE.after(row.state, step)
    session.flush()
    event = _event(row.id, by, was, row.state, now)
    event.why = reason
    session.add(event)
    session.flush()
    if row.state == "left":
        bodies.end_all(session, row, now)


def _event(partner_id: uuid.UUID, by: Actor, was: str, became: str, now: dt.datetime) -> PartnerEvent:
    return PartnerEvent(partner_id=partner_id, actor_id=by.id, actor_name=by.name, was=was, became=became, at=now)


def list_events(session: Session, partner_id: uuid.UUID) -> Sequence[PartnerEvent]:
    """Every decision about the partner, oldest first."""
    query = select(PartnerEvent).where(PartnerEvent.partner_id == partner_id)
    return session.scalars(query.order_by(PartnerEvent.at, PartnerEvent.id)).all()


def get_decision(session: Session, event_id: uuid.UUID) -> tuple[PartnerEvent, Partner]:
    """One decision and whom it is about, under Scope(WORKER). Raises: NotFound."""
    event = get_by_key(session, PartnerEvent, event_id)
    return event, session.get_one(Partner, event.partner_id)


def set_words(session: Session, row: Partner, *, address: str, phone: str, contact: str, email: str) -> None:
    """How the partner is reached; under Scope(PARTNER), by its principal."""
    row.address, row.phone, row.contact_name, row.contact_email = address, phone, contact, email
    session.flush()
