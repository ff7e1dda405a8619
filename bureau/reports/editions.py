"""Editions: a period's numbers frozen once, numbered, never changed; a corrected one gets the next number."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bureau.reports.edition_rules import Frozen, digest, from_bytes, last_day_counted, period_days, rate, to_bytes
from bureau.reports.indicators import list_indicators, to_definition
from bureau.reports.measures import Book
from bureau.reports.models import Edition, Withdrawal
from tenants import jobs
from tenants.audit import Actor
from tenants.errors import Conflict
from tenants.models import Bureau
from tenants.rows import get_one


def draft_edition(
    session: Session,
    *,
    bureau_id: uuid.UUID,
    period: str,
    book: Book,
    releases: Mapping[str, str],
    covers: Sequence[str],
    threshold: int,
    today: dt.date,
) -> Frozen:
    """What an edition would hold now; nothing is stored."""
    bureau = session.get_one(Bureau, bureau_id)
    rated = rate([to_definition(row) for row in list_indicators(session, bureau_id)], book)
    return Frozen(
        period,
        {"zh-Hans": bureau.name, "en": bureau.name_en},
        book,
        rated,
        releases,
        threshold,
        tuple(covers),
        last_day_counted(period, today).isoformat(),
        today < period_days(period)[1],
    )


def freeze_edition(session: Session, *, bureau_id: uuid.UUID, frozen: Frozen, by: Actor, now: dt.datetime) -> Edition:
    """Store the numbers; those of a period that runs are provisional for ever, a later edition is the final one.

    Raises: Conflict `same` when no number has changed since the last edition of the period.
    """
    content = to_bytes(frozen)
    newest = find_edition(session, bureau_id=bureau_id, period=frozen.period)
    if newest is not None and from_bytes(newest.content).says_the_same(frozen):
        raise Conflict("same")
    number = select(func.coalesce(func.max(Edition.number), 0) + 1)
    mine = number.where(Edition.bureau_id == bureau_id, Edition.period == frozen.period)
    row = Edition(
        bureau_id=bureau_id,
        period=frozen.period,
        number=session.scalars(mine).one(),
        content=content,
        content_hash=digest(content),
        frozen_by=by.name,
        frozen_at=now,
    )
    session.add(row)
    session.flush()
    jobs.defer(session, "write_report", bureau_id=bureau_id, edition_id=row.id)
    return row


def find_edition(session: Session, *, bureau_id: uuid.UUID, period: str) -> Edition | None:
    """The newest edition of a period that stands."""
    withdrawn = select(Withdrawal.edition_id)
    query = select(Edition).where(
        Edition.bureau_id == bureau_id, Edition.period == period, Edition.id.not_in(withdrawn)
    )
    return session.scalars(query.order_by(Edition.number.desc()).limit(1)).one_or_none()


def get_edition(session: Session, *, bureau_id: uuid.UUID, edition_id: uuid.UUID) -> Edition:
    """Raises: NotFound."""
    query = select(Edition).where(Edition.id == edition_id, Edition.bureau_id == bureau_id)
    return get_one(session, query)


def withdraw_edition(
    session: Session, *, bureau_id: uuid.UUID, edition_id: uuid.UUID, why: str, by: Actor, now: dt.datetime
) -> None:
    """Say of an edition that it no longer holds, and why; it stays to be read. Raises: NotFound, Conflict `not_now`."""
    row = get_edition(session, bureau_id=bureau_id, edition_id=edition_id)
    if session.get(Withdrawal, row.id) is not None:
        raise Conflict("not_now")
    session.add(Withdrawal(edition_id=row.id, bureau_id=bureau_id, why=why, by=by.name, at=now))
    session.flush()


def list_withdrawals(session: Session, bureau_id: uuid.UUID) -> Mapping[uuid.UUID, Withdrawal]:
    """Edition → why it was withdrawn."""
    return {row.edition_id: row for row in session.scalars(select(Withdrawal).where(Withdrawal.bureau_id == bureau_id))}


def list_editions(session: Session, bureau_id: uuid.UUID) -> Sequence[Edition]:
    """Newest period first, newest number first."""
    query = select(Edition).where(Edition.bureau_id == bureau_id)
    return session.scalars(query.order_by(Edition.period.desc(), Edition.number.desc())).all()


def find_before(session: Session, edition: Edition) -> Frozen | None:
    """The newest edition of the period before (a year, or the same quarter of the year before)."""
    year, _, quarter = edition.period.partition("-")
    period = str(int(year) - 1) + (f"-{quarter}" if quarter else "")
    before = find_edition(session, bureau_id=edition.bureau_id, period=period)
    return None if before is None else from_bytes(before.content)
