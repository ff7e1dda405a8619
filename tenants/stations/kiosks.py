"""Devices that serve as kiosks at a station: a helper or the bureau shows a venue code, it is typed once on the device,
and either of them switches the device off."""

import datetime as dt
import hashlib
import hmac
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.errors import Conflict
from tenants.login.sessions import token_digest
from tenants.models import Station
from tenants.numbers import random_letters
from tenants.rows import get_locked
from tenants.stations import kiosk_rules as rules
from tenants.stations.models import Kiosk
from tenants.stations.states import SERVING
from tenants.typed import codes
from tenants.typed.words import check_line

LENGTH, MOST_NAME = 8, 40


@dataclass(frozen=True)
class Device:
    """The kiosk that a device is, and the station where it stands."""

    kiosk: Kiosk
    station: Station

    @property
    def serves(self) -> bool:
        """Whether it may be worked at: a device that was switched off, or whose station rests, begins nothing."""
        return self.kiosk.ended_at is None and self.station.state == SERVING


@dataclass(frozen=True)
class PairRefused:
    """Why a venue code makes no kiosk of a device: a code of `kiosk_rules`."""

    code: str


def venue_digest(code: str, pepper: bytes) -> str:
    """The digest that names a venue code, however it is typed."""
    plain = codes.code(code, codes.MINTED)
    return hmac.new(pepper, f"kiosk:{plain}".encode(), hashlib.sha256).hexdigest()


def list_kiosks(session: Session, station_id: uuid.UUID) -> Sequence[Kiosk]:
    """The station's devices, also those that were switched off and codes that nobody has typed; the newest first."""
    query = select(Kiosk).where(Kiosk.station_id == station_id)
    return session.scalars(query.order_by(Kiosk.made_at.desc(), Kiosk.id)).all()


def offer_kiosk(session: Session, *, station: Station, name: str, pepper: bytes, by: Actor, now: dt.datetime) -> str:
    """A place for one more device: the venue code to type there, such as `K7M2-Q9TX`. Scope(HELPER) or (BUREAU).

    Raises: Invalid on `name`, Conflict `not_now` at a station that rests.
    """
    if station.state != SERVING:
        raise Conflict("not_now")
    called = check_line(name, "name", most=MOST_NAME)
    plain = random_letters(LENGTH)
    session.add(
        Kiosk(
            station_id=station.id,
            name=called,
            code_digest=venue_digest(plain, pepper),
            code_until=now + rules.CODE_LASTS,
            made_by=by.name,
            made_at=now,
        )
    )
    session.flush()
    return f"{plain[:4]}-{plain[4:]}"


def end_kiosk(session: Session, *, station_id: uuid.UUID, kiosk_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """Switched off from the next tap on; whoever is in the middle takes her checkup along. Raises: NotFound."""
    row = get_locked(session, select(Kiosk).where(Kiosk.id == kiosk_id, Kiosk.station_id == station_id))
    if row.ended_at is None:
        row.ended_at, row.ended_by = now, by.name
        session.flush()


def pair(session: Session, *, digest: str, now: dt.datetime) -> str | PairRefused:
    """This device is the kiosk from now on: its secret, which is kept nowhere. Under Scope(PUBLIC, token=digest)."""
    found = select(Kiosk).where(Kiosk.code_digest == digest).with_for_update()
    row = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        return PairRefused(rules.UNKNOWN)
    station = session.get_one(Station, row.station_id)
    why = rules.refused(
        code_until=row.code_until,
        paired_at=row.paired_at,
        ended_at=row.ended_at,
        serves=station.state == SERVING,
        now=now,
    )
    if why:
        return PairRefused(why)
    token = secrets.token_urlsafe(32)
    row.device_digest, row.paired_at = token_digest(token), now
    session.flush()
    return token


def find_device(session: Session, digest: str) -> Device | None:
    """The kiosk whose cookie has this digest, also one that was switched off. Under Scope(PUBLIC, token=digest)."""
    query = select(Kiosk, Station).join(Station, Station.id == Kiosk.station_id).where(Kiosk.device_digest == digest)
    row = session.execute(query).one_or_none()
    return None if row is None else Device(*row)
