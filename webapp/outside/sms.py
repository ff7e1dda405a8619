"""The door to text messages: a gateway by HTTP in production, a file in the outbox folder in development."""

import json
import urllib.request
from uuid import uuid4

from tenants.clock import now
from webapp.settings import Settings

_SECONDS = 10


class NotSent(RuntimeError):
    """The gateway refused or did not answer."""


def send_text(settings: Settings, phone: str, text: str, *, key: str = "") -> None:
    """Send at once, outside any unit of work. Texts with the same `key` are one text. Raises: NotSent."""
    if settings.sms_url:
        _post(settings, phone, text, key)
    elif settings.is_development:
        settings.outbox_dir.mkdir(parents=True, exist_ok=True)
        shown = {"to": phone, "channel": "sms", "subject": "", "body": text, "at": now().isoformat()}
        (settings.outbox_dir / f"{key or uuid4()}.json").write_text(
            json.dumps(shown, ensure_ascii=False), encoding="utf-8"
        )
    else:
        raise NotSent


def _post(settings: Settings, phone: str, text: str, key: str) -> None:
    body = json.dumps({"to": phone, "text": text}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.sms_token}"}
    if key:
        headers["Idempotency-Key"] = key
    request = urllib.request.Request(settings.sms_url, body, headers, method="POST")  # noqa: S310 - from settings
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS):  # noqa: S310
            return
    except OSError as error:
        raise NotSent from error
