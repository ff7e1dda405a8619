"""E-mail addresses as people type them. Pure."""

from email_validator import EmailNotValidError, validate_email

from tenants.errors import Unreadable
from tenants.typed.text import for_machines

_MOST = 200


def email(raw: str) -> str:
    """The address as it is stored, in small letters; no look-alikes from other scripts.

    Raises: Unreadable `required`, `not_an_email`.
    """
    typed = for_machines(raw)
    if not typed:
        raise Unreadable("required")
    try:
        found = validate_email(typed, allow_smtputf8=False, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise Unreadable("not_an_email") from None
    address = found.normalized.lower()
    if len(address) > _MOST or not address.isascii():
        raise Unreadable("not_an_email")
    return address
