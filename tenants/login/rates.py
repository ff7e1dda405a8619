"""Counts of one window per visitor and door, shared by every web process and machine: one round trip each."""

import datetime as dt
import hashlib

from sqlalchemy import case, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenants.database import Audience, Scope, unit_of_work
from tenants.login.models import RateCount


def digest_of(key: str) -> str:
    """The name under which a key is counted; an address is not kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def count_up(key: str, *, seconds: int, amount: int = 1) -> int:
    """Count `amount` more in the running window of `seconds`, or begin a new one; returns the count."""
    digest = digest_of(key)
    until = func.now() + dt.timedelta(seconds=seconds)
    # A window that ends later than a new one would is of a clock that has been set back.
    is_over = or_(RateCount.ends_at <= func.now(), RateCount.ends_at > until)
    fresh = insert(RateCount).values(key=digest, count=amount, ends_at=until)
    counted = fresh.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": case((is_over, amount), else_=RateCount.count + amount),
            "ends_at": case((is_over, until), else_=RateCount.ends_at),
        },
    ).returning(RateCount.count)
    with unit_of_work(Scope(Audience.PUBLIC, token=digest)) as session:
        return session.scalars(counted).one()


def find_count(key: str) -> RateCount | None:
    """The running window, if there is one."""
    digest = digest_of(key)
    query = select(RateCount).where(RateCount.key == digest, RateCount.ends_at > func.now())
    with unit_of_work(Scope(Audience.PUBLIC, token=digest)) as session:
        return session.scalars(query).one_or_none()


def end_count(key: str) -> None:
    """End the running window of this key: whoever it counts begins anew."""
    digest = digest_of(key)
    ended = update(RateCount).where(RateCount.key == digest).values(ends_at=func.now())
    with unit_of_work(Scope(Audience.PUBLIC, token=digest)) as session:
        session.execute(ended)


def forget_counts(session: Session, *, running_too: bool = False) -> int:
    """Remove the windows that are over, or all of them, under Scope(WORKER); returns how many."""
    gone = delete(RateCount).returning(RateCount.key)
    if not running_too:
        gone = gone.where(RateCount.ends_at <= func.now())
    return len(session.scalars(gone).all())
