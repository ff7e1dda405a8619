"""What two assessors look at, and which periods can be drawn. Pure."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from tenants.errors import FieldFault, Invalid
from tenants.typed.text import prose
from tenants.typed.words import word_faults

MARKS = ("yes", "no", "unclear")
_OF_CASE = ("timely", "every_finding", "reasons", "advice", "time_fits")
_OF_FINDINGS = ("judgement", "urgent_first")
_OFF_PLATFORM = ("proof", "time_fits")
MOST_REASON = 500
_QUARTER, _MONTH = re.compile(r"(\d{4})-Q([1-4])"), re.compile(r"(\d{4})-(\d{2})")


def items_of(packet: Mapping[str, Any]) -> tuple[str, ...]:
    """The questions for one packet: those about findings only where the owner agreed that they are seen."""
    if packet.get("kind") != "case":
        return _OFF_PLATFORM
    return (*_OF_CASE, *_OF_FINDINGS) if packet.get("findings") is not None else _OF_CASE


def parse_marks(raw: Mapping[str, str], packet: Mapping[str, Any]) -> dict[str, str]:
    """Every question answered; a `no` needs a reason. Raises: Invalid with every fault."""
    items = items_of(packet)
    marks = {item: raw.get(item, "") for item in items}
    faults = [FieldFault(item, "required") for item in items if marks[item] not in MARKS]
    reason, is_owed = prose(raw.get("reason", "")), "no" in marks.values()
    faults += word_faults(reason, "reason", most=MOST_REASON, needed=is_owed)
    if faults:
        raise Invalid(tuple(faults))
    return marks


def is_passed(marks: Mapping[str, str]) -> bool:
    """No question is answered with no."""
    return "no" not in marks.values()


def pairs_of(marks: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """The two assessors' answers to the same questions; empty unless both have answered."""
    if len(marks) != 2:
        return []
    one, other = marks
    return [(one[item], other[item]) for item in sorted(one.keys() & other.keys())]


def period_end(period: str) -> dt.date:
    """The last day of `2026-Q3` or `2026-09`. Raises: Invalid on `period`."""
    if match := _QUARTER.fullmatch(period):
        year, month = int(match[1]), 3 * int(match[2])
    elif (match := _MONTH.fullmatch(period)) and 1 <= int(match[2]) <= 12:
        year, month = int(match[1]), int(match[2])
    else:
        raise Invalid((FieldFault("period", "unknown_option"),))
    if not dt.MINYEAR < year < dt.MAXYEAR:
        raise Invalid((FieldFault("period", "unknown_option"),))
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def ended_periods(today: dt.date) -> list[str]:
    """The last four quarters and three months that are over, newest first."""
    quarters, months = list[str](), list[str]()
    year, month = today.year, today.month
    while len(quarters) < 4:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        if len(months) < 3:
            months.append(f"{year}-{month:02d}")
        if month % 3 == 0:
            quarters.append(f"{year}-Q{month // 3}")
    return quarters + months
