"""How a process speaks: a line of JSON each in production, plain words while developing; errors to Sentry if asked."""

import logging

import sentry_sdk
from pythonjsonlogger.json import JsonFormatter

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
        sentry_sdk.init(
            dsn=settings.sentry_dsn,
            send_default_pii=False,
            max_request_body_size="never",
            include_local_variables=False,
            environment=settings.environment,
        )
