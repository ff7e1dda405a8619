"""A city that takes nothing in for a while, by FAMAI_MODE: `read-only` while it is copied, `closed` while changed."""

from collections.abc import Callable

from flask import Flask, request

from webapp.settings import Settings

WAIT = 300  # seconds after which a visitor or a machine may try again
READS = ("GET", "HEAD", "OPTIONS")
# Who watches must see that it lives; how a page looks is kept in the browser alone.
ALWAYS = {"static", "public.healthz", "watch.ready", "watch.metrics", "public.language", "look.show", "look.save"}


class Resting(Exception):
    """The city takes nothing in now."""


def init_app(app: Flask, settings: Settings) -> None:
    """Register first: whoever is turned away is not counted, and nothing is read for her."""
    if settings.mode != "open":
        app.before_request(_turned_away(is_closed=settings.mode == "closed"))


def _turned_away(*, is_closed: bool) -> Callable[[], None]:
    def turn_away() -> None:
        if request.endpoint not in ALWAYS and (is_closed or request.method not in READS):
            raise Resting

    return turn_away
