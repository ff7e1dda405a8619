"""How a session is told apart in a list, and whether somebody has come in with this browser before."""

import hashlib
import hmac
import ipaddress
import secrets

from flask import after_this_request, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from webapp.edge.installation import installation

_SYSTEMS = (
    ("MicroMessenger", "微信"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
    ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


def device_name(user_agent: str) -> str:
    """Such as `Windows · Edge`; never the whole header."""
    names = [next((name for mark, name in marks if mark in user_agent), "") for marks in (_SYSTEMS, _BROWSERS)]
    return " · ".join(filter(None, names)) or "?"


def network_name(address: str | None) -> str:
    """The first half of the address: enough to tell home from office, not enough to find a house."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "?"
    if parsed.version == 4:
        return ".".join(str(parsed).split(".")[:2]) + ".*.*"
    return ":".join(parsed.exploded.split(":")[:2]) + ":…"


# A browser in which somebody has come in before has a count of wrong passwords and codes of its own: a stranger who
# types wrong ones shuts the door to strangers, and the browser of whoever belongs there goes on. It is known by an
# e-mail, a phone number, the digest of a code.
_COOKIE, _DAYS, _MOST_PEOPLE = "device", 180, 5


def counted_as(name: str, *, known_by: str | None = None) -> str:
    """What a door counts tries for `name` by, in this browser; it is known by the name, or by what else is said."""
    device, people = _held()
    return f"{name} {device}" if _digest(known_by or name) in people else name


def remember_device(who: str) -> None:
    """Somebody has come in, with every factor that is asked for: the answer to this request says so to the browser."""
    name, people = _held()
    kept = [_digest(who), *(one for one in people if one != _digest(who))][:_MOST_PEOPLE]
    signed = _signer().dumps([name or secrets.token_urlsafe(16), kept])

    @after_this_request
    def write(response: Response) -> Response:
        is_safe = not installation().is_development
        response.set_cookie(_COOKIE, signed, _DAYS * 86_400, httponly=True, secure=is_safe, samesite="Lax")
        return response


def _held() -> tuple[str, list[str]]:
    """The browser's name and who has come in with it; nothing for a cookie that is none of ours."""
    try:
        name, people = _signer().loads(request.cookies.get(_COOKIE, ""))
    except (BadSignature, ValueError, TypeError):
        return "", []
    return name, people


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(installation().secret_key, salt="device")


def _digest(who: str) -> str:
    return hmac.new(installation().pepper, f"device:{who}".encode(), hashlib.sha256).hexdigest()[:32]
