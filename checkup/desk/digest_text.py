"""The Monday's mail to a lawyer: numbers and case numbers, nothing else. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

MOST_LINES = 20  # of each list; then how many more there are


@dataclass(frozen=True)
class OwnCase:
    """A case in hand: `left` working days, negative when overdue, None while the owner is asked."""

    number: str
    day: dt.date
    left: int | None


@dataclass(frozen=True)
class Digest:
    """A lawyer's open work: cases in hand by deadline, waiting ones that fit, entries of hours to look at."""

    own: Sequence[OwnCase] = ()
    new: Sequence[str] = ()
    hours: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.own or self.new or self.hours)


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
