"""The one visit at a kiosk: begun, seen, handed over to the visitor's phone, gone. Under Scope(PUBLIC) with the digest
of the device's cookie, or of the square's secret, as its token."""

import datetime as dt
import secrets
import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from tenants.errors import NotFound
from tenants.login.sessions import token_digest
from tenants.stations import kiosk_rules as rules
from tenants.stations.models import Kiosk, KioskVisit


@dataclass(frozen=True)
class Visit:
    """Who is there, and her checkup at the reception."""

    person_id: uuid.UUID
    checkup_id: uuid.UUID


def find_visit(session: Session, kiosk_id: uuid.UUID, now: dt.datetime, *, touches: bool) -> Visit | None:
    """The visit that runs; one at which nobody was seen for too long is gone from now on. `touches`: she is seen."""
    row = session.get(KioskVisit, kiosk_id)
    if row is None:
        return None
    if rules.is_over(row.seen_at, now):
        end_visit(session, kiosk_id)
        return None
    if touches and row.seen_at + rules.TOUCH_EVERY < now:
        row.seen_at = now
    return Visit(row.person_id, row.checkup_id)


def hold_kiosk(session: Session, kiosk_id: uuid.UUID) -> None:
    """Whoever else would begin a visit here waits: of two taps the second finds what the first began."""
    session.scalars(select(Kiosk.id).where(Kiosk.id == kiosk_id).with_for_update()).one()


def begin_visit(session: Session, kiosk_id: uuid.UUID, visit: Visit, now: dt.datetime) -> None:
    """After `hold_kiosk`, where no visit runs."""
    row = KioskVisit(kiosk_id=kiosk_id, person_id=visit.person_id, checkup_id=visit.checkup_id, seen_at=now)
    session.add(row)
    session.flush()


def end_visit(session: Session, kiosk_id: uuid.UUID) -> None:
    """The device knows of nobody any more; nothing to do where it did not."""
    session.execute(delete(KioskVisit).where(KioskVisit.kiosk_id == kiosk_id))


def offer_handover(session: Session, kiosk_id: uuid.UUID, now: dt.datetime) -> str:
    """The secret for the square on the screen: once, for minutes; an earlier one stops working. Raises: NotFound."""
    row = session.get(KioskVisit, kiosk_id, with_for_update=True)
    if row is None:
        raise NotFound
    token = secrets.token_urlsafe(32)
    row.handover_digest, row.handover_until, row.seen_at = token_digest(token), now + rules.HANDOVER_LASTS, now
    session.flush()
    return token


def leads_on(session: Session, digest: str, now: dt.datetime) -> bool:
    """Whether the square still leads to a checkup: not once it was taken, nor too late."""
    return session.scalars(select(KioskVisit.kiosk_id).where(*_leading(digest, now))).one_or_none() is not None


def take_over(session: Session, digest: str, now: dt.datetime) -> Visit | None:
    """The checkup is on her phone, and the kiosk knows of nobody from the same instant; nothing where it leads nowhere.

    Of two phones that ask at once one gets it.
    """
    taken = delete(KioskVisit).where(*_leading(digest, now)).returning(KioskVisit.person_id, KioskVisit.checkup_id)
    row = session.execute(taken).one_or_none()
    return None if row is None else Visit(*row)


def _leading(digest: str, now: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        KioskVisit.handover_digest == digest,
        KioskVisit.handover_until >= now,
        KioskVisit.seen_at > now - rules.IDLE,
    )
