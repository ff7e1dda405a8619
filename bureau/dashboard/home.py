"""The bureau's home numbers: counted by the worker in the bureau's own role, read in one row each."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from bureau.dashboard.figures import FigureKind
from bureau.dashboard.models import Figure
from bureau.parameters.in_force import get_value
from tenants.clock import city_day, start_of
from tenants.models import Bureau
from tenants.working_days import working_days_after

_RECENT = dt.timedelta(days=90)


@dataclass(frozen=True)
class Line:
    """One value, with what it is of. None: nothing to count yet, or withheld where it was published.

    `period`: the quarter of the release it comes from; empty for what is counted in the bureau's own files.
    """

    label: str
    label_en: str
    value: float | None
    is_withheld: bool = False
    period: str = ""


@dataclass(frozen=True)
class Counted:
    """A figure as it was last counted."""

    kind: FigureKind
    lines: tuple[Line, ...]
    counted_at: dt.datetime


def query_values(session: Session, *, bureau_id: uuid.UUID, now: dt.datetime) -> dict[str, object]:
    """The parameters of the queries on this day."""
    today = city_day(now)
    first = today.replace(month=1, day=1)
    days, target, cases = (
        get_value(session, bureau_id=bureau_id, key=key, on=today)
        for key in ("review_days", "hours_target", "hours_cases")
    )
    return {
        "today": today,
        "now": now,
        "late_before": start_of(first_day_in_time(today, days)),
        "since": now - _RECENT,
        "year_start": start_of(first),
        "year_first": first,
        "hours_target": target,
        "hours_cases": cases,
    }


def first_day_in_time(today: dt.date, days: int) -> dt.date:
    """The earliest day of submission that is not overdue today, `days` working days being allowed."""
    day = today
    while working_days_after(day - dt.timedelta(days=1), days).day >= today:
        day -= dt.timedelta(days=1)
    return day


def count_figure(session: Session, kind: FigureKind, values: Mapping[str, object]) -> tuple[Line, ...]:
    """Run a figure's own query in the scope of the session.

    One rule for every page of a bureau: what its role may count in its own files is shown as it is, and what is about
    businesses comes from a release, as it was published.
    """
    used = {name: value for name, value in values.items() if f":{name}" in kind.sql}
    rows = session.execute(text(kind.sql), used).mappings()
    return tuple(
        Line(
            row.get("label", ""),
            row.get("label_en", ""),
            None if row["value"] is None else float(row["value"]),
            row.get("is_withheld", False),
            row.get("period", ""),
        )
        for row in rows
    )


def count_home(session: Session, kinds: Mapping[str, FigureKind], *, bureau_id: uuid.UUID, now: dt.datetime) -> None:
    """Count every figure anew and store it, under Scope(BUREAU, bureau)."""
    values = query_values(session, bureau_id=bureau_id, now=now)
    for kind in kinds.values():
        lines = [astuple(line) for line in count_figure(session, kind, values)]
        fresh = {"content": json.dumps(lines, ensure_ascii=False), "counted_at": now}
        added = insert(Figure).values(bureau_id=bureau_id, key=kind.key, **fresh)
        session.execute(added.on_conflict_do_update(index_elements=["bureau_id", "key"], set_=fresh))


def list_counted(session: Session, kinds: Mapping[str, FigureKind], bureau_id: uuid.UUID) -> Sequence[Counted]:
    """The figures in their order, as last counted; empty before the first time."""
    rows = {row.key: row for row in session.scalars(select(Figure).where(Figure.bureau_id == bureau_id))}
    return [_counted(kind, rows[kind.key]) for kind in kinds.values() if kind.key in rows]


def _counted(kind: FigureKind, row: Figure) -> Counted:
    lines = tuple(Line(*held) for held in json.loads(row.content))
    return Counted(kind, lines, row.counted_at)


def list_bureau_ids(session: Session) -> Sequence[uuid.UUID]:
    """Every bureau, for the worker's round."""
    return session.scalars(select(Bureau.id).order_by(Bureau.id)).all()
