"""The door to text messages: a gateway by HTTP in production, a file in the outbox folder in development."""

import json
from collections.abc import Mapping
from uuid import uuid4

from tenants.clock import now
from tenants.deadlines import in_time
from tenants.files import write_private
from webapp.outside import aliyun_sms
from webapp.settings import Settings

SECONDS = 10.0
NOTICE = "notice"  # any text that is no code: that something is there, never what


class NotSent(RuntimeError):
    """The gateway refused or did not answer."""


def send_text(
    settings: Settings,
    phone: str,
    text: str,
    *,
    key: str = "",
    template: str = NOTICE,
    values: Mapping[str, str] | None = None,
) -> None:
    """Send at once, outside any unit of work. Texts with the same `key` are one text.

    A gateway that takes no free text is given the approved template of this name and its `values`. Raises: NotSent.
    """
    if settings.sms_url.startswith("aliyun"):
        _send_template(settings, phone, template, values or {}, key or uuid4().hex)
    elif settings.sms_url:
        _post(settings, phone, text, key)
    elif settings.is_development:
        shown = {"to": phone, "channel": "sms", "subject": "", "body": text, "at": now().isoformat()}
        write_private(settings.outbox_dir / f"{key or uuid4()}.json", json.dumps(shown, ensure_ascii=False).encode())
    else:
        raise NotSent("no channel for texts: set FAMAI_SMS_URL")


def _send_template(settings: Settings, phone: str, template: str, values: Mapping[str, str], key: str) -> None:
    try:
        account = aliyun_sms.Account.of(
            settings.sms_url, settings.sms_sign_name, settings.sms_templates.get(template, "")
        )
        aliyun_sms.send(account, phone, values, key=key, at=now())
    except (OSError, ValueError, aliyun_sms.Refused) as error:
        raise NotSent(str(error)) from error


def _post(settings: Settings, phone: str, text: str, key: str) -> None:
    body = json.dumps({"to": phone, "text": text}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.sms_token}"}
    if key:
        headers["Idempotency-Key"] = key
    try:
        with in_time(SECONDS) as session:
            session.post(settings.sms_url, body, headers=headers, timeout=SECONDS).raise_for_status()
    except OSError as error:
        raise NotSent(str(error)) from error
