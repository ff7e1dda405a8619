"""What a text costs, and what somebody could run up with it: most texts a day for a phone, an address, the city.

A hall on one Wi-Fi is one address, so an address gets many; a phone few. What is over is said to the visitor as a text
that did not go, and to the operator in the log.
"""

import logging

from tenants.login.rates import count_up
from webapp.outside.sms import NotSent
from webapp.settings import Settings

_DAY = 24 * 60 * 60
MOST_PER_PHONE, MOST_PER_ADDRESS = 20, 500
_log = logging.getLogger("famai.sms")


class OverCap(NotSent):
    """No further text today for this phone, from this address, or in this city."""


def count_text(settings: Settings, phone: str, *, address: str = "") -> None:
    """Count one text that is about to be sent. Raises: OverCap."""
    for whose, name, most in (
        ("phone", phone, MOST_PER_PHONE),
        ("address", address, MOST_PER_ADDRESS),
        ("city", "*", settings.sms_day_limit),
    ):
        if name and count_up(f"text:{whose}:{name}", seconds=_DAY) > most:
            _log.error("texts: the day's %s for one %s are used up", most, whose)
            raise OverCap(f"the day's {most} texts for one {whose} are used up")
