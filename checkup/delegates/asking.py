"""An owner asks somebody to do some of it for her, and takes it back: her acts, in her scope. No delegate adds,
prolongs or widens anything."""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.delegates import delegation_rules as rules
from checkup.delegates.delegation_rules import Asked
from checkup.delegates.models import Delegation
from checkup.packs.catalogue import get_pack
from tenants import audit
from tenants.clock import city_day
from tenants.errors import FieldFault, Invalid
from tenants.phones import own_phone
from tenants.rows import get_one

_TOKEN_BYTES = 24


def invitation_digest(token: str) -> str:
    """What the database keeps of a link."""
    return hashlib.sha256(b"famai-delegate:" + token.encode()).hexdigest()


def ask(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    asked: Asked,
    shop: str,
    phone_digest: str,
    by: audit.Actor,
    now: dt.datetime,
) -> tuple[Delegation, str]:
    """The row, which opens nothing before it is accepted, and the token of the link, which is kept nowhere.

    Raises: NotFound; Invalid as `check_asked`, and on `phone` for her own or one that is asked already, or the most.
    """
    row = hold_case(session, checkup_id)
    domains = [domain.id for domain in get_pack(row.pack_id, row.pack_version).domains]
    name = rules.check_asked(asked, known_areas=domains, today=city_day(now))
    _check_phone(session, row, phone_digest, now)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    made = Delegation(
        firm_id=row.firm_id,
        checkup_id=row.id,
        owner_id=row.owner_id,
        name=name,
        kind=asked.kind,
        shop=shop,
        areas=" ".join(asked.areas),
        sees_fixes=asked.sees_fixes,
        reads_messages=asked.reads_messages,
        phone_digest=phone_digest,
        invitation_digest=invitation_digest(token),
        asked_at=now,
        answer_by=now + rules.ANSWERED_WITHIN,
        ends_at=rules.ends_at(asked.until),
    )
    session.add(made)
    session.flush()
    note(session, made, "delegate.asked", by)
    return made, token


def _check_phone(session: Session, row: Checkup, phone_digest: str, now: dt.datetime) -> None:
    if phone_digest == own_phone(session, row.owner_id):
        raise Invalid((FieldFault("phone", "own_phone"),))
    running = []
    for one in _list_unended(session, row):
        if one.is_open(now):
            running.append(one)
        else:
            _end(session, one, rules.RAN_OUT, now)
    if any(one.phone_digest == phone_digest for one in running):
        raise Invalid((FieldFault("phone", "asked_already"),))
    if len(running) >= rules.MOST_DELEGATES:
        raise Invalid((FieldFault("phone", "too_many", {"most": rules.MOST_DELEGATES}),))


def note(session: Session, one: Delegation, act: str, by: audit.Actor, why: str = "") -> None:
    """One step, in the log that the owner reads."""
    audit.note(session, firm_id=one.firm_id, act=act, by=by, about_id=one.checkup_id, owner_id=one.owner_id, why=why)


def list_delegations(session: Session, checkup_id: uuid.UUID) -> Sequence[Delegation]:
    """Everybody who was ever asked, the newest first."""
    query = select(Delegation).where(Delegation.checkup_id == checkup_id)
    return session.scalars(query.order_by(Delegation.asked_at.desc(), Delegation.id)).all()


def end(
    session: Session, *, checkup_id: uuid.UUID, delegation_id: uuid.UUID, why: str, by: audit.Actor, now: dt.datetime
) -> bool:
    """From now on that one reads nothing; what was typed and done stays. Returns whether it has ended just now.

    Raises: NotFound.
    """
    found = hold(session, checkup_id=checkup_id, delegation_id=delegation_id)
    if found.ended_at is not None:
        return False
    _end(session, found, why, now)
    note(session, found, "delegate.ended", by, why)
    return True


def hold(session: Session, *, checkup_id: uuid.UUID, delegation_id: uuid.UUID) -> Delegation:
    """What was asked, as it is while the case is held. Raises: NotFound."""
    row = hold_case(session, checkup_id)
    query = select(Delegation).where(Delegation.checkup_id == row.id, Delegation.id == delegation_id)
    return get_one(session, query.execution_options(populate_existing=True))


def end_open(session: Session, row: Checkup, *, why: str, now: dt.datetime) -> None:
    """Nobody does anything for her any more, in a case that is held."""
    for one in _list_unended(session, row):
        _end(session, one, why, now)


def forget(session: Session, row: Checkup) -> None:
    """Of an erased case stay days and what was asked; not who, nor at which shop or phone."""
    for one in list_delegations(session, row.id):
        one.name, one.shop, one.phone_digest, one.invitation_digest = "", "", "", ""
    session.flush()


def _end(session: Session, one: Delegation, why: str, now: dt.datetime) -> None:
    one.ended_at, one.ended_why = now, why
    session.flush()


def _list_unended(session: Session, row: Checkup) -> Sequence[Delegation]:
    query = select(Delegation).where(Delegation.firm_id == row.firm_id, Delegation.checkup_id == row.id)
    return session.scalars(query.where(Delegation.ended_at.is_(None))).all()


_KEPT = (
    "id", "name", "kind", "shop", "areas", "sees_fixes", "reads_messages", "phone_digest", "invitation_digest",
    "asked_at", "answer_by", "ends_at", "delegate_id", "accepted_at", "text_version", "ended_at", "ended_why",
)  # fmt: skip


def copied(session: Session, checkup_id: uuid.UUID) -> Sequence[dict[str, object]]:
    """All that was asked, as it stands, to be carried along before the case is erased here."""
    return [{name: getattr(one, name) for name in _KEPT} for one in list_delegations(session, checkup_id)]


def carry(session: Session, copies: Sequence[dict[str, object]], *, to: Checkup) -> None:
    """Whom she asked she has asked at the firm to which her record moved, too: the same people, things and days."""
    session.add_all(Delegation(firm_id=to.firm_id, checkup_id=to.id, owner_id=to.owner_id, **one) for one in copies)
    session.flush()
