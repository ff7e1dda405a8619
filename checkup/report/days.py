"""By when: the day of the law where it comes first, else our suggestion; all days of a report as one strip. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

THIS_WEEK, THIS_MONTH = 3, 5
_DAYS_WEEK, _DAYS_MONTH, _DAYS_LATER = 7, 30, 90


class Dated(Protocol):
    """What the strip reads of a finding: its number in the report, its title, the day of the law and our own."""

    @property
    def place(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def due(self) -> dt.date | None: ...
    @property
    def is_past(self) -> bool: ...
    @property
    def is_due_known(self) -> bool: ...
    @property
    def planned_on(self) -> dt.date | None: ...


@dataclass(frozen=True)
class StripDay:
    """A day and what is to be done by it: numbers and titles of findings, in the order of the report.

    `is_known`: no notice of holidays can still move it.
    """

    on: dt.date
    is_law: bool
    is_known: bool
    places: tuple[int, ...]
    titles: tuple[str, ...]


def suggest_due(order: int, law_due: dt.date | None, begins_on: dt.date) -> tuple[dt.date, str]:
    """(day, why) for the finding that stands `order`-th (from 0) in the report: a week, a month or three.

    A legal limit that still runs and ends earlier goes first (`law`, else `plan`). One that has passed is no day to do
    anything by: asking a lawyer what is still possible is planned like the rest.
    """
    days = _DAYS_WEEK if order < THIS_WEEK else _DAYS_MONTH if order < THIS_WEEK + THIS_MONTH else _DAYS_LATER
    planned = begins_on + dt.timedelta(days=days)
    if law_due is not None and begins_on <= law_due <= planned:
        return law_due, "law"
    return planned, "plan"


def strip(entries: Iterable[Dated]) -> tuple[StripDay, ...]:
    """Every day of the report once, the nearest first; on one day what the law asks stands before what we suggest."""
    days = dict[tuple[dt.date, bool], list[Dated]]()
    for entry in entries:
        if entry.due is not None and not entry.is_past:
            days.setdefault((entry.due, True), []).append(entry)
        if entry.planned_on is not None:
            days.setdefault((entry.planned_on, False), []).append(entry)
    return tuple(
        StripDay(
            on,
            is_law,
            not is_law or all(one.is_due_known for one in held),
            tuple(one.place for one in held),
            tuple(one.title for one in held),
        )
        for (on, is_law), held in sorted(days.items(), key=lambda day: (day[0][0], not day[0][1]))
    )


def spans(places: Iterable[int]) -> str:
    """Numbers as they are read out: 4–8, 10."""
    runs = list[list[int]]()
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
