"""The other side's way in: a link from the body, a code that its mediator tells, and a secret in one browser.

The link alone shows nothing, so a forwarded link is worth nothing; the code works once. A new link ends the one before.
"""

import datetime as dt
import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from checkup.mediation import states
from checkup.mediation.events import Taken, get_mediation, move, note
from checkup.mediation.models import MediationSeat
from tenants.errors import Conflict

LASTS = dt.timedelta(days=90)  # as long as people negotiate; the mediation's own clock ends it sooner
_DIGITS = 6


@dataclass(frozen=True)
class Invitation:
    """Shown once to whoever invites: the link to send, the code to tell."""

    token: str
    code: str


def link_digest(token: str) -> str:
    return hashlib.sha256(b"famai-mediation:" + token.encode()).hexdigest()


def held_digest(secret: str) -> str:
    return hashlib.sha256(b"famai-mediation-seat:" + secret.encode()).hexdigest()


def code_digest(pepper: bytes, about: str, code: str) -> str:
    """Six digits are guessed from a bare digest; not without the installation's pepper."""
    return hmac.new(pepper, f"mediation:{about}:{code}".encode(), hashlib.sha256).hexdigest()


def new_code() -> str:
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"


def invite(session: Session, *, mediation_id: uuid.UUID, actor: str, pepper: bytes, now: dt.datetime) -> Invitation:
    """Under Scope(PROVIDER): a new link and code; those before open nothing from now on. Raises: NotFound, Conflict."""
    row = get_mediation(session, mediation_id, lock=True)
    if row.state in ("asked", "invited"):
        move(session, row, Taken("invite", states.BODY, actor), key=None, now=now)
    elif row.state in states.RUNNING:  # the same side on another phone
        note(session, row, Taken("invite", states.BODY, actor), was=row.state, key=None, now=now)
    else:
        raise Conflict("not_now")
    _end_seats(session, row.firm_id, row.id, now)
    token, code = secrets.token_urlsafe(32), new_code()
    digest = link_digest(token)
    session.add(
        MediationSeat(
            firm_id=row.firm_id,
            digest=digest,
            mediation_id=row.id,
            code=code_digest(pepper, digest, code),
            expires_at=now + LASTS,
        )
    )
    session.flush()
    return Invitation(token, code)


def _end_seats(session: Session, firm_id: uuid.UUID, mediation_id: uuid.UUID, now: dt.datetime) -> None:
    query = select(MediationSeat).where(
        MediationSeat.firm_id == firm_id, MediationSeat.mediation_id == mediation_id, MediationSeat.ended_at.is_(None)
    )
    for seat in session.scalars(query):
        seat.ended_at, seat.code = now, None
    session.flush()


def get_seat(session: Session, token: str, now: dt.datetime) -> MediationSeat:
    """Under Scope(PUBLIC, token=link_digest(token)). Raises: Conflict `link_gone`."""
    return _get(session, MediationSeat.digest == link_digest(token), now)


def get_held(session: Session, secret: str, now: dt.datetime) -> MediationSeat:
    """Under Scope(PUBLIC, token=held_digest(secret)): the seat of this browser. Raises: Conflict `link_gone`."""
    return _get(session, MediationSeat.held_digest == held_digest(secret), now)


def _get(session: Session, which: ColumnElement[bool], now: dt.datetime) -> MediationSeat:
    query = select(MediationSeat).where(which, MediationSeat.ended_at.is_(None), MediationSeat.expires_at > now)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise Conflict("link_gone")
    return row


def take_seat(session: Session, token: str, code: str, *, pepper: bytes, now: dt.datetime) -> str | None:
    """Under Scope(PUBLIC, token=link_digest(token)): the secret for this browser, and the code is used up; None for a
    wrong code, or one that another browser has used. Raises: Conflict `link_gone`."""
    query = select(MediationSeat).where(MediationSeat.digest == link_digest(token)).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is None or row.ended_at is not None or row.expires_at <= now:
        raise Conflict("link_gone")
    if row.code is None or not hmac.compare_digest(row.code, code_digest(pepper, row.digest, code)):
        return None
    secret = secrets.token_urlsafe(32)
    row.code, row.held_digest = None, held_digest(secret)
    session.flush()
    return secret
