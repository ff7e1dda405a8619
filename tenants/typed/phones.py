"""Phone numbers as people type them, never cut to fit. Pure."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from tenants.errors import Unreadable
from tenants.typed.text import for_machines

_HOME, _HOME_CODE = "CN", 86
_SHORT = re.compile(r"\d{5,8}", re.ASCII)  # a number of the city without its prefix, or of a service


def _parsed(raw: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(for_machines(raw), _HOME) if len(raw) <= 60 else None
    except NumberParseException:
        return None


def mobile(raw: str) -> str:
    """The eleven digits of a mainland mobile. Raises: Unreadable `required`, `not_a_mobile`, `foreign_mobile`."""
    if not for_machines(raw):
        raise Unreadable("required")
    found = _parsed(raw)
    if found is not None and found.country_code != _HOME_CODE and phonenumbers.is_possible_number(found):
        raise Unreadable("foreign_mobile")
    digits = "" if found is None or found.extension else phonenumbers.national_significant_number(found)
    if len(digits) != 11 or not digits.startswith("1"):
        raise Unreadable("not_a_mobile")
    return digits


def phone(raw: str) -> str:
    """Any number that can be called, written in one way: `13800138000`, `021-62345678`, `12348`, `+852 6123 4567`.

    Raises: Unreadable `required`, `not_a_phone`.
    """
    if not (typed := for_machines(raw)):
        raise Unreadable("required")
    if _SHORT.fullmatch(short := typed.replace("-", "").replace(" ", "")):
        return short
    found = _parsed(raw)
    if found is None or not phonenumbers.is_possible_number(found):
        raise Unreadable("not_a_phone")
    if found.country_code != _HOME_CODE:
        return phonenumbers.format_number(found, PhoneNumberFormat.INTERNATIONAL)
    area, _, rest = phonenumbers.format_number(found, PhoneNumberFormat.NATIONAL).partition(" ")
    digits = phonenumbers.national_significant_number(found)
    return digits if digits.startswith("1") or not rest else f"{area}-{rest.replace(' ', '')}"
