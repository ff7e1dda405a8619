"""Doors that count: wrong codes lock, sends are counted apart, a resent code is the same within its life."""

import datetime as dt
import hashlib
import hmac
import secrets

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenants.errors import DomainError
from tenants.login.models import Attempt
from tenants.typed import codes

CODE_LIFE = dt.timedelta(minutes=10)
COUNTED = dt.timedelta(hours=1)
LOCKED = dt.timedelta(minutes=15)
MOST_WRONG, MOST_SENDS = 5, 5


class Locked(DomainError):
    """Too many wrong codes or passwords; it opens by itself after a while."""


class TooManySends(DomainError):
    """The code was sent often enough; the last one still counts."""


class WrongCode(DomainError):
    """The code is wrong or has run out."""


def attempt_key(pepper: bytes, door: str, name: str) -> str:
    """The digest that names one door for one name; it is also the token of the scope that may touch the row."""
    return hmac.new(pepper, f"attempt:{door}:{name}".encode(), hashlib.sha256).hexdigest()


def get_attempt(session: Session, key: str, now: dt.datetime) -> Attempt:
    """The counters of a door, locked against others; they start anew after an hour. Scope(PUBLIC, token=key)."""
    query = select(Attempt).where(Attempt.key == key).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is None:
        first = {"key": key, "wrong": 0, "sends": 0, "seed": "", "counted_from": now}
        session.execute(insert(Attempt).values(first).on_conflict_do_nothing())  # another may try first just now
        row = session.scalars(query).one()
    if abs(now - row.counted_from) > COUNTED:  # over, or of a clock that has been set back since
        row.wrong, row.sends, row.counted_from = 0, 0, now
    return row


def is_locked(attempt: Attempt, now: dt.datetime) -> bool:
    """For a quarter of an hour at most, also where the clock has been set back since."""
    return attempt.locked_until is not None and now < attempt.locked_until <= now + LOCKED


def count_wrong(attempt: Attempt, now: dt.datetime) -> None:
    """One more wrong try; the fifth within an hour locks the door for a quarter of an hour."""
    attempt.wrong += 1
    if attempt.wrong >= MOST_WRONG:
        attempt.locked_until, attempt.wrong = now + LOCKED, 0


def clear(attempt: Attempt) -> None:
    """After the right one: nothing counts any more and the code is used up."""
    attempt.wrong, attempt.sends, attempt.locked_until, attempt.seed, attempt.seeded_at = 0, 0, None, "", None


def send_code(attempt: Attempt, pepper: bytes, now: dt.datetime) -> str:
    """The six digits to send: the same ones while they live. Raises: Locked, TooManySends."""
    if is_locked(attempt, now):
        raise Locked
    if attempt.sends >= MOST_SENDS:
        raise TooManySends
    if not _lives(attempt, now):
        attempt.seed, attempt.seeded_at = secrets.token_hex(16), now
    attempt.sends += 1
    return _code(attempt, pepper)


def may_send(attempt: Attempt) -> bool:
    """Whether one more may be sent within the hour; counts it."""
    if attempt.sends >= MOST_SENDS:
        return False
    attempt.sends += 1
    return True


def is_right_code(attempt: Attempt, code: str, pepper: bytes, now: dt.datetime) -> bool:
    """Whether this is the code that was sent and still lives."""
    if not _lives(attempt, now):
        return False
    return hmac.compare_digest(_code(attempt, pepper), codes.code(code, codes.DIGITS))


def _lives(attempt: Attempt, now: dt.datetime) -> bool:
    """A code of a time to come is of a clock that has been set back: it is dead too."""
    return attempt.seeded_at is not None and abs(now - attempt.seeded_at) <= CODE_LIFE


def _code(attempt: Attempt, pepper: bytes) -> str:
    digest = hmac.new(pepper, f"code:{attempt.key}:{attempt.seed}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06d}"
