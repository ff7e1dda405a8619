"""A body's numbers: its work as whoever answers for it could count row by row, and what owners made of it as told."""

import datetime as dt
import statistics
import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.referrals.models import ProviderTold, Referral
from tenants.clock import city_day, start_of
from tenants.working_days import working_days_between

Told = Counter[tuple[str, str]]  # (what, code) → businesses


@dataclass(frozen=True)
class Work:
    """Of a time: how many were sent, run past their day, ended (by outcome, `declined` or `withdrawn`).

    `days`: the median of working days from sending to closing; None where nothing was closed.
    """

    sent: int
    late: int
    ended: Mapping[str, int]
    days: float | None


def read_work(
    session: Session, *, first: dt.date, after: dt.date, provider_id: uuid.UUID | None = None, kind: str = ""
) -> Work:
    """Under Scope(PROVIDER) of its own referrals, under Scope(BUREAU) of all its bodies; process columns alone."""
    query = select(Referral.state, Referral.outcome, Referral.offered_at, Referral.late_at, Referral.ended_at)
    query = query.where(Referral.offered_at < start_of(after))
    query = query.where(Referral.ended_at.is_(None) | (Referral.ended_at >= start_of(first)))
    if provider_id is not None:
        query = query.where(Referral.provider_id == provider_id)
    if kind:
        query = query.where(Referral.kind == kind)
    sent, late, ended, days = 0, 0, Counter[str](), list[int]()
    for state, outcome, offered_at, late_at, ended_at in session.execute(query).tuples():
        if offered_at is None:
            continue
        sent += offered_at >= start_of(first)
        late += ended_at is None and late_at is not None
        if ended_at is not None and ended_at < start_of(after):
            ended[outcome or state] += 1
            if state == "closed":
                days.append(working_days_between(city_day(offered_at), city_day(ended_at)).days)
    return Work(sent, late, ended, float(statistics.median(days)) if days else None)


def read_years(session: Session, provider_id: uuid.UUID, today: dt.date) -> list[tuple[int, Work, Told]]:
    """Of one body: this year and, where anything came, the year before."""
    years = []
    for year in (today.year, today.year - 1):
        first, after = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
        work = read_work(session, first=first, after=after, provider_id=provider_id)
        if year == today.year or work.sent or work.ended:
            years.append((year, work, read_told(session, [provider_id], year)))
    return years


def read_told(session: Session, bodies: Collection[uuid.UUID], year: int) -> Told:
    """Of these bodies together; what is told of none is not there."""
    query = select(ProviderTold.what, ProviderTold.code, ProviderTold.count)
    query = query.where(ProviderTold.provider_id.in_(bodies), ProviderTold.year == year)
    told = Told()
    for what, code, count in session.execute(query).tuples():
        told[what, code] += count
    return told
