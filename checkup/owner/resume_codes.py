"""Go on from another device: a short code and the phone number, both kept only as keyed digests."""

import datetime as dt
import hashlib
import hmac
import uuid
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from checkup.cases.holding import hold_case
from checkup.owner.models import ResumeCode
from tenants.errors import Unreadable
from tenants.numbers import random_letters
from tenants.typed import codes, phones
from tenants.typed.text import for_machines

LIFE = dt.timedelta(days=30)


@dataclass(frozen=True)
class ResumeTarget:
    """The checkup that a code opens."""

    firm_id: uuid.UUID
    checkup_id: uuid.UUID
    person_id: uuid.UUID


@dataclass(frozen=True)
class ResumeRefused:
    """Why a code does not open: `unknown`, `expired` or `wrong_phone`."""

    code: str


def code_digest(code: str, pepper: bytes) -> str:
    """The digest that names a code, however it is typed."""
    plain = codes.code(code, codes.MINTED)
    return hmac.new(pepper, b"code:" + plain.encode(), hashlib.sha256).hexdigest()


def _one_way(phone: str) -> str:
    try:
        return phones.phone(phone)
    except Unreadable:
        return for_machines(phone)


def _phone_digest(phone: str, pepper: bytes) -> str:
    return hmac.new(pepper, b"phone:" + _one_way(phone).encode(), hashlib.sha256).hexdigest()


def issue_resume_code(
    session: Session,
    *,
    firm_id: uuid.UUID,
    checkup_id: uuid.UUID,
    person_id: uuid.UUID,
    phone: str,
    pepper: bytes,
    now: dt.datetime,
) -> str:
    """A new code such as `K7M2-Q9TX` for this checkup; an earlier one stops working. Raises: NotFound."""
    hold_case(session, checkup_id)
    session.execute(delete(ResumeCode).where(ResumeCode.checkup_id == checkup_id))
    plain = random_letters(8)
    session.add(
        ResumeCode(
            digest=code_digest(plain, pepper),
            firm_id=firm_id,
            checkup_id=checkup_id,
            person_id=person_id,
            phone_digest=_phone_digest(phone, pepper),
            expires_at=now + LIFE,
        )
    )
    session.flush()
    return f"{plain[:4]}-{plain[4:]}"


@dataclass(frozen=True)
class KeptCode:
    """A living code, to open the same case wherever it moves."""

    digest: str
    phone_digest: str
    person_id: uuid.UUID
    expires_at: dt.datetime

    def of(self, *, firm_id: uuid.UUID, checkup_id: uuid.UUID) -> ResumeCode:
        return ResumeCode(firm_id=firm_id, checkup_id=checkup_id, **vars(self))


def find_code(session: Session, checkup_id: uuid.UUID) -> KeptCode | None:
    """The code of a case, under the owner's scope."""
    row = session.scalars(select(ResumeCode).where(ResumeCode.checkup_id == checkup_id)).one_or_none()
    return None if row is None else KeptCode(row.digest, row.phone_digest, row.person_id, row.expires_at)


def claim_resume_code(
    session: Session, *, code: str, phone: str, pepper: bytes, now: dt.datetime
) -> ResumeTarget | ResumeRefused:
    """What the code opens, under Scope(PUBLIC, token=code_digest(code, pepper)). Whoever asks counts wrong phones."""
    row = session.scalars(select(ResumeCode).where(ResumeCode.digest == code_digest(code, pepper))).one_or_none()
    if row is None:
        return ResumeRefused("unknown")
    if row.expires_at < now:
        return ResumeRefused("expired")
    if not hmac.compare_digest(row.phone_digest, _phone_digest(phone, pepper)):
        return ResumeRefused("wrong_phone")
    return ResumeTarget(row.firm_id, row.checkup_id, row.person_id)


def holds_code(session: Session, *, checkup_id: uuid.UUID, code: str, pepper: bytes, now: dt.datetime) -> bool:
    """Whether this is the living code of this checkup, under the scope of the owner who is here."""
    query = select(ResumeCode.expires_at).where(
        ResumeCode.digest == code_digest(code, pepper), ResumeCode.checkup_id == checkup_id
    )
    expires_at = session.scalars(query).one_or_none()
    return expires_at is not None and expires_at >= now


def find_target(session: Session, *, code: str, pepper: bytes, now: dt.datetime) -> ResumeTarget | None:
    """The checkup whose progress the code shows, under Scope(PUBLIC, token=code_digest(code, pepper)); to read only,
    so the phone is not asked."""
    row = session.scalars(select(ResumeCode).where(ResumeCode.digest == code_digest(code, pepper))).one_or_none()
    if row is None or row.expires_at < now:
        return None
    return ResumeTarget(row.firm_id, row.checkup_id, row.person_id)
