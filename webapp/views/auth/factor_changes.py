"""Another factor, passkey or password: the present factor is shown first, other sessions end, the person is told."""

import datetime as dt
import functools
import logging
import uuid
from collections.abc import Callable
from typing import ParamSpec

from flask import redirect, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants import audit, jobs
from tenants.clock import now
from tenants.login import second_factor
from tenants.login.passkeys import has_passkeys
from tenants.login.sessions import Staff, end_sessions
from webapp.edge.audiences import actor, own_work, staff
from webapp.edge.people_here import current_staff, is_fresh_here, send_to_log_in_again

SHOWN_FOR = dt.timedelta(minutes=10)
_Given = ParamSpec("_Given")
_Answer = Response | str | tuple[str, int]
_log = logging.getLogger("famai.account")


def has_factor(work: Session, person_id: uuid.UUID) -> bool:
    return second_factor.has_totp(work, person_id) or has_passkeys(work, person_id)


def note_shown() -> None:
    """The present factor was shown in this session just now."""
    session["shown"] = {"session": str(staff().session_id), "at": now().isoformat()}


def is_shown(held: Staff) -> bool:
    """Whether the present factor was shown in this session within the last minutes."""
    shown = session.get("shown") or {}
    return shown.get("session") == str(held.session_id) and (
        now() - dt.datetime.fromisoformat(shown["at"]) <= SHOWN_FOR
    )


def may_change(work: Session) -> bool:
    """Whether the person who is here may put another factor in place of the present one, or beside it."""
    return is_shown(staff()) or not has_factor(work, staff().person_id)


def shows_factor_first(view: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """A view that changes how somebody comes in; one who is on the way in for the first time passes."""

    @functools.wraps(view)
    def guarded(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        held = current_staff()
        if held is None:
            return view(*args, **kwargs)
        if not is_fresh_here():
            return send_to_log_in_again()
        with own_work() as work:
            is_free = may_change(work)
        return view(*args, **kwargs) if is_free else redirect(url_for("second.show_present"))

    return guarded


def note_change(work: Session, person_id: uuid.UUID, what: str) -> None:
    """In the unit of work of the change. `what`: authenticator, passkey_added, passkey_removed or password."""
    held = current_staff()
    end_sessions(work, person_id=person_id, but=None if held is None else held.session_id, now=now())
    if held is not None and held.firm_id is not None:
        audit.note(work, firm_id=held.firm_id, act="staff.factor", by=actor(), why=what)
    tell_change(work, person_id, what)


def tell_change(work: Session, person_id: uuid.UUID, what: str) -> None:
    """A line in the log of the house, an e-mail to the person."""
    _log.warning("person %s: %s", person_id, what)
    jobs.defer(work, "tell_person", person_id=person_id, template="account_changed", what=what, at=now().isoformat())
