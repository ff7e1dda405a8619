"""How long a sheet of paper with the questions on it is good for, and why one is not typed. Pure."""

import datetime as dt

# A month: taken home, filled in when there is time, brought back at the next market day.
LASTS = dt.timedelta(days=30)
# What was printed is told apart from a wrong code for as long again.
KEPT = 2 * LASTS
MOST_COPIES, MOST_OPEN = 10, 200
LANGUAGES = ("zh-Hans", "en")
UNKNOWN, USED, OVER = "unknown", "used", "over"


def refused(*, printed_at: dt.datetime, used_at: dt.datetime | None, now: dt.datetime) -> str:
    """Why a sheet of this station is not typed, "" where it is."""
    if used_at is not None:
        return USED
    return OVER if printed_at + LASTS <= now else ""
