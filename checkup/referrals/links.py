"""Mailed links for a body without accounts: each shows one referral and takes one step, once and in time.

The token is in the mail alone: a digest is kept here, and the worker makes it anew if the mail has to be tried again.
"""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.referrals.models import Referral, ReferralEvent, ReferralLink
from tenants.errors import Conflict
from tenants.models import Provider

LASTS = dt.timedelta(days=7)


@dataclass(frozen=True)
class Held:
    """What a link that opens leads to."""

    referral_id: uuid.UUID
    provider_id: uuid.UUID
    digest: str


def link_digest(token: str) -> str:
    return hashlib.sha256(b"famai-referral:" + token.encode()).hexdigest()


def find_to_mail(session: Session, *, firm_id: uuid.UUID, event_id: uuid.UUID) -> tuple[Referral, str] | None:
    """Under Scope(WORKER, firm): what a step is about, and the address of its body, if it has one."""
    event = session.get(ReferralEvent, (firm_id, event_id))
    row = session.get(Referral, (firm_id, event.referral_id)) if event else None
    email = session.scalars(select(Provider.email).where(Provider.id == row.provider_id)).one() if row else ""
    return (row, email) if row and email else None


def keep_link(session: Session, *, row: Referral, token: str, now: dt.datetime) -> None:
    """Under Scope(WORKER, firm): from now on this link opens, and those before it open nothing; twice is once."""
    digest = link_digest(token)
    before = select(ReferralLink).where(ReferralLink.referral_id == row.id, ReferralLink.used_at.is_(None))
    held = session.scalars(before).all()
    for one in held:
        if one.digest != digest:
            one.used_at = now
    if not any(one.digest == digest for one in held):
        session.add(
            ReferralLink(
                firm_id=row.firm_id,
                digest=digest,
                referral_id=row.id,
                provider_id=row.provider_id,
                expires_at=now + LASTS,
            )
        )
    session.flush()


def get_held(session: Session, token: str, now: dt.datetime) -> Held:
    """Under Scope(PUBLIC, token=link_digest(token)). Raises: Conflict `link_gone`."""
    digest = link_digest(token)
    query = select(ReferralLink).where(
        ReferralLink.digest == digest, ReferralLink.used_at.is_(None), ReferralLink.expires_at > now
    )
    row = session.scalars(query).one_or_none()
    if row is None:
        raise Conflict("link_gone")
    return Held(row.referral_id, row.provider_id, digest)


def use_up(session: Session, held: Held, now: dt.datetime) -> None:
    """Under Scope(PROVIDER, token=referral). Raises: Conflict `link_gone` where a second tap comes too late."""
    query = select(ReferralLink).where(ReferralLink.digest == held.digest, ReferralLink.used_at.is_(None))
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise Conflict("link_gone")
    row.used_at = now
    session.flush()
