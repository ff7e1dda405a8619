"""A firm applies, its bureau decides, and everybody concerned is told; every decision is dated and reasoned."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tenants import audit, jobs, messages
from tenants.base import new_id
from tenants.clock import city_day
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.firms import states
from tenants.firms.models import FirmEvent
from tenants.login import memberships
from tenants.models import Bureau, Firm, Upload
from tenants.rows import get_one
from tenants.typed.words import check_line

_LICENCE = re.compile(r"[0-9A-Z]{8,24}")
MOST_TEXT = 1000
LONGEST = dt.timedelta(days=366)


@dataclass(frozen=True)
class Application:
    """What a firm says of itself; everything is checked."""

    name: str
    name_en: str
    licence_number: str
    district: str
    phone: str
    contact_name: str
    contact_email: str


def is_licence(number: str) -> bool:
    """Whether a practice licence may have this number."""
    return _LICENCE.fullmatch(number) is not None


def get_bureau(session: Session, district: str) -> Bureau:
    """The bureau that decides on firms of a district: its own, else the city's. Raises: NotFound."""
    bureaus = session.scalars(select(Bureau).order_by(Bureau.id)).all()
    of_district = [one for one in bureaus if one.district == district]
    roots = [one for one in bureaus if one.parent_id is None]
    if not bureaus:
        raise NotFound
    parents = {one.id for one in of_district}
    upper = [one for one in of_district if one.parent_id not in parents]
    return (upper or roots)[0]


def apply_firm(session: Session, application: Application, *, now: dt.datetime) -> Firm:
    """A new firm that waits for its bureau, under Scope(PUBLIC)."""
    bureau = get_bureau(session, application.district)
    firm_id = new_id()
    firm = Firm(
        id=firm_id,
        bureau_id=bureau.id,
        slug=f"f-{firm_id.hex[-10:]}",
        name=application.name,
        name_en=application.name_en or application.name,
        licence_number=application.licence_number,
        district=application.district,
        phone=application.phone,
        contact_name=application.contact_name,
        contact_email=application.contact_email,
        state="applied",
    )
    session.add(firm)
    session.flush()
    _add_event(session, firm_id, actor_id=None, was="", became="applied", why="", at=now)
    return firm


def _add_event(session: Session, firm_id: uuid.UUID, **decided: object) -> None:
    session.add(FirmEvent(firm_id=firm_id, id=new_id(), **decided))
    session.flush()


def list_supervised(session: Session) -> Sequence[Firm]:
    """The firms of the bureau's part of the tree: those that wait for a decision first."""
    query = select(Firm).where(Firm.state != "reception")
    return session.scalars(query.order_by(Firm.state != "applied", Firm.district, Firm.name)).all()


def get_supervised(session: Session, firm_id: uuid.UUID) -> Firm:
    """Raises: NotFound for a firm outside the bureau's part."""
    return get_one(session, select(Firm).where(Firm.id == firm_id))


def list_part(session: Session) -> Sequence[Bureau]:
    """The bureaus of one's own part of the tree, under Scope(BUREAU)."""
    part = text("SELECT app_bureaus() AS id").columns(id=Bureau.id.type).subquery()
    return session.scalars(select(Bureau).where(Bureau.id.in_(select(part.c.id))).order_by(Bureau.id)).all()


def assign_firm(
    session: Session, *, firm_id: uuid.UUID, bureau_id: uuid.UUID, by: audit.Actor, now: dt.datetime
) -> None:
    """Put a firm under another bureau of one's own part, such as a 司法所. Raises: NotFound."""
    firm = get_supervised(session, firm_id)
    target = next((bureau for bureau in list_part(session) if bureau.id == bureau_id), None)
    if target is None:
        raise NotFound
    firm.bureau_id = target.id
    session.flush()
    _add_event(session, firm_id, actor_id=by.id, was=firm.state, became=firm.state, why=target.name, at=now)
    audit.note(session, firm_id=firm_id, act="firm.assigned", by=by, why=target.name)


def list_events(session: Session, firm_id: uuid.UUID) -> Sequence[FirmEvent]:
    """Every decision about the firm, oldest first."""
    return session.scalars(
        select(FirmEvent).where(FirmEvent.firm_id == firm_id).order_by(FirmEvent.at, FirmEvent.id)
    ).all()


def list_uploads(session: Session, firm_id: uuid.UUID, purpose: str) -> Sequence[Upload]:
    query = select(Upload).where(Upload.firm_id == firm_id, Upload.purpose == purpose)
    return session.scalars(query.order_by(Upload.at)).all()


def decide_firm(
    session: Session,
    *,
    firm_id: uuid.UUID,
    decision: str,
    why: str,
    review_on: dt.date | None,
    by: audit.Actor,
    new_key: bytes,
    link: str,
    locale: str,
    now: dt.datetime,
) -> Firm:
    """Admit (on trial), refuse, activate, suspend or let go. `new_key` is used at admission; `link` invites its admin.

    Her mails are in `locale`: nobody has asked her yet in which language she reads. Who lets a firm serve says by
    when it is looked at again (`review_on`).

    Raises: NotFound, Invalid when no reason is given or no day to come, Conflict `not_now`.
    """
    reason = _check_reason(why)
    firm = get_supervised(session, firm_id)
    was, firm.state = firm.state, states.LIFE.after(firm.state, decision)
    if firm.state in states.SERVING:
        firm.review_on = _check_day(review_on, now)
    if firm.state == "admitted":
        firm.wrapped_key = new_key
    session.flush()
    _add_event(session, firm_id, actor_id=by.id, was=was, became=firm.state, why=reason, at=now)
    audit.note(session, firm_id=firm_id, act=f"firm.{firm.state}", by=by, why=reason)
    _tell_firm(session, firm, reason, locale, now)
    if firm.state == "admitted":
        to = {"email": firm.contact_email, "role": "firm_admin", "locale": locale}
        memberships.invite_first(session, firm=firm, **to, link=link, now=now)
    if firm.state in ("suspended", "left"):
        jobs.defer(session, "tell_owners", firm_id=firm_id, state=firm.state, at=now.isoformat())
    return firm


def _check_reason(why: str) -> str:
    """Raises: Invalid on `why`."""
    return check_line(why, "why", most=MOST_TEXT)


def _check_day(review_on: dt.date | None, now: dt.datetime) -> dt.date:
    """A day to come, within a year. Raises: Invalid on `review_on`."""
    today = city_day(now)
    if review_on is None or not today < review_on <= today + LONGEST:
        code = "required" if review_on is None else "not_within_a_year"
        raise Invalid((FieldFault("review_on", code),))
    return review_on


def note_review(
    session: Session, *, firm_id: uuid.UUID, review_on: dt.date | None, why: str, by: audit.Actor, now: dt.datetime
) -> None:
    """A firm that serves was looked at again; what was seen, and by when the next time. Raises: NotFound, Invalid,
    Conflict `not_now`."""
    reason, day = _check_reason(why), _check_day(review_on, now)
    firm = get_supervised(session, firm_id)
    if firm.state not in states.SERVING:
        raise Conflict("not_now")
    firm.review_on = day
    session.flush()
    _add_event(session, firm_id, actor_id=by.id, was=firm.state, became=firm.state, why=reason, at=now)
    audit.note(session, firm_id=firm_id, act="firm.reviewed", by=by, why=reason)


def _tell_firm(session: Session, firm: Firm, why: str, locale: str, now: dt.datetime) -> None:
    messages.queue_message(
        session,
        "firm_decided",
        firm_id=firm.id,
        owner_id=None,
        to=firm.contact_email,
        channel="email",
        locale=locale,
        now=now,
        firm=firm,
        why=why,
    )
