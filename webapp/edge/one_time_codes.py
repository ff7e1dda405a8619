"""Doors that ask for a code: a code by text message, and any other code whose wrong tries are counted."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from flask import request
from sqlalchemy.orm import Session

from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.errors import Conflict
from tenants.login import throttle
from tenants.login.models import Attempt
from tenants.login.throttle import Locked, WrongCode
from tenants.people import start_guest
from tenants.phones import find_by_phone, keep_phone
from tenants.translation.message_texts import render_message
from webapp.edge.audiences import owner_work, public_work
from webapp.edge.devices import counted_as
from webapp.edge.i18n import locale
from webapp.edge.observed import note_knock
from webapp.edge.people_here import OwnerHere, come_in_as_owner, current_owner
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


def come_in_by_phone(digest: str) -> uuid.UUID:
    """Whoever has shown this phone is here from now on; the owner who is here without one keeps it from now on.

    Raises: Conflict `phone_taken`; WrongCode when nobody has this phone and nobody is here to keep it.
    """
    held_by, here = _holder(digest), current_owner()
    if here is None and held_by is None:
        raise WrongCode
    if here is not None:
        with owner_work() as work:
            keep_phone(work, person_id=here.person_id, digest=digest, held_by=held_by)
    return _come_in(here or OwnerHere(cast(uuid.UUID, held_by)))


def come_in_as_asked(digest: str) -> uuid.UUID:
    """The same for somebody who was asked at this phone, and may be new here; nobody else who is here is changed.

    Raises: Conflict `somebody_here`.
    """
    held_by, here = _holder(digest), current_owner()
    if here is not None and here.person_id != held_by:
        raise Conflict("somebody_here")
    return _come_in(here or OwnerHere(held_by or _new_person(digest)))


def _holder(digest: str) -> uuid.UUID | None:
    with public_work(token=digest) as work:
        return find_by_phone(work, digest)


def _come_in(person: OwnerHere) -> uuid.UUID:
    come_in_as_owner(replace(person, has_phone=True))
    return person.person_id


def _new_person(digest: str) -> uuid.UUID:
    with public_work(token=digest) as work:
        person = start_guest(work, now())
        enter_scope(work, Scope(Audience.OWNER, person_id=person.id))
        keep_phone(work, person_id=person.id, digest=digest, held_by=None)
        return person.id
