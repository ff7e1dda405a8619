"""An hour at which somebody telephones, as people say it: today, tomorrow, the day after."""

import datetime as dt

from flask import Flask

from tenants.clock import CITY, city_day, now
from webapp.edge.i18n import moment
from webapp.edge.i18n import translate as _


def call_hour(at: dt.datetime) -> str:
    """今天15:00, or with its date from the third day on."""
    hour = f"{at.astimezone(CITY):%H:%M}"
    near = {0: _("今天{hour}", hour=hour), 1: _("明天{hour}", hour=hour), 2: _("后天{hour}", hour=hour)}
    return near.get((city_day(at) - city_day(now())).days) or moment(at.isoformat())


def init_app(app: Flask) -> None:
    app.jinja_env.filters["call_hour"] = call_hour
