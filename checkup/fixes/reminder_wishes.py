"""What an owner may wish: how to be reminded, how many days before, and where. Pure."""

from dataclasses import dataclass

CHANNELS = ("none", "page", "sms", "email")
DAYS_BEFORE = (1, 3, 7)


@dataclass(frozen=True)
class Wish:
    """`address`: a mobile number for `sms`, an e-mail address for `email`, else empty."""

    channel: str
    days_before: int
    address: str


DEFAULT_WISH = Wish("none", 3, "")
