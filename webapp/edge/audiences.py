"""Every route declares its audience; its unit of work then runs in that audience's database role."""

import functools
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, TypeVar, cast

from flask import Blueprint, abort, request
from sqlalchemy import Uuid, func, select
from sqlalchemy import cast as cast_as
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.cases.models import Checkup
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, read_row, unit_of_work
from tenants.login.sessions import IDLE, Staff
from tenants.typed.numbers import whole_number
from webapp.edge.partner_clients import refuse_client
from webapp.edge.people_here import OwnerHere, current_owner, current_staff, send_to_log_in, send_to_phone

STAFF_IDLE = IDLE
FIRST_YEAR = 2019
_ASKED = select(Checkup.firm_id).where(Checkup.id == cast_as(func.app_token(), Uuid))
_FIRM_OF = str(_ASKED.compile(dialect=postgresql.dialect())).encode()  # type: ignore[no-untyped-call]  # SQLAlchemy bears no type here
View = TypeVar("View", bound=Callable[..., object])


def audience(who: Audience, may: str | None = None) -> Callable[[View], View]:
    """Gate a view: owners without a checkup see 404, staff without a log-in are sent to log in, delegates (owners of
    nothing, perhaps) to show their phone.

    `may` names the permission that staff need as well (`tenants.access.matrix.PERMISSIONS`); without it they see 403.
    A connected party's machine needs a token; `may` names its scope. An act that needs a log-in of the last half hour
    has `people_here.fresh` beneath.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def gated(*args: object, **kwargs: object) -> object:
            refusal = _refusal(who, may)
            return view(*args, **kwargs) if refusal is None else refusal

        vars(gated).update(audience=who, permission=may)
        return cast("View", gated)

    return decorate


class Desk:
    """Views that several audiences share: each is said once, and opened for each of them at an address of its own."""

    def __init__(self, *whose: Audience) -> None:
        self._whose = whose
        self._views: list[tuple[str, str, Callable[..., Any], tuple[Audience, ...]]] = []

    def at(self, rule: str, method: str = "GET", whose: tuple[Audience, ...] = ()) -> Callable[[View], View]:
        """Keep a view. `whose`: of these alone."""

        def keep(view: View) -> View:
            self._views.append((rule, method, view, whose or self._whose))
            return view

        return keep

    def open(self, blueprint: Blueprint, who: Audience, may: str) -> None:
        """Every page of the desk that is for this audience, gated for it."""
        for rule, method, view, whose in self._views:
            if who in whose:
                gated = audience(who, may=may)(functools.wraps(view)(functools.partial(view)))
                blueprint.add_url_rule(rule, view.__name__, gated, methods=[method])


def _refusal(who: Audience, may: str | None) -> Response | None:
    if who is Audience.OWNER and current_owner() is None:
        abort(404)
    if who is Audience.DELEGATE:
        return None if current_owner() is not None and owner().has_phone else send_to_phone()
    if who is Audience.CLIENT:
        return refuse_client(may)
    if who.is_staff:
        staff = current_staff()
        if staff is None:
            return send_to_log_in()
        if place_of(staff) is not who:
            abort(404)
        if may is not None and may not in staff.permissions:
            abort(403)
    return None


def place_of(staff: Staff) -> Audience:
    """The audience that a member of staff works in: a firm, a body of some kind, a bureau, or the platform."""
    if staff.firm_id is not None:
        return Audience.FIRM
    if staff.provider_id is not None:
        return Audience.PROVIDER
    if staff.station_id is not None:
        return Audience.HELPER
    if staff.partner_id is not None:
        return Audience.PARTNER
    return Audience.BUREAU if staff.bureau_id is not None else Audience.OPERATOR


def staff() -> Staff:
    """Who is logged in, in a view that only staff reach."""
    return current_staff() or abort(404)


def actor() -> Actor:
    """The one who acts, as the audit log names her."""
    return Actor(staff().person_id, staff().name)


def owner() -> OwnerHere:
    """The owner who is here, in a view that only owners reach."""
    return current_owner() or abort(404)


def owner_scope() -> Scope:
    """The owner at the firm of the checkup that the address names: two tabs may show two of hers, at two firms."""
    here = owner()
    asked: uuid.UUID | None = (request.view_args or {}).get("checkup_id")
    firm_id = here.firm_id if asked is None or asked == here.checkup_id else _firm_of(here.person_id, asked)
    return Scope(Audience.OWNER, firm_id, here.person_id)


def _firm_of(person_id: uuid.UUID, checkup_id: uuid.UUID) -> uuid.UUID | None:
    """Where her checkup is, in one round trip."""
    row = read_row(Scope(Audience.SELF, person_id=person_id, token=str(checkup_id)), _FIRM_OF)
    return None if row is None else row[0]


def staff_scope() -> Scope:
    """The scope of the place where the member of staff is at work."""
    held = staff()
    at = Scope(place_of(held), held.firm_id, held.person_id, held.bureau_id)
    return replace(at, provider_id=held.provider_id, partner_id=held.partner_id, station_id=held.station_id)


def delegate_work() -> AbstractContextManager[Session]:
    """Whoever came in by phone, at every owner who has asked her."""
    return unit_of_work(Scope(Audience.DELEGATE, person_id=owner().person_id))


def public_work(token: str | None = None, firm_id: uuid.UUID | None = None) -> AbstractContextManager[Session]:
    return unit_of_work(Scope(Audience.PUBLIC, firm_id=firm_id, token=token))


def owner_work() -> AbstractContextManager[Session]:
    return unit_of_work(owner_scope())


def staff_work() -> AbstractContextManager[Session]:
    return unit_of_work(staff_scope())


def auth_work(person_id: uuid.UUID, firm_id: uuid.UUID | None = None) -> AbstractContextManager[Session]:
    """For what belongs to a member of staff alone, while she comes in."""
    return unit_of_work(Scope(Audience.AUTH, firm_id, person_id))


def own_scope() -> Scope:
    """For what belongs to the member of staff who is here alone: sessions, password, factors, settings of her own."""
    return Scope(Audience.AUTH, staff().firm_id, staff().person_id)


def own_work() -> AbstractContextManager[Session]:
    return unit_of_work(own_scope())


def bureau_id() -> uuid.UUID:
    """The bureau at which the officer is at work."""
    return staff().bureau_id or abort(404)


def provider_id() -> uuid.UUID:
    """The provider at which the officer is at work."""
    return staff().provider_id or abort(404)


def station_id() -> uuid.UUID:
    """The station at which the helper is at work."""
    return staff().station_id or abort(404)


def partner_id() -> uuid.UUID:
    """The partner at which the officer is at work."""
    return staff().partner_id or abort(404)


def firm_id() -> uuid.UUID:
    """The firm at which the member of staff is at work."""
    return staff().firm_id or abort(404)


def year_asked() -> int:
    """The year in the address or the form; the running one where that is none with hours."""
    running = city_day(now()).year
    return whole_number(request.values.get("year", ""), least=FIRST_YEAR, most=running) or running
