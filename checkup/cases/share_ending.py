"""A link ends: its salt and its snapshot are destroyed, so that it opens nothing, backups included."""

import datetime as dt
import uuid

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from checkup.cases.share_models import Share, ShareKeyRow, ShareOpening
from tenants.rows import get_one


def end_link(session: Session, *, checkup_id: uuid.UUID, share_id: uuid.UUID, now: dt.datetime) -> None:
    """Twice ends once. Raises: NotFound."""
    share = get_one(session, select(Share).where(Share.checkup_id == checkup_id, Share.id == share_id))
    _blank(session, share, now)


def end_links(session: Session, *, firm_id: uuid.UUID, checkup_id: uuid.UUID, now: dt.datetime) -> None:
    """Every link of a checkup that is withdrawn or erased."""
    query = select(Share).where(Share.firm_id == firm_id, Share.checkup_id == checkup_id, Share.sealed != b"")
    for share in session.scalars(query):
        _blank(session, share, now)


def _blank(session: Session, share: Share, now: dt.datetime) -> None:
    session.execute(delete(ShareKeyRow).where(ShareKeyRow.firm_id == share.firm_id, ShareKeyRow.share_id == share.id))
    share.sealed = b""
    share.ended_at = share.ended_at or min(now, share.expires_at)
    session.flush()


def sweep_expired(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> int:
    """Under Scope(WORKER, firm): what has expired loses salt and snapshot; returns how many. Twice changes nothing."""
    query = select(Share).where(Share.firm_id == firm_id, Share.expires_at <= now, Share.sealed != b"")
    expired = session.scalars(query).all()
    for share in expired:
        _blank(session, share, now)
    return len(expired)


def end_keyless(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> int:
    """Under Scope(WORKER, firm), in a database that was brought back: links whose salt is gone have ended; how many."""
    keyed = select(ShareKeyRow.share_id).where(ShareKeyRow.firm_id == firm_id)
    query = select(Share).where(Share.firm_id == firm_id, Share.sealed != b"", Share.id.not_in(keyed))
    found = session.scalars(query).all()
    for share in found:
        _blank(session, share, now)
    return len(found)


def forget_links(session: Session, *, firm_id: uuid.UUID, checkup_id: uuid.UUID) -> None:
    """Under Scope(WORKER, firm), after an erasure: nobody knows any more to whom the report was shown."""
    of_case = select(Share.id).where(Share.firm_id == firm_id, Share.checkup_id == checkup_id)
    session.execute(delete(ShareOpening).where(ShareOpening.firm_id == firm_id, ShareOpening.share_id.in_(of_case)))
    session.execute(
        update(Share).where(Share.firm_id == firm_id, Share.checkup_id == checkup_id).values(sealed_label=None)
    )
