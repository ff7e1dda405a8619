"""How a session is told apart, whether somebody came in with this browser before, how often a network acts."""

import datetime as dt
import hashlib
import hmac
import ipaddress
import secrets
import uuid

from flask import after_this_request, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from cloud.cubes.acts import note_act
from tenants.clock import city_day, now
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


_HOUSE = {4: 24, 6: 48}  # bits of an address that one house or hall has in common


def note_checkup(work: Session, *, firm_id: uuid.UUID, owner_id: uuid.UUID, act: str) -> None:
    """Under Scope(OWNER), with the act itself."""
    day = city_day(now())
    phone, network = _of_day(f"person {owner_id}", day), _of_day(_network(request.remote_addr), day)
    note_act(work, firm_id=firm_id, act=act, phone=phone, network=network, day=day)


def _network(address: str | None) -> str:
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{parsed}/{_HOUSE[parsed.version]}", strict=False))


def _of_day(what: str, day: dt.date) -> str:
    """Keyed anew each day, so that nobody is followed from one to the next."""
    if not what:
        return ""
    return hmac.new(installation().pepper, f"activity {day} {what}".encode(), hashlib.sha256).hexdigest()[:16]
