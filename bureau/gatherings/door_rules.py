"""The code at the door: new every five minutes, good for the five that follow, each gathering's own. Pure."""

import datetime as dt
import hashlib
import hmac
import uuid

from tenants.numbers import LETTERS

LASTS = dt.timedelta(minutes=5)
OPENS_BEFORE, SHUTS_AFTER = dt.timedelta(hours=1), dt.timedelta(minutes=30)
LONG = 6


def code_at(key: bytes, gathering_id: uuid.UUID, at: dt.datetime) -> str:
    """What hangs at the door of this gathering at this moment. `key`: of the installation."""
    told = b"door:" + gathering_id.bytes + str(at.timestamp() // LASTS.total_seconds()).encode()
    digest = hmac.digest(key, told, hashlib.sha256)
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:LONG])


def is_fresh(code: str, key: bytes, gathering_id: uuid.UUID, at: dt.datetime) -> bool:
    """Whether it hangs there now, or did until a moment ago."""
    held = (code_at(key, gathering_id, at), code_at(key, gathering_id, at - LASTS))
    return any([hmac.compare_digest(code.encode(), one.encode()) for one in held])


def is_door_open(begins_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime) -> bool:
    """From an hour before it begins to half an hour after its end."""
    return begins_at - OPENS_BEFORE <= at < ends_at + SHUTS_AFTER
