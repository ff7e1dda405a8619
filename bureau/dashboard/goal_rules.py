"""What a bureau may aim at in a year, for a district or a firm, and how far a goal is. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

SIGNED, HOURS, REACHED = "signed", "hours", "reached"
FIRM, DISTRICT = "firm", "district"
MOST_YEARS_AHEAD, MOST_VALUE = 2, 1_000_000


@dataclass(frozen=True)
class GoalKind:
    """One thing to aim at, and for whom it can be counted."""

    key: str
    name: Mapping[str, str]
    subjects: tuple[str, ...]


KINDS: dict[str, GoalKind] = {
    kind.key: kind
    for kind in (
        GoalKind(SIGNED, {"zh-Hans": "签发的体检（件）", "en": "Checkups signed"}, (DISTRICT, FIRM)),
        GoalKind(HOURS, {"zh-Hans": "公益工时（小时）", "en": "Pro bono hours"}, (DISTRICT, FIRM)),
        GoalKind(
            REACHED,
            {"zh-Hans": "体检家次（已公布）", "en": "Businesses reached, quarters added up, as published"},
            (DISTRICT,),
        ),
    )
}


@dataclass(frozen=True)
class Proposed:
    """A goal that can be set: `subject` is a district's code or a firm's id."""

    year: int
    kind: str
    subject_kind: str
    subject: str
    value: int


@dataclass(frozen=True)
class Standing:
    """How far a goal is: `value` None while it is not published, or where a release withholds it (`is_withheld`)."""

    goal: int
    value: float | None
    due: float
    is_withheld: bool = False

    @property
    def percent(self) -> int | None:
        """Of the goal, rounded down."""
        return None if self.value is None else int(100 * self.value // self.goal)

    @property
    def is_behind(self) -> bool:
        """Less is done than the share of the year that has passed."""
        return self.value is not None and self.value < self.goal * self.due


def share_of_year(year: int, today: dt.date) -> float:
    """How much of a year has passed at the end of today: 0 before it, 1 after it."""
    first, after = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    passed = (today - first).days + 1
    return min(1.0, max(0.0, passed / (after - first).days))
