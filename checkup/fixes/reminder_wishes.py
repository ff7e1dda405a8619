"""What an owner may wish: how to be reminded, how many days before, and where. Pure."""

from dataclasses import dataclass

CHANNELS = ("none", "page", "sms", "email")
DAYS_BEFORE = (1, 3, 7)


@dataclass(frozen=True)
class Wish:
    """`address`: a mobile number for `sms`, an e-mail address for `email`, else empty. `email`: beside a mobile number,
    where a text goes that cannot be sent; or empty."""

    channel: str
    days_before: int
    address: str
    email: str = ""

    def address_for(self, channel: str) -> str:
        """Where something goes on this channel; empty where she did not allow it."""
        if channel == self.channel:
            return self.address
        return self.email if channel == "email" else ""

    def way_after(self, channel: str) -> str:
        """Where that way is shut: by e-mail if she left one, else on the page."""
        return "email" if channel == "sms" and self.email else "page"


DEFAULT_WISH = Wish("none", 3, "")
