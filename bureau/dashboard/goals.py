"""Goals of a year by district and by firm, with what is reached: counted in the bureau's own role."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bureau.dashboard.goal_rules import DISTRICT, FIRM, HOURS, REACHED, SIGNED, Proposed, Standing, share_of_year
from bureau.dashboard.models import Goal
from bureau.hours.models import HourEntry
from bureau.hours.states import COUNTED
from checkup.cases.progress import Progress
from tenants.audit import Actor
from tenants.clock import city_day, start_of
from tenants.models import Firm


@dataclass(frozen=True)
class GoalLine:
    """A goal in force, whose it is, and how far it is."""

    kind: str
    subject: str
    standing: Standing
    set_by: str
    set_at: dt.datetime


def set_goal(session: Session, *, bureau_id: uuid.UUID, proposed: Proposed, by: Actor, now: dt.datetime) -> Goal:
    """Set or change a goal: a row is added, the newest of a subject holds, earlier ones stay to be seen."""
    row = Goal(
        bureau_id=bureau_id,
        year=proposed.year,
        kind=proposed.kind,
        firm_id=uuid.UUID(proposed.subject) if proposed.subject_kind == FIRM else None,
        district=proposed.subject if proposed.subject_kind == DISTRICT else "",
        value=proposed.value,
        set_by=by.name,
        set_at=now,
    )
    session.add(row)
    session.flush()
    return row


def list_goals(
    session: Session, *, year: int, published: Mapping[str, int | None], now: dt.datetime
) -> dict[str, Sequence[GoalLine]]:
    """`firm` and `district` → the goals in force in the caller's scope, by what is counted: no league table.

    `published`: district → businesses in the year's newest release, None where withheld.
    """
    newest = dict[tuple[str, str], Goal]()
    for row in session.scalars(select(Goal).where(Goal.year == year).order_by(Goal.set_at, Goal.id)):
        newest[row.kind, row.subject] = row
    counted = {SIGNED: _signed(session, year), HOURS: _hours(session, year)}
    due = share_of_year(year, city_day(now))
    lines: dict[str, list[GoalLine]] = {FIRM: [], DISTRICT: []}
    for (kind, subject), row in sorted(newest.items()):
        value = published.get(subject) if kind == REACHED else counted[kind].get(subject, 0.0)
        is_withheld = kind == REACHED and value is None and subject in published
        standing = Standing(row.value, value, due, is_withheld)
        lines[FIRM if row.firm_id else DISTRICT].append(GoalLine(kind, subject, standing, row.set_by, row.set_at))
    return dict(lines)


def _signed(session: Session, year: int) -> Mapping[str, float]:
    """Firm's id and district → checkups signed by the firm, by the firms seated there."""
    query = (
        select(Progress.firm_id, Firm.district, func.count())
        .join(Firm, Firm.id == Progress.firm_id)
        .where(Progress.signed_at >= start_of(dt.date(year, 1, 1)))
        .where(Progress.signed_at < start_of(dt.date(year + 1, 1, 1)))
        .group_by(Progress.firm_id, Firm.district)
    )
    return _by_subject(session.execute(query).tuples().all())


def _hours(session: Session, year: int) -> Mapping[str, float]:
    """Firm's id and district → hours that count."""
    query = (
        select(HourEntry.firm_id, Firm.district, func.sum(HourEntry.credited_minutes))
        .join(Firm, Firm.id == HourEntry.firm_id)
        .where(HourEntry.state.in_(COUNTED))
        .where(HourEntry.day >= dt.date(year, 1, 1), HourEntry.day < dt.date(year + 1, 1, 1))
        .group_by(HourEntry.firm_id, Firm.district)
    )
    minutes = _by_subject(session.execute(query).tuples().all())
    return {subject: total / 60 for subject, total in minutes.items()}


def _by_subject(rows: Sequence[tuple[uuid.UUID, str, int]]) -> dict[str, float]:
    totals = defaultdict[str, float](float)
    for firm_id, district, count in rows:
        totals[str(firm_id)] += count
        totals[district] += count
    return dict(totals)
