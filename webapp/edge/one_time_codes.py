"""Doors that ask for a code: a code by text message, and any other code whose wrong tries are counted."""

from collections.abc import Callable

from tenants.clock import now
from tenants.login import throttle
from tenants.login.models import Attempt
from tenants.login.throttle import Locked, WrongCode
from tenants.translation.message_texts import render_message
from webapp.edge.audiences import public_work
from webapp.edge.i18n import locale
from webapp.outside.sms import send_text
from webapp.settings import Settings


def send_code(settings: Settings, door: str, phone: str, template: str) -> None:
    """Send the six digits in the reader's language; within their life they are the same.

    Raises: Locked, TooManySends, NotSent.
    """
    key = throttle.attempt_key(settings.pepper, door, phone)
    with public_work(token=key) as work:
        code = throttle.send_code(throttle.get_attempt(work, key, now()), settings.pepper, now())
    send_text(settings, phone, render_message(template, locale(), {"code": code}).subject)


def check_code(settings: Settings, door: str, phone: str, code: str) -> None:
    """Raises: WrongCode, Locked."""
    guard(settings, door, phone, lambda tried: throttle.is_right_code(tried, code, settings.pepper, now()))


def guard(settings: Settings, door: str, name: str, is_right: Callable[[Attempt], bool]) -> None:
    """Let the right one in and count the wrong ones; they are kept, so the unit of work ends well.

    Raises: WrongCode, Locked.
    """
    key = throttle.attempt_key(settings.pepper, door, name)
    with public_work(token=key) as work:
        tried = throttle.get_attempt(work, key, now())
        if throttle.is_locked(tried, now()):
            raise Locked
        is_let_in = is_right(tried)
        if is_let_in:
            throttle.clear(tried)
        else:
            throttle.count_wrong(tried, now())
    if not is_let_in:
        raise WrongCode
