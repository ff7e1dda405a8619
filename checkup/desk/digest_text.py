"""The Monday's mail to a lawyer: numbers and case numbers, nothing else. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

MOST_LINES = 20


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


def subject_of(day: dt.date) -> str:
    """The same for the whole week, so that one mail a week can be told from two."""
    return f"法脉：{monday_of(day):%m-%d}这一周您手上的事"


def body_of(digest: Digest, link: str) -> str:
    """Long lists end after twenty lines with how many more there are."""
    parts = [
        _part(f"在办{len(digest.own)}件，最急的在前：", [_line(one) for one in digest.own]),
        _part(f"等人领、合您空档的{len(digest.new)}件：", list(digest.new)),
        [f"等您看的公益工时：{digest.hours}条。"] if digest.hours else [],
        [f"打开：{link}", "不想收？在“我的账号”里关掉。"],
    ]
    return "\n".join(line for part in parts for line in part)


def _part(title: str, lines: list[str]) -> list[str]:
    more = [f"……还有{len(lines) - MOST_LINES}件"] if len(lines) > MOST_LINES else []
    return [title, *lines[:MOST_LINES], *more] if lines else []


def _line(one: OwnCase) -> str:
    if one.left is None:
        return f"{one.number} 等店主回答"
    if one.left < 0:
        return f"{one.number} {one.day}，超{-one.left}个工作日"
    return f"{one.number} {one.day}，" + (f"还有{one.left}个工作日" if one.left else "就是今天")
