"""Doors that ask for a code: a code by text message, and any other code whose wrong tries are counted."""

from collections.abc import Callable

from tenants import attempts
from tenants.attempts import Locked, WrongCode
from tenants.clock import now
from tenants.identity import Attempt
from webapp.audiences import public_work
from webapp.settings import Settings
from webapp.texting import send_text


def send_code(settings: Settings, door: str, phone: str, text: str) -> None:
    """Send the six digits (`{code}` in the text); within their life they are the same. Raises: Locked, TooManySends,
    NotSent."""
    key = attempts.attempt_key(settings.pepper, door, phone)
    with public_work(token=key) as work:
        code = attempts.send_code(attempts.find_attempt(work, key, now()), settings.pepper, now())
    send_text(settings, phone, text.format(code=code))


def check_code(settings: Settings, door: str, phone: str, code: str) -> None:
    """Raises: WrongCode, Locked."""
    guard(settings, door, phone, lambda tried: attempts.is_right_code(tried, code, settings.pepper, now()))


def guard(settings: Settings, door: str, name: str, is_right: Callable[[Attempt], bool]) -> None:
    """Let the right one in and count the wrong ones; they are kept, so the unit of work ends well.

    Raises: WrongCode, Locked.
    """
    key = attempts.attempt_key(settings.pepper, door, name)
    with public_work(token=key) as work:
        tried = attempts.find_attempt(work, key, now())
        if attempts.is_locked(tried, now()):
            raise Locked
        is_let_in = is_right(tried)
        if is_let_in:
            attempts.clear(tried)
        else:
            attempts.count_wrong(tried, now())
    if not is_let_in:
        raise WrongCode
