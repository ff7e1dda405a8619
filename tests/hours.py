"""Hours of 沪滨's lawyers: clinics they hold, what the firm says of them, somebody without any yet."""

import datetime as dt

from bureau.hours import confirmation
from bureau.hours import entries as claiming
from bureau.hours.clinics import Clinic
from bureau.hours.moves import Lawyer
from bureau.hours.time_spans import parse_spans
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import city_day
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import add_member

NOON = dt.datetime(2026, 11, 10, 4, 0, tzinfo=dt.UTC)
DAY = city_day(NOON)
ADMIN = Actor(demo_id("hubin:1"), "陈晓")
FIRM = demo_id("hubin")


def clinic(times, *, lawyer, day=DAY, category="clinic", reference=""):
    """A clinic of one lawyer of 沪滨, submitted."""
    with unit_of_work(Scope(Audience.FIRM, FIRM, lawyer.id)) as session:
        form = Clinic(day, parse_spans(times, day), category, "创业园", "王主任", reference, "")
        return claiming.add_clinic(session, lawyer=lawyer, clinic=form, now=NOON).id


def new_lawyer(slug="hubin"):
    """Somebody without any hours yet."""
    return Lawyer(demo_id(slug), add_member(demo_id(slug), name="新律师"), "新律师")


def firm_says(entry_id, step="confirm", why="", by=ADMIN):
    with unit_of_work(Scope(Audience.FIRM, FIRM, by.id)) as session:
        return confirmation.decide_as_firm(
            session, firm_id=FIRM, entry_id=entry_id, step=step, why=why, by=by, now=NOON
        ).state
