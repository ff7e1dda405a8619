"""How a process speaks: a line of JSON each in production, plain words while developing; errors to Sentry if asked."""

import logging

import sentry_sdk
from pythonjsonlogger.json import JsonFormatter
from sentry_sdk.types import Event, Hint

from webapp.settings import Settings

_FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s"


def configure_logs(settings: Settings) -> None:
    """Once per process, before anything is logged."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        logging.Formatter(_FIELDS) if settings.is_development else JsonFormatter(_FIELDS, json_ensure_ascii=False)
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING if settings.is_development else logging.INFO)
    for chatty in ("procrastinate", "fontTools", "weasyprint", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    if settings.sentry_dsn:
        report_errors(settings)


def report_errors(settings: Settings) -> None:
    """Faults of ours go to Sentry, without anything that people wrote."""
    sentry_sdk.init(
        dsn=settings.sentry_dsn,
        send_default_pii=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        include_local_variables=False,
        before_send=_without_content,
        environment=settings.environment,
    )


def _without_content(event: Event, _hint: Hint) -> Event:
    """What failed, where in the code and on which route. Words of an exception may hold a row that a database showed,
    an address what somebody searched for, the command line a password: none of these leaves."""
    for one in event.get("exception", {}).get("values", ()):
        one["value"] = ""
    for name in ("request", "extra", "breadcrumbs", "user"):
        event.pop(name, None)  # type: ignore[misc]  # each of them is optional
    if "logentry" in event:
        event["logentry"] = {"message": event["logentry"].get("message", "")}
    return event
