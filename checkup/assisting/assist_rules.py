"""What a helper may do for an owner, through which channel, and for how long. Pure."""

import datetime as dt

FILL, CALL = "fill", "call"
PURPOSES = (FILL, CALL)
IN_PERSON, PHONE, PAPER = "in_person", "phone", "paper"
CHANNELS = (IN_PERSON, PHONE, PAPER)
# What she lets the helper see of the result: the light and what to do next, or the findings too, to be read out.
LIGHT, FINDINGS = "light", "findings"
SHOWN = (LIGHT, FINDINGS)
CLAIMED, OWNERS_WORD, OTHER_HELPER, MOVED, ERASED = "claimed", "owner", "other_helper", "moved", "erased"
ENDED = (CLAIMED, OWNERS_WORD, OTHER_HELPER, MOVED, ERASED)
SMS = "sms"
SENT = (SMS, PAPER)
# Of the text in `templates/helper/consent.html`; another text gets another version.
CONSENT_TEXT = "2026-12"
# Of the text that she signs on a sheet of paper (`sheet_words`).
SHEET_TEXT = "paper-2026-12"
# Two weeks: a paper is looked for once more, an appointment is kept a week late. Whoever then wants help says so anew.
FILL_LASTS = dt.timedelta(days=14)
# As long as a call lasts, with the note after it.
CALL_LASTS = dt.timedelta(hours=1)
# The slip outlives the help: she takes over what is hers also when nobody may help any more.
CLAIM_LASTS = dt.timedelta(days=30)
_HOTLINE = "hotline"


def ends_at(purpose: str, now: dt.datetime) -> dt.datetime:
    """When the helper sees nothing any more, whatever happens."""
    return now + (CALL_LASTS if purpose == CALL else FILL_LASTS)


def door_of(station_kind: str) -> str:
    """The channel by which statistics count a checkup that was begun at this kind of station."""
    return "hotline" if station_kind == _HOTLINE else "helper"


def text_of(channel: str) -> str:
    """The version of the text to which she said yes, or which she signed."""
    return SHEET_TEXT if channel == PAPER else CONSENT_TEXT
