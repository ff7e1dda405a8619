"""Alibaba Cloud's SMS gateway: `SendSms` of its version 2017-05-25, signed as its interface V3 asks (ACS3-HMAC-SHA256).

Mainland gateways send no free text: a text is an approved template (`SMS_…`) under an approved signature (签名), and
only its parameters travel. Source: Alibaba Cloud, "Request syntax and signature method V3" and "SendSms".
"""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit
from uuid import uuid4

from tenants.deadlines import in_time

_ALGORITHM = "ACS3-HMAC-SHA256"
_ACTION, _VERSION = "SendSms", "2017-05-25"
SECONDS = 10.0


class Refused(RuntimeError):
    """The gateway answered, and not with OK; the text is its code and message."""


@dataclass(frozen=True)
class Account:
    """Who sends: `aliyun://KEY:SECRET@dysmsapi.aliyuncs.com`, with the approved signature and template."""

    scheme: str
    host: str
    key: str
    secret: str
    sign_name: str
    template: str

    @classmethod
    def of(cls, url: str, sign_name: str, template: str) -> "Account":
        """`aliyun+http://…` speaks without TLS, to a gateway on this machine. Raises: ValueError."""
        parts = urlsplit(url)
        if not parts.username or not parts.hostname or not sign_name or not template:
            raise ValueError("aliyun://KEY:SECRET@HOST needs FAMAI_SMS_SIGN_NAME and the text in FAMAI_SMS_TEMPLATES")
        scheme = "http" if parts.scheme == "aliyun+http" else "https"
        host = parts.hostname + (f":{parts.port}" if parts.port else "")
        return cls(scheme, host, unquote(parts.username), unquote(parts.password or ""), sign_name, template)


def send(account: Account, phone: str, values: Mapping[str, str], *, key: str, at: dt.datetime) -> None:
    """One text; `key` comes back in the gateway's own records. Raises: OSError, Refused."""
    query = {
        "PhoneNumbers": phone,
        "SignName": account.sign_name,
        "TemplateCode": account.template,
        "TemplateParam": json.dumps(dict(values), ensure_ascii=False, separators=(",", ":")),
        "OutId": key,
    }
    canonical = canonical_query(query)
    headers = sign(account, canonical, nonce=uuid4().hex, at=at)
    with in_time(SECONDS) as session:
        answer = session.post(f"{account.scheme}://{account.host}/?{canonical}", headers=headers, timeout=SECONDS)
    try:
        said = answer.json()
    except ValueError:
        raise Refused(f"HTTP {answer.status_code}") from None
    if said.get("Code") != "OK":
        raise Refused(f"{said.get('Code')}: {said.get('Message', '')}")


def canonical_query(values: Mapping[str, str]) -> str:
    """Sorted by name, each percent-encoded by RFC 3986."""
    return "&".join(f"{_encoded(name)}={_encoded(values[name])}" for name in sorted(values))


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")


def sign(
    account: Account, query: str, *, nonce: str, at: dt.datetime, action: str = _ACTION, version: str = _VERSION
) -> dict[str, str]:
    """The headers of a request without a body, with its signature."""
    digest = hashlib.sha256(b"").hexdigest()
    headers = {
        "host": account.host,
        "x-acs-action": action,
        "x-acs-content-sha256": digest,
        "x-acs-date": at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    named = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = f"POST\n/\n{query}\n{lines}\n{named}\n{digest}"
    to_sign = f"{_ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(account.secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    authorization = f"{_ALGORITHM} Credential={account.key},SignedHeaders={named},Signature={signature}"
    return {name: value for name, value in headers.items() if name != "host"} | {"Authorization": authorization}
