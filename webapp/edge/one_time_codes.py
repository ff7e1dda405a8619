"""Doors that ask for a code: a code by text message, and any other code whose wrong tries are counted."""

from collections.abc import Callable
from typing import TypeVar

from flask import request
from sqlalchemy.orm import Session

from tenants.clock import now
from tenants.database import Scope, unit_of_work
from tenants.login import throttle
from tenants.login.models import Attempt
from tenants.login.throttle import Locked, WrongCode
from tenants.translation.message_texts import render_message
from webapp.edge.audiences import public_work
from webapp.edge.devices import counted_as
from webapp.edge.i18n import locale
from webapp.edge.observed import note_knock
from webapp.outside.sms import send_text
from webapp.outside.text_caps import count_text
from webapp.settings import Settings

_Found = TypeVar("_Found")
_TOLD_APART = 16  # digits of a door's digest


def send_code(settings: Settings, door: str, phone: str, template: str) -> None:
    """Send the six digits in the reader's language; within their life they are the same.

    Raises: Locked, TooManySends, NotSent.
    """
    key = throttle.attempt_key(settings.pepper, door, counted_as(phone))
    with public_work(token=key) as work:
        code = throttle.send_code(throttle.get_attempt(work, key, now()), settings.pepper, now())
    count_text(settings, phone, address=request.remote_addr or "")
    text = render_message(template, locale(), {"code": code}).subject
    send_text(settings, phone, text, template=template, values={"code": code})


def check_code(settings: Settings, door: str, phone: str, code: str) -> None:
    """Raises: WrongCode, Locked."""
    guard(
        settings, door, counted_as(phone), lambda _, tried: throttle.is_right_code(tried, code, settings.pepper, now())
    )


def guard(
    settings: Settings,
    door: str,
    name: str,
    find: Callable[[Session, Attempt], _Found | None],
    *,
    scope: Scope | None = None,
) -> _Found:
    """What `find` lets in. Wrong tries are counted and the count is kept, while others who try wait for it.

    `scope`: where it is sought, in a unit of work of its own.

    Raises: WrongCode when nothing (or False) is found, Locked.
    """
    key = throttle.attempt_key(settings.pepper, door, name)
    with public_work(token=key) as work:
        tried = throttle.get_attempt(work, key, now())
        if throttle.is_locked(tried, now()):
            note_knock(door, "locked", key[:_TOLD_APART])
            raise Locked
        found = find(work, tried) if scope is None else _found_in(scope, tried, find)
        if found:
            throttle.clear(tried)
        else:
            throttle.count_wrong(tried, now())
    note_knock(door, "in" if found else "wrong", key[:_TOLD_APART])
    if not found:
        raise WrongCode
    return found


def _found_in(scope: Scope, tried: Attempt, find: Callable[[Session, Attempt], _Found | None]) -> _Found | None:
    with unit_of_work(scope) as work:
        return find(work, tried)
