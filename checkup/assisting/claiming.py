"""An owner takes over the record that was begun for her: by the number of the case and a code, once; then nobody else
reads it."""

import datetime as dt
import hashlib
import hmac
import uuid
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from checkup.assisting import assist_rules as rules
from checkup.assisting.agreeing import end_open, hold_open, note
from checkup.assisting.models import ClaimCode
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from tenants import audit
from tenants.errors import NotFound
from tenants.numbers import random_letters
from tenants.typed import codes

LENGTH = 8


@dataclass(frozen=True)
class ClaimTarget:
    """The record that a code opens."""

    firm_id: uuid.UUID
    checkup_id: uuid.UUID
    owner_id: uuid.UUID


def plain_number(raw: str) -> str:
    """A case's number however it is typed."""
    return codes.code(raw)


def claim_digest(number: str, code: str, pepper: bytes) -> str:
    """The digest that names a code of a case; a code without its case is worth nothing."""
    told = f"claim:{plain_number(number)}:{codes.code(code, codes.MINTED)}"
    return hmac.new(pepper, told.encode(), hashlib.sha256).hexdigest()


def issue_claim(
    session: Session, *, help_id: uuid.UUID, sent: str, pepper: bytes, by: audit.Actor, now: dt.datetime
) -> str:
    """A new code such as `K7M2-Q9TX`, for a text message or a slip; an earlier one stops working. Under Scope(OWNER).

    Raises: NotFound once the help has ended.
    """
    row, _found = hold_open(session, help_id, now)
    return _issue(session, row, sent=sent, pepper=pepper, by=by, now=now)


def issue_own_claim(
    session: Session, *, checkup_id: uuid.UUID, pepper: bytes, by: audit.Actor, now: dt.datetime
) -> tuple[str, str]:
    """The number of the case and a code on a slip for an owner who works on it herself, on a device that is not hers.

    Under Scope(OWNER). Raises: NotFound.
    """
    row = hold_case(session, checkup_id)
    return row.case_number, _issue(session, row, sent=rules.PAPER, pepper=pepper, by=by, now=now)


def _issue(session: Session, row: Checkup, *, sent: str, pepper: bytes, by: audit.Actor, now: dt.datetime) -> str:
    session.execute(delete(ClaimCode).filter_by(firm_id=row.firm_id, checkup_id=row.id))
    plain = random_letters(LENGTH)
    session.add(
        ClaimCode(
            firm_id=row.firm_id,
            checkup_id=row.id,
            owner_id=row.owner_id,
            digest=claim_digest(row.case_number, plain, pepper),
            sent=sent,
            made_at=now,
            expires_at=now + rules.CLAIM_LASTS,
        )
    )
    session.flush()
    note(session, row, "help.sent", by, sent)
    return f"{plain[:4]}-{plain[4:]}"


def find_claim(session: Session, digest: str, now: dt.datetime) -> ClaimTarget | None:
    """What the code opens while it lives, under Scope(PUBLIC, token=digest)."""
    row = session.scalars(select(ClaimCode).where(ClaimCode.digest == digest)).one_or_none()
    if row is None or row.expires_at < now:
        return None
    return ClaimTarget(row.firm_id, row.checkup_id, row.owner_id)


def claim(session: Session, *, target: ClaimTarget, digest: str, by: audit.Actor, now: dt.datetime) -> Checkup:
    """The record is in her own hands: the code is used up, no helper reads on. Under Scope(OWNER).

    Raises: NotFound where somebody was faster with the same code.
    """
    row = hold_case(session, target.checkup_id)
    held = session.scalars(select(ClaimCode.digest).filter_by(firm_id=row.firm_id, checkup_id=row.id)).one_or_none()
    if held != digest:
        raise NotFound
    session.execute(delete(ClaimCode).filter_by(firm_id=row.firm_id, checkup_id=row.id))
    note(session, row, "help.claimed", by)
    end_open(session, row, why=rules.CLAIMED, by=by, now=now)
    return row
