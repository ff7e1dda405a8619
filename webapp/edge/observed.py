"""What an operator sees of a request: one line of log, two metrics, a request id. Never content, never a name."""

import logging
import re
import time
import uuid
from contextlib import suppress

from flask import Flask, Response, g, request
from prometheus_client import Counter, Histogram
from sqlalchemy import event

from tenants.database import list_engines
from webapp.settings import Settings

REQUESTS = Counter("famai_requests_total", "Requests answered", ["route", "method", "status"])
SECONDS = Histogram(
    "famai_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
QUERIES = Counter("famai_queries_total", "Statements sent to the database")
KNOCKS = Counter("famai_knocks_total", "Passwords and codes that were tried at a door", ["door", "outcome"])
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
_QUIET = {"static", "public.healthz", "watch.ready", "watch.metrics"}
_log, _doors = logging.getLogger("famai.access"), logging.getLogger("famai.doors")


def init_app(app: Flask, settings: Settings) -> None:
    """Register last, so that the time of everything else is in it."""
    app.before_request(_begin)
    app.after_request(_end)
    for engine in list_engines():
        event.listen(engine, "before_cursor_execute", lambda *_: QUERIES.inc())


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    if "request_id" not in g:
        return response
    route, took = request.endpoint or "none", time.perf_counter() - g.began
    response.headers["X-Request-Id"] = g.request_id
    with suppress(OSError):  # a disk that is full for counts is no fault of the visitor's
        REQUESTS.labels(route, request.method, response.status_code).inc()
        SECONDS.labels(route).observe(took)
    if route not in _QUIET or response.status_code >= 500:
        _log.info("request", extra=_line(route, response.status_code, took))
    return response


def note_knock(door: str, outcome: str, who: str = "") -> None:
    """Somebody tried to come in: `in`, `wrong` or `locked`; an owner `linked` another account to hers or `unlinked` it.
    `who`: a keyed digest, by which tries for one name are told apart and nobody is told."""
    with suppress(OSError):
        KNOCKS.labels(door, outcome).inc()
    _doors.info("knock", extra={"request_id": g.get("request_id", ""), "door": door, "outcome": outcome, "who": who})


def _line(route: str, status: int, seconds: float) -> dict[str, object]:
    staff = getattr(g.get("_login_user"), "staff", None)  # who was asked for anyway, nobody anew
    return {
        "request_id": g.request_id,
        "tenant": str(staff.firm_id or staff.bureau_id or "") if staff else "",
        "route": route,
        "method": request.method,
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
