"""Every route declares its audience; its unit of work then runs in that audience's database role."""

import datetime as dt
import functools
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar
from urllib.parse import urlsplit

from flask import abort, redirect, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work

STAFF_IDLE = dt.timedelta(hours=4)
_TOUCH_EVERY = dt.timedelta(minutes=1)
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
    if who is Audience.FIRM and not _is_staff_awake():
        session.pop("staff", None)
        return redirect(url_for("auth.login", next=_page_asked()))
    return None


def _is_staff_awake() -> bool:
    """Whether staff are logged in and not idle for too long; a visit starts the idle time anew."""
    held, moment = session.get("staff"), now()
    if held is None or moment - dt.datetime.fromisoformat(held["seen"]) > STAFF_IDLE:
        return False
    if moment - dt.datetime.fromisoformat(held["seen"]) > _TOUCH_EVERY:
        session["staff"] = {**held, "seen": moment.isoformat()}
    return True


def _page_asked() -> str:
    """Where to go after the log-in: the page asked for, or the one whose form was sent too late."""
    if request.method == "GET":
        return request.path
    return urlsplit(request.referrer or "").path or "/"


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
