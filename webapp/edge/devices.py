"""How a session is told apart in a list: the kind of device, and the network it came from."""

import ipaddress

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
