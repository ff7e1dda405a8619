"""The bureau's home numbers: counted by the worker in the bureau's own role, read in one row each."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from bureau.dashboard.figures import FigureKind
from bureau.dashboard.models import Figure
from bureau.parameters.in_force import get_value
from tenants.anonymity import LEAST_BEHIND
from tenants.clock import city_day, start_of
from tenants.models import Bureau
from tenants.working_days import working_days_after

_RECENT = dt.timedelta(days=90)


@dataclass(frozen=True)
class Line:
    """One value, with what it is of. None: nothing to count yet, or withheld where it was published."""

    label: str
    label_en: str
    value: float | None
    is_withheld: bool = False

    @property
    def is_small(self) -> bool:
        """Withheld for its own sake: shown as `<10`."""
        return self.is_withheld and self.value is not None and self.value < LEAST_BEHIND


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
    """Run a figure's own query in the scope of the session; what may not be shown is marked."""
    used = {name: value for name, value in values.items() if f":{name}" in kind.sql}
    rows = session.execute(text(kind.sql), used).mappings()
    lines = tuple(
        Line(
            row.get("label", ""),
            row.get("label_en", ""),
            None if row["value"] is None else float(row["value"]),
            row.get("is_withheld", False),
        )
        for row in rows
    )
    return withhold(lines) if kind.is_of_businesses else lines


def withhold(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Mark counts from one to nine; one alone takes the next smallest with it, as the sum stands on the same page."""
    by_size = sorted((one for one in lines if one.value), key=lambda one: one.value or 0.0)
    small = [one for one in by_size if (one.value or 0.0) < LEAST_BEHIND]
    hidden = by_size[:2] if len(small) == 1 and len(by_size) > 1 else small
    return tuple(replace(one, is_withheld=any(one is other for other in hidden)) for one in lines)


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
