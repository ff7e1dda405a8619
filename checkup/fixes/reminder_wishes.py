"""What an owner may wish: how to be reminded, how many days before, and where. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tenants.errors import FieldFault, Invalid

CHANNELS = ("none", "page", "sms", "email")
DAYS_BEFORE = (1, 3, 7)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_MOBILE = re.compile(r"1\d{10}")


@dataclass(frozen=True)
class Wish:
    """`address`: a mobile number for `sms`, an e-mail address for `email`, else empty."""

    channel: str
    days_before: int
    address: str


DEFAULT_WISH = Wish("none", 3, "")


def parse_wish(raw: Mapping[str, str]) -> Wish:
    """Raises: Invalid on `channel`, `days_before`, `address` (`not_a_mobile`, `not_an_email`)."""
    channel, days = raw.get("channel", ""), raw.get("days_before", "")
    faults = []
    if channel not in CHANNELS:
        faults.append(FieldFault("channel", "unknown_option"))
    if days not in map(str, DAYS_BEFORE):
        faults.append(FieldFault("days_before", "unknown_option"))
    address = _address(channel, raw.get("address", "")[:200].strip(), faults)
    if faults:
        raise Invalid(tuple(faults))
    return Wish(channel, int(days), address)


def _address(channel: str, typed: str, faults: list[FieldFault]) -> str:
    if channel == "sms":
        digits = "".join(c for c in typed if c.isascii() and c.isdigit())[-11:]
        if not _MOBILE.fullmatch(digits):
            faults.append(FieldFault("address", "not_a_mobile"))
        return digits
    if channel == "email":
        if not _EMAIL.fullmatch(typed):
            faults.append(FieldFault("address", "not_an_email"))
        return typed
    return ""
