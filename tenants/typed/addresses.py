"""Addresses of machines as people type them or paste them: read wholly, or refused. Pure."""

import re
from urllib.parse import urlsplit

from tenants.errors import Unreadable
from tenants.typed.text import for_machines

_MOST = 500
_SIGNS = re.compile(r"[!-~]+")  # what an address is made of; other scripts come encoded


def web_address(raw: str, *, may_be_plain: bool = False) -> str:
    """An https address of some host, without a name to log in by; plain http only where `may_be_plain`.

    Raises: Unreadable `required`, `not_an_address`.
    """
    typed = for_machines(raw)
    if not typed:
        raise Unreadable("required")
    try:
        parts = urlsplit(typed)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Unreadable("not_an_address") from None
    schemes = ("https", "http") if may_be_plain else ("https",)
    if (
        parts.username is not None
        or parts.password is not None
        or len(typed) > _MOST
        or not _SIGNS.fullmatch(typed)
        or not host
        or parts.scheme not in schemes
    ):
        raise Unreadable("not_an_address")
    return typed
