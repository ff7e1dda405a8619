"""Which kiosk this device is, and who is there.

The device's cookie is all that it keeps; what a visitor does is done in her scope, by the visit that runs. No page of
the kiosk makes the browser an owner's: pages of owners stay shut.
"""

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar, cast

from flask import redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants.base import RECEPTION_ID
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import NotFound
from tenants.login.sessions import token_digest
from tenants.stations import kiosk_rules as rules
from tenants.stations.kiosks import Device, find_device
from tenants.stations.visits import Visit, end_visit, find_visit
from webapp.edge.i18n import COOKIE as LANGUAGE
from webapp.edge.installation import installation

View = TypeVar("View", bound=Callable[..., object])
_COOKIE, _DAYS, _A_LITTLE = "kiosk", 400, 5


@dataclass(frozen=True)
class Here:
    """The kiosk, and the visit that runs there if one does."""

    device: Device
    visit: Visit | None


def kiosk_page(template: str, **values: object) -> str:
    """A page of the kiosk, with what it knows of time in seconds; without a script it goes after the server's end."""
    return render_template(
        template,
        idle=int(rules.IDLE.total_seconds()) + _A_LITTLE,
        asks_after=int(rules.ASKS_AFTER.total_seconds()),
        ends_after=int(rules.ENDS_AFTER.total_seconds()),
        **values,
    )


def pin(response: Response, token: str) -> Response:
    """This device is the kiosk from now on."""
    is_safe = not installation().is_development
    response.set_cookie(_COOKIE, token, _DAYS * 86_400, httponly=True, secure=is_safe, samesite="Lax")
    return response


def device_scope() -> Scope:
    """What this device holds."""
    return Scope(Audience.PUBLIC, token=token_digest(request.cookies.get(_COOKIE, "")))


def device_work() -> AbstractContextManager[Session]:
    return unit_of_work(device_scope())


def find_here(*, touches: bool = True) -> Here | None:
    """None where this device is no kiosk. `touches`: somebody is there, as this request shows."""
    scope = device_scope()
    with unit_of_work(scope) as work:
        device = find_device(work, str(scope.token))
        if device is None:
            return None
        return Here(device, find_visit(work, device.kiosk.id, now(), touches=touches))


def leaving(view: View) -> View:
    """A view of a visit that runs, wherever it is on its way out. Stands beneath `audience`; the view is told where."""

    @functools.wraps(view)
    def gated(*args: object, **kwargs: object) -> object:
        here = find_here()
        if here is None or here.visit is None:
            return redirect(url_for("kiosk.start"))
        try:
            return view(here.device, here.visit, *args, **kwargs)
        except NotFound:
            return redirect(url_for("kiosk.start"))

    return cast("View", gated)


def visiting(view: View) -> View:
    """The same, while the kiosk serves: where it was switched off meanwhile she is shown how to take along what she
    has said."""

    @functools.wraps(view)
    def gated(device: Device, visit: Visit, *args: object, **kwargs: object) -> object:
        return view(visit, *args, **kwargs) if device.serves else redirect(url_for("kiosk_leaving.show"))

    return leaving(cast("View", gated))


def visitor_work(visit: Visit) -> AbstractContextManager[Session]:
    """A unit of work in the visitor's own scope."""
    return unit_of_work(Scope(Audience.OWNER, RECEPTION_ID, visit.person_id))


def wipe(device: Device) -> Response:
    """Nobody is there any more, nothing of her is in this browser, and the next one reads what the city reads."""
    with device_work() as work:
        end_visit(work, device.kiosk.id)
    session.clear()
    response = redirect(url_for("kiosk.start"))
    response.delete_cookie(LANGUAGE)
    return response
