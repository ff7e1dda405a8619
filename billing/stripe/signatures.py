"""The signature of a webhook: Stripe's scheme v1, checked without loading Stripe's library into the web workers. Pure.

Source: Stripe's documentation "Verify webhook signatures manually"; a test holds it equal to the library.
"""

import hashlib
import hmac
import re

_SECONDS = re.compile("[0-9]+")
TOLERANCE_SECONDS = 300  # an older call may be a recording that is played again


class BadSignature(Exception):
    """`code`: malformed, wrong, too_old, in_the_future."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sign(payload: bytes, secret: str, at: int) -> str:
    """The header that Stripe would send with this body at this second."""
    return f"t={at},v1={_digest(payload, secret, at)}"


def verify(payload: bytes, header: str, secret: str, now: int) -> None:
    """Return for a body that Stripe signed within the last five minutes. Raises: BadSignature."""
    parts = [part.split("=", 1) for part in header.split(",") if "=" in part]
    times = [value for name, value in parts if name == "t" and _SECONDS.fullmatch(value)]
    signatures = [value for name, value in parts if name == "v1"]
    if not secret or len(times) != 1 or not signatures:
        raise BadSignature("malformed")
    at = int(times[0][:12])
    expected = _digest(payload, secret, at)
    if not any(hmac.compare_digest(expected.encode(), one.encode()) for one in signatures):
        raise BadSignature("wrong")
    if at < now - TOLERANCE_SECONDS:
        raise BadSignature("too_old")
    if at > now + TOLERANCE_SECONDS:
        raise BadSignature("in_the_future")


def _digest(payload: bytes, secret: str, at: int) -> str:
    return hmac.new(secret.encode(), b"%d.%s" % (at, payload), hashlib.sha256).hexdigest()
