"""A sheet of paper as a test needs it: printed at a station, typed by helpers, and what stands on it."""

from sqlalchemy import select

from checkup.assisting.models import PaperEntry
from tenants.audit import Actor
from tenants.base import RECEPTION_ID
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Station
from tenants.stations.sheets import make_sheets
from tests.helping import HELPER, scope_of

# A noodle shop without staff whose owner has answered a question about her staff all the same.
ON_PAPER = {
    "profile.trade": "catering", "profile.form": "individual", "profile.staff": "0", "gov.place": "shop",
    "gov.sells": ["walkin", "food"], "gov.does": ["owed"], "gov.money": "unsure", "con.written": "few",
    "emp.wages": "always", "tax.income": "always", "tax.invoices": "never", "pre.papers": "seen", "saf.exits": "always",
    "lic.permits": "all", "ipr.name": "no", "rec.oldest": "old", "dis.letter": "court", "dis.letter-on-unsure": "yes",
}  # fmt: skip


def printed(email=HELPER, **said):
    """The code of a sheet that this helper has printed just now."""
    scope = scope_of(email)
    asked = {"copies": 1, "locale": "zh-Hans", "pack_version": "1.1.0", **said}
    with unit_of_work(scope) as work:
        station = work.get_one(Station, scope.station_id)
        return make_sheets(work, station=station, **asked, by=Actor(None, "周姐"), now=now())[0].code


def signed(**changed):
    """What a helper types the first time."""
    return {"signed": "yes", "signed_on": city_day(now()).isoformat(), **ON_PAPER, **changed}


def entry_of(code):
    """What is being typed of this sheet; None before and after."""
    with unit_of_work(Scope(Audience.WORKER, RECEPTION_ID)) as work:
        return work.scalars(select(PaperEntry).where(PaperEntry.sheet_code == code)).one_or_none()


def typed_once(helper, code, **changed):
    """The address of the second typing."""
    answer = helper.post(f"/helper/papers/sheet/{code}", data=signed(**changed))
    assert answer.location == "/helper/papers", answer.text
    return f"/helper/papers/entry/{entry_of(code).checkup_id}"
