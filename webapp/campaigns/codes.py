"""The code of a campaign's link in an address, and what stands behind it."""

from flask import request

from tenants.campaign_steps import EARLY, FULL, OVER, PAUSED, STOPPED
from tenants.campaigns.links import WayIn, find_way_in, read
from webapp.edge.audiences import public_work

REFUSED = (EARLY, OVER, STOPPED, PAUSED, FULL, "unknown")


def asked_code() -> str:
    """Of the campaign that the address names; "" where it names none."""
    return read(request.args.get("c", ""))


def find_way(code: str) -> WayIn | None:
    """What stands behind a code; None behind none, and behind one that there is not."""
    if not code:
        return None
    with public_work(token=code) as work:
        return find_way_in(work, code)
