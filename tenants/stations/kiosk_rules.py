"""How long a kiosk's codes and visits live. Pure."""

import datetime as dt

# Long enough to walk to the device with it, too short to be found on a note.
CODE_LASTS = dt.timedelta(minutes=15)
# A visit at which nobody sends anything any more is over: the server's own end, whatever the page does.
IDLE = dt.timedelta(minutes=3)
# The page asks "still there?" before that, and ends by itself well within it.
ASKS_AFTER, ENDS_AFTER = dt.timedelta(seconds=60), dt.timedelta(seconds=30)
# The square on the screen: as long as it takes to find the phone.
HANDOVER_LASTS = dt.timedelta(minutes=3)
TOUCH_EVERY = dt.timedelta(seconds=15)
UNKNOWN, USED, OVER, ENDED, RESTS = "unknown", "used", "over", "ended", "rests"


def refused(
    *,
    code_until: dt.datetime,
    paired_at: dt.datetime | None,
    ended_at: dt.datetime | None,
    serves: bool,
    now: dt.datetime,
) -> str:
    """Why a venue code makes no kiosk of a device, "" where it does."""
    if ended_at is not None:
        return ENDED
    if paired_at is not None:
        return USED
    if code_until < now:
        return OVER
    return "" if serves else RESTS


def is_over(seen_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a visit has ended because nobody was there."""
    return seen_at + IDLE <= now
