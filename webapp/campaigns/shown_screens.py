"""What bureau and operator both read of campaigns and of the way in."""

import datetime as dt

from flask import render_template

from tenants.campaigns.screens import list_told
from tenants.clock import city_day, now
from webapp.edge.audiences import staff_work
from webapp.wording.outreach.partner_words import screen_rows


def screens_page(back: str, back_name: str) -> str:
    """How often each screen was shown this month and in the one before. `back`: the page that leads here."""
    month = city_day(now()).replace(day=1)
    with staff_work() as work:
        told = [list_told(work, one) for one in (month, month - dt.timedelta(days=1))]
    return render_template("shared/screens.html", rows=screen_rows(*told), back=back, back_name=back_name)
