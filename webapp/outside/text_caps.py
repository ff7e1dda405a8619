"""What a text costs, and what somebody could run up with it: most texts a day for a phone, an address, the city.

A hall on one Wi-Fi is one address, so an address gets many; a phone few. What is over is said to the visitor as a text
that did not go, and to the operator in the log.
"""

import logging

from tenants.login.rates import count_up, find_count
from webapp.outside.sms import NotSent
from webapp.settings import Settings

_DAY = 24 * 60 * 60
MOST_PER_PHONE, MOST_PER_ADDRESS = 20, 500
_log = logging.getLogger("famai.sms")


_CITY = "*"


class OverCap(NotSent):
    """No further text today for this phone, from this address, or in this city."""


def count_text(settings: Settings, phone: str, *, address: str = "") -> None:
    """Count one text that is about to be sent. Raises: OverCap."""
    for whose, name, most in (
        ("phone", phone, MOST_PER_PHONE),
        ("address", address, MOST_PER_ADDRESS),
        ("city", _CITY, settings.sms_day_limit),
    ):
        if name and count_up(_key(whose, name), seconds=_DAY) > most:
            _log.error("texts: the day's %s for one %s are used up", most, whose)
            raise OverCap(f"the day's {most} texts for one {whose} are used up")


def texts_today() -> int:
    """How many texts the city has sent since its day of 24 hours began."""
    found = find_count(_key("city", _CITY))
    return found.count if found else 0


def _key(whose: str, name: str) -> str:
    return f"text:{whose}:{name}"
