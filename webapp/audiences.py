"""Every route declares its audience; its unit of work then runs in that audience's database role."""

import functools
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from flask import abort, redirect, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants.database import Audience, Scope, unit_of_work

View = TypeVar("View", bound=Callable[..., object])


def audience(who: Audience) -> Callable[[View], View]:
    """Gate a view: owners without a checkup see 404, staff without a log-in are sent to log in."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def gated(*args: object, **kwargs: object) -> object:
            refusal = _refusal(who)
            return view(*args, **kwargs) if refusal is None else refusal

        gated.audience = who  # type: ignore[attr-defined]
        return gated  # type: ignore[return-value]

    return decorate


def _refusal(who: Audience) -> Response | None:
    if who is Audience.OWNER and "owner" not in session:
        abort(404)
    if who is Audience.FIRM and "staff" not in session:
        return redirect(url_for("auth.login", next=request.path))
    return None


def owner_scope() -> Scope:
    held = session["owner"]
    return Scope(Audience.OWNER, uuid.UUID(held["firm"]), uuid.UUID(held["person"]))


def staff_scope() -> Scope:
    held = session["staff"]
    return Scope(Audience.FIRM, uuid.UUID(held["firm"]), uuid.UUID(held["person"]))


def public_work(token: str | None = None, firm_id: uuid.UUID | None = None) -> AbstractContextManager[Session]:
    return unit_of_work(Scope(Audience.PUBLIC, firm_id=firm_id, token=token))


def owner_work() -> AbstractContextManager[Session]:
    return unit_of_work(owner_scope())


def staff_work() -> AbstractContextManager[Session]:
    return unit_of_work(staff_scope())
