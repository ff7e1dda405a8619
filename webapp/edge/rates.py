"""Rate limits: doors are counted for all processes and machines together, ordinary pages in each process alone.

A hall on one Wi-Fi, or a carrier behind one address, comes from one address: so an address may knock often, and what
guesses are aimed at (a phone, an e-mail, a code) is counted by itself (`tenants.login.throttle`).
"""

import ipaddress
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar, cast

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import Storage
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login import rates
from webapp.edge.people_here import visitor
from webapp.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask.typing import RouteCallable

_SHARED = "famai-postgres://"
_View = TypeVar("_View", bound=Callable[..., object])


def door(view: _View) -> _View:
    """A view that strangers knock at: the posts of each address are counted. Stands beneath `audience`."""
    vars(view).update(is_door=True)
    return view


class PostgresStorage(Storage):
    """The store of `limits` over the house's own database."""

    STORAGE_SCHEME = ["famai-postgres"]

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        return rates.count_up(key, seconds=expiry, amount=amount)

    def get(self, key: str) -> int:
        found = rates.find_count(key)
        return found.count if found else 0

    def get_expiry(self, key: str) -> float:
        found = rates.find_count(key)
        return (found.ends_at if found else now()).timestamp()

    def check(self) -> bool:
        try:
            rates.find_count("")
        except SQLAlchemyError:
            return False
        return True

    def reset(self) -> int:
        with unit_of_work(Scope(Audience.WORKER)) as work:
            return rates.forget_counts(work, running_too=True)

    def clear(self, key: str) -> None:
        rates.end_count(key)


class TrustedProxies:
    """Believe `X-Forwarded-For` and `-Proto` of these proxies and of nobody else."""

    def __init__(self, wsgi: "WSGIApplication", networks: Iterable[str]) -> None:
        self._plain = wsgi
        self._forwarded = ProxyFix(wsgi, x_for=1, x_proto=1)
        self._networks = [ipaddress.ip_network(one, strict=False) for one in networks]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        chosen = self._forwarded if self._is_trusted(str(environ.get("REMOTE_ADDR", ""))) else self._plain
        return chosen(environ, start_response)

    def _is_trusted(self, address: str) -> bool:
        try:
            asking = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(asking in network for network in self._networks)


def init_app(app: Flask, settings: Settings) -> Limiter:
    """Call before the blueprints are registered, `limit_doors` after. Returns the limiter of ordinary pages."""
    if settings.trusted_proxies:
        proxied = TrustedProxies(app.wsgi_app, settings.trusted_proxies)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's own way to stand before the application
    pages = settings.limits_url or "memory://"
    return Limiter(visitor, app=app, default_limits=[settings.rate_limit], storage_uri=pages)


def limit_doors(app: Flask, settings: Settings) -> None:
    """Count the posts at the doors that strangers knock at."""
    limiter = Limiter(
        get_remote_address, app=app, storage_uri=settings.limits_url or _SHARED, key_prefix="door", default_limits=[]
    )
    for name, view in app.view_functions.items():
        if getattr(view, "is_door", False):
            app.view_functions[name] = cast("RouteCallable", limiter.limit(settings.door_limit, methods=["POST"])(view))
