"""Rate limits: doors are counted for all processes and machines together, ordinary pages in each process alone.

A hall on one Wi-Fi, or a carrier behind one address, comes from one address: so an address may knock often, and what
guesses are aimed at (a phone, an e-mail, a code) is counted by itself (`tenants.login.throttle`).
"""

import functools
import ipaddress
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar, cast

from flask import Flask, request
from limits import RateLimitItem, parse_many
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login import rates
from webapp.edge.people_here import address, visitor
from webapp.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask.typing import RouteCallable

_SHARED, _HERE = "famai-postgres://", "famai-process://"
_UNCOUNTED = ("webhooks",)  # Stripe signs instead
_MANY = 10_000  # windows, after which those that are over are looked for
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


class ProcessStorage(Storage):
    """Counts of this process alone, for every request: a dict and a lock, and no thread that cleans up behind it."""

    STORAGE_SCHEME = ["famai-process"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._windows, self._lock, self._most = dict[str, tuple[int, float]](), threading.Lock(), _MANY

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        with self._lock:
            at = time.monotonic()
            count, ends_at = self._windows.get(key, (0, 0.0))
            if ends_at <= at:
                count, ends_at = 0, at + expiry
                self._sweep(at)
            self._windows[key] = count + amount, ends_at
            return count + amount

    def _sweep(self, at: float) -> None:
        if len(self._windows) >= self._most:
            self._windows = {key: one for key, one in self._windows.items() if one[1] > at}
            self._most = max(_MANY, 2 * len(self._windows))

    def get(self, key: str) -> int:
        count, ends_at = self._windows.get(key, (0, 0.0))
        return count if ends_at > time.monotonic() else 0

    def get_expiry(self, key: str) -> float:
        left = self._windows.get(key, (0, 0.0))[1] - time.monotonic()
        return now().timestamp() + max(0.0, left)

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self._lock:
            gone, self._windows = len(self._windows), {}
        return gone

    def clear(self, key: str) -> None:
        with self._lock:
            self._windows.pop(key, None)


class _Limit:
    """So many in a window, counted by the name of the view and by whom."""

    def __init__(self, store: str, told: str) -> None:
        self._windows, self._items = FixedWindowRateLimiter(storage_from_string(store)), parse_many(told)

    def count(self, kind: str, whom: str) -> None:
        """Raises: TooManyRequests, with the seconds of the window."""
        for item in self._items:
            if not self._windows.hit(item, kind, request.endpoint or "", whom):
                raise TooManyRequests(retry_after=_seconds(item))


def _seconds(item: RateLimitItem) -> int:
    return int(item.get_expiry())


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


def init_app(app: Flask, settings: Settings) -> None:
    """Call before the blueprints are registered, `limit_doors` after."""
    if settings.trusted_proxies:
        proxied = TrustedProxies(app.wsgi_app, settings.trusted_proxies)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's own way to stand before the application
    pages = _Limit(settings.limits_url or _HERE, settings.rate_limit)

    @app.before_request
    def count_page() -> None:
        if request.endpoint not in (None, "static") and request.blueprint not in _UNCOUNTED:
            pages.count("page", visitor())


def limit_doors(app: Flask, settings: Settings) -> None:
    """Count the posts at the doors that strangers knock at."""
    posts = _Limit(settings.limits_url or _SHARED, settings.door_limit)
    for name, view in app.view_functions.items():
        if getattr(view, "is_door", False):
            app.view_functions[name] = _counted(view, posts)


def _counted(view: "RouteCallable", posts: _Limit) -> "RouteCallable":
    @functools.wraps(view)
    def knocked(*args: object, **kwargs: object) -> object:
        if request.method == "POST":
            posts.count("door", address())
        return view(*args, **kwargs)

    return cast("RouteCallable", knocked)
