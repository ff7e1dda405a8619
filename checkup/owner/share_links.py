"""The owner shares a report by link and sees who opened it; whoever holds the link reads the sealed snapshot."""

import datetime as dt
import json
import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.cases.share_models import Share, ShareKeyRow, ShareOpening
from checkup.fixes.models import Fix
from checkup.owner.share_tokens import link_digest, new_salt, new_token, snapshot_key
from checkup.report.html import render_body
from checkup.report.redacting import LEVELS, redact
from checkup.report.values import Report
from checkup.signoff.reporting import load_report
from tenants.base import new_id
from tenants.errors import Conflict, NotFound
from tenants.languages import LOCALES
from tenants.rows import get_one
from tenants.sealing import seal, unseal

DAYS = (1, 7, 30)
DEFAULT_DAYS = 7
MOST_LABEL = 40
_SHAREABLE = ("submitted", "in_review", "signed", "closed")


@dataclass(frozen=True)
class Wanted:
    """What a link is to show, for how many days, and for whom (a note of the owner to herself)."""

    level: str
    days: int
    label: str


@dataclass(frozen=True)
class SeenLink:
    """A link as its owner sees it; the link itself is nowhere."""

    share: Share
    label: str
    openings: tuple[ShareOpening, ...]

    def is_running(self, now: dt.datetime) -> bool:
        return self.share.ended_at is None and self.share.expires_at > now


@dataclass(frozen=True)
class Opened:
    """What a link shows: the report as HTML by language."""

    bodies: Mapping[str, str]
    level: str
    expires_at: dt.datetime


def shared_report(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    level: str,
    locale: str,
    keys: Keyring,
    public_url: str,
    now: dt.datetime,
) -> Report:
    """The report as this level shows it. Raises: NotFound; Conflict `not_now` before there is a result."""
    row = get_checkup_row(session, checkup_id)
    if level not in LEVELS:
        raise NotFound
    if row.state not in _SHAREABLE:
        raise Conflict("not_now")
    report = load_report(
        session,
        checkup_id=checkup_id,
        kind="signed" if row.signed_at else "automatic",
        locale=locale,
        keys=keys,
        public_url=public_url,
        now=now,
    )
    mended = select(Fix.risk).where(Fix.checkup_id == checkup_id, Fix.state == "confirmed")
    return redact(report, level, frozenset(session.scalars(mended)))


def make_link(
    session: Session, *, checkup_id: uuid.UUID, wanted: Wanted, keys: Keyring, public_url: str, now: dt.datetime
) -> str:
    """A new link's token, shown once: the database keeps a digest. Raises: as `shared_report`."""
    row, token, salt, share_id = hold_case(session, checkup_id), new_token(), new_salt(), new_id()
    bodies = {
        locale: render_body(
            shared_report(
                session,
                checkup_id=checkup_id,
                level=wanted.level,
                locale=locale,
                keys=keys,
                public_url=public_url,
                now=now,
            )
        )
        for locale in LOCALES
    }
    packed = zlib.compress(json.dumps(bodies, ensure_ascii=False).encode())
    session.add(
        Share(
            firm_id=row.firm_id,
            id=share_id,
            checkup_id=row.id,
            owner_id=row.owner_id,
            digest=link_digest(token),
            level=wanted.level,
            sealed=seal(snapshot_key(token, salt), packed, share_id.bytes),
            sealed_label=open_case(session, row, keys).seal(wanted.label.encode()) if wanted.label else None,
            made_at=now,
            expires_at=now + dt.timedelta(days=wanted.days),
        )
    )
    session.flush()
    session.add(ShareKeyRow(firm_id=row.firm_id, share_id=share_id, salt=salt))
    session.flush()
    return token


def list_links(session: Session, *, row: Checkup, keys: Keyring) -> Sequence[SeenLink]:
    """The owner's links with their openings, the newest first."""
    case = open_case(session, row, keys)
    shares = session.scalars(select(Share).where(Share.checkup_id == row.id).order_by(Share.made_at.desc())).all()
    openings = session.scalars(
        select(ShareOpening)
        .where(ShareOpening.firm_id == row.firm_id, ShareOpening.share_id.in_([share.id for share in shares]))
        .order_by(ShareOpening.at)
    ).all()
    return [
        SeenLink(
            share,
            case.unseal(share.sealed_label).decode() if share.sealed_label else "",
            tuple(one for one in openings if one.share_id == share.id),
        )
        for share in shares
    ]


def expiry_of(session: Session, *, token: str, now: dt.datetime) -> dt.datetime:
    """Until when this link opens, under Scope(PUBLIC, token=link_digest(token)); nothing is opened yet.

    Raises: as `open_link`.
    """
    return get_one(session, select(Share.expires_at).where(Share.digest == link_digest(token), Share.expires_at > now))


def open_link(session: Session, *, token: str, device: str, now: dt.datetime) -> Opened:
    """What the link shows, under Scope(PUBLIC, token=link_digest(token)); the opening is noted.

    Raises: NotFound when it never was, has expired or was ended: from outside all three look the same.
    """
    query = (
        select(Share.firm_id, Share.id, Share.sealed, Share.level, Share.expires_at, ShareKeyRow.salt)
        .join(ShareKeyRow)
        .where(Share.digest == link_digest(token), Share.expires_at > now)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    packed = unseal(snapshot_key(token, found.salt), found.sealed, found.id.bytes)
    session.add(ShareOpening(firm_id=found.firm_id, share_id=found.id, device=device, at=now))
    session.flush()
    return Opened(json.loads(zlib.decompress(packed)), found.level, found.expires_at)
