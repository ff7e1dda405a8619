"""What an incident means for each request: a word above every page, and nothing taken in where it is read-only.

Asked of the database every few seconds per process; while it is away, what was known last holds.
"""

import time
from contextlib import suppress
from dataclasses import dataclass

import psycopg
from flask import Flask, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from tenants.running.incidents import read_standing
from webapp.operating.modes import ALWAYS, READS, Resting

_SECONDS = 5.0
# Whoever ends it must come in, and what must not wait can still be looked at by two (break-glass).
_OPEN = ("/auth/", "/operator/", "/lawyer/emergency")


@dataclass
class _Known:
    at: float = -_SECONDS
    standing: tuple[str, str, bool] | None = None


def init_app(app: Flask) -> None:
    app.extensions["famai.incident"] = _Known()
    app.before_request(_look)
    app.jinja_env.globals["incident_banner"] = incident_banner


def look_anew() -> None:
    """This process has changed it: the next request asks again."""
    current_app.extensions["famai.incident"].at = -_SECONDS


def incident_banner(*, in_english: bool) -> str:
    """What stands above every page now; nothing on most days."""
    standing: tuple[str, str, bool] | None = g.get("incident")
    if standing is None:
        return ""
    banner, banner_en, _ = standing
    return banner_en if in_english else banner


def _look() -> None:
    if request.endpoint in ALWAYS:
        return
    known: _Known = current_app.extensions["famai.incident"]
    if time.monotonic() - known.at >= _SECONDS:
        known.at = time.monotonic()
        with suppress(SQLAlchemyError, psycopg.Error):  # the page itself will say so
            known.standing = read_standing()
    g.incident = known.standing
    if known.standing and known.standing[2] and request.method not in READS and not request.path.startswith(_OPEN):
        raise Resting
