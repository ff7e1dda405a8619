"""Who is here, by Flask-Login: staff and owners (by the rows of their sessions), machines of parties (by their token).

One browser is one person at a time. An id that the cookie holds names its kind first; nobody else reads the cookie.
"""

import hmac
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, fresh_login_required, login_user, logout_user
from flask_login.utils import login_fresh
from werkzeug.wrappers import Response

from cloud.partners.clients import digest_of, find_token
from cloud.partners.models import ApiToken
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login import owner_sessions
from tenants.login.sessions import Staff, find_staff, is_fresh, token_digest
from webapp.edge.devices import device_name

_NONE = "-"
_SEED = "acts"
_View = TypeVar("_View", bound=Callable[..., object])


@dataclass(frozen=True, eq=False)
class StaffHere(UserMixin):
    """A member of staff and the token of the session, which the database keeps as a digest only."""

    staff: Staff
    token: str

    def get_id(self) -> str:
        return f"staff {self.staff.person_id} {self.token}"


@dataclass(frozen=True, eq=False)
class OwnerHere(UserMixin):
    """An owner: where she is at work on which checkup, and whether she came in by phone and so has them all.

    `token` and `session_id` name the session's row, which is there once she has come in.
    """

    person_id: uuid.UUID
    firm_id: uuid.UUID | None = None
    checkup_id: uuid.UUID | None = None
    has_phone: bool = False
    token: str = ""
    session_id: uuid.UUID | None = None

    def get_id(self) -> str:
        at = f"{self.firm_id or _NONE} {self.checkup_id or _NONE}"
        return f"owner {self.person_id} {at} {int(self.has_phone)} {self.token}"


@dataclass(frozen=True, eq=False)
class PartyHere(UserMixin):
    """The machine of a connected party, by the token it was given."""

    token: ApiToken

    def get_id(self) -> str:
        return f"party {self.token.subscriber_id}"


def _load(user_id: str) -> StaffHere | OwnerHere | None:
    """Who holds this id; None once the session behind it has ended."""
    match user_id.split(" "):
        case ["staff", person, token]:
            return _load_staff(person, token)
        case ["owner", person, firm, checkup, phone, token]:
            here = OwnerHere(uuid.UUID(person), _id_in(firm), _id_in(checkup), phone == "1", token)
            return _load_owner(here)
    return None


def _load_staff(_person: str, token: str) -> StaffHere | None:
    with unit_of_work(Scope(Audience.PUBLIC, token=token_digest(token))) as work:
        staff = find_staff(work, token, now())
    if staff is None:
        return None
    if login_fresh() != is_fresh(staff, now()):
        session["_fresh"] = is_fresh(staff, now())
    return StaffHere(staff, token)


def _id_in(part: str) -> uuid.UUID | None:
    return None if part == _NONE else uuid.UUID(part)


def _load_owner(told: OwnerHere) -> OwnerHere | None:
    """What the cookie tells, if the row of its token lives and is hers. The cookie lives as long as the row."""
    held = owner_sessions.find_session(told.token, now())
    if held is None or held.person_id != told.person_id:
        return None
    if held.is_due:
        session.modified = True
        with unit_of_work(_by_token(told)) as work:
            owner_sessions.touch_session(work, told.token, now())
    return replace(told, session_id=held.id)


def _by_token(owner: OwnerHere) -> Scope:
    return Scope(Audience.PUBLIC, token=token_digest(owner.token))


def _load_party(_request: object) -> PartyHere | None:
    """The party whose living token the request bears (RFC 6750)."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        return None
    with unit_of_work(Scope(Audience.CLIENT, token=digest_of(token))) as work:
        row = find_token(work, token, now())
    return None if row is None else PartyHere(row)


def _here() -> object:
    """Whoever Flask-Login holds for this request."""
    return None if g.get("asks_for_nobody") else current_user._get_current_object()


def ask_for_nobody() -> None:
    """For the rest of this request nobody is looked up: the page that says the database is away does not ask it who
    reads."""
    g.asks_for_nobody = True


def current_staff() -> Staff | None:
    """Who is logged in, read from the session's row: one that was ended opens nothing from the next request on."""
    here = _here()
    return here.staff if isinstance(here, StaffHere) else None


def current_owner() -> OwnerHere | None:
    here = _here()
    return here if isinstance(here, OwnerHere) else None


def current_party() -> ApiToken | None:
    here = _here()
    return here.token if isinstance(here, PartyHere) else None


def is_fresh_here() -> bool:
    """Whether whoever is here logged in within the last half hour."""
    return bool(login_fresh())


def fresh(view: _View) -> _View:
    """A view whose act needs a log-in of the last half hour. Stands beneath `audience`."""
    return cast("_View", fresh_login_required(view))


def come_in_as_staff(person_id: uuid.UUID, token: str) -> None:
    """From now on this browser is the member of staff's; whatever it held before is gone."""
    session.clear()
    login_user(_load_staff(str(person_id), token))


def come_in_as_owner(owner: OwnerHere) -> None:
    """From now on this browser is the owner's, by a session's row of its own; the one it held before is gone."""
    _forget_owner()
    with unit_of_work(Scope(Audience.AUTH, person_id=owner.person_id)) as work:
        device = device_name(request.user_agent.string)
        token = owner_sessions.begin_session(work, person_id=owner.person_id, device=device, now=now())
    _hold_owner(replace(owner, token=token))


def _hold_owner(owner: OwnerHere) -> None:
    session.permanent = True
    login_user(owner)


def _forget_owner() -> None:
    """The row of the owner who is here, if one is, opens nothing any more."""
    if (here := current_owner()) is not None:
        with unit_of_work(_by_token(here)) as work:
            owner_sessions.forget_session(work, here.token)


def own_act(told: str) -> uuid.UUID | None:
    """An id for what this browser does by `told`: the same again is the same, and nobody else's browser gets to it.

    None before `remember_browser`.
    """
    seed = session.get(_SEED)
    if seed is None:
        return None
    return uuid.UUID(bytes=hmac.digest(seed.encode(), told.encode(), "sha256")[:16], version=4)


def remember_browser() -> None:
    """What `own_act` tells this browser by, for as long as its session."""
    session.setdefault(_SEED, secrets.token_hex(16))


def go_to_checkup(firm_id: uuid.UUID | None, checkup_id: uuid.UUID | None) -> None:
    """The owner who is here turns to another checkup of hers, or to none."""
    _hold_owner(replace(cast(OwnerHere, current_owner()), firm_id=firm_id, checkup_id=checkup_id))


def go_out() -> None:
    """From now on nobody is here; an owner's session ends, one of staff is ended by whoever says so."""
    _forget_owner()
    logout_user()
    session.clear()


def comes_as(kind: str) -> bool:
    """Whether the browser says so; the database is not asked, so that an error page can be shown without it."""
    return str(session.get("_user_id", "")).startswith(f"{kind} ")


def visitor() -> str:
    """Whom a rate limit counts: the person, because a mobile carrier puts thousands behind one address."""
    held = str(session.get("_user_id", "")).split(" ")
    return held[1] if len(held) > 1 else address()


def address() -> str:
    """Where the visitor comes from, as named proxies say it."""
    return request.remote_addr or "127.0.0.1"


def _page_asked() -> str:
    """Where to go after the log-in: the page asked for, or the one whose form was sent too late."""
    if request.method == "GET":
        return request.path
    return urlsplit(request.referrer or "").path or "/"


def _is_navigation() -> bool:
    """Whether somebody goes to the page asked for; a browser that does not say so is believed."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _send_to(door: str) -> Response:
    """To a page where one comes in. What a page asks for by itself (a picture, a script's own request) is only refused:
    a log-in drawn behind her back would begin a session of its own, and the form that she is filling in would be of
    none."""
    return redirect(door) if _is_navigation() else Response(status=401)


def send_to_log_in() -> Response:
    if current_user.is_anonymous and _is_navigation():
        logout_user()
    return _send_to(url_for("auth.login", next=_page_asked()))


def send_to_phone() -> Response:
    """To come in by phone; what waits for her is told there."""
    return _send_to(url_for("me.phone"))


def send_to_log_in_again() -> Response:
    return _send_to(url_for("auth.login", next=_page_asked(), again=1))


def init_app(app: Flask) -> None:
    # Freshness is the age of the session's row; an address that changes on the way says nothing about a person.
    app.config.update(SESSION_PROTECTION=None)
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(_load)
    manager.request_loader(_load_party)
    manager.unauthorized_handler(send_to_log_in)
    manager.needs_refresh_handler(send_to_log_in_again)
    app.jinja_env.globals.update(current_staff=current_staff, comes_as=comes_as)
