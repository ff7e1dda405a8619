"""Who is a client, of whom, for what, and until when. Pure."""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

from checkup.letters.wording import MONTHS_AFTER_SIGNING

Kind = Literal["none", "offered", "client", "ended"]


@dataclass(frozen=True)
class Standing:
    """`none`: no lawyer was asked. `offered`: asked, letter not accepted yet. `client`: of the firm, for the letter's
    scope alone, from `since` on, `until` the day set by the signature (None while unsigned). `ended`: no client any
    more since `until`."""

    kind: Kind
    since: dt.date | None = None
    until: dt.date | None = None


def standing(
    *,
    is_review_wanted: bool,
    state: str,
    accepted_on: dt.date | None,
    withdrawn_on: dt.date | None,
    signed_on: dt.date | None,
    today: dt.date,
) -> Standing:
    """What the owner is to the firm today. `withdrawn_on`: when she took back, after accepting, that a lawyer reads."""
    if accepted_on is None:
        is_asked = is_review_wanted and state not in ("withdrawn", "erased")
        return Standing("offered" if is_asked else "none")
    if withdrawn_on is not None:
        return Standing(
            "offered" if is_review_wanted else "ended", None if is_review_wanted else accepted_on, withdrawn_on
        )
    until = None if signed_on is None else months_after(signed_on, MONTHS_AFTER_SIGNING)
    if state in ("withdrawn", "erased") or (until is not None and until < today):
        return Standing("ended", accepted_on, until or today)
    return Standing("client", accepted_on, until)


def months_after(day: dt.date, months: int) -> dt.date:
    """The corresponding day, or the month's last (Civil Code 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
