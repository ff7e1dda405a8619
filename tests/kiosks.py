"""A kiosk as a test needs it: its venue code, a device that has typed it, and a visitor in the middle."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from tenants.audit import Actor
from tenants.clock import now
from tenants.database import unit_of_work
from tenants.models import Station
from tenants.stations.kiosks import end_kiosk, offer_kiosk, venue_digest
from tenants.stations.models import Kiosk
from tests.helping import HELPER, scope_of
from tests.owners import first_choices

BY = Actor(None, "周姐")


@dataclass(frozen=True)
class Offered:
    """A kiosk whose venue code nobody has typed yet."""

    id: UUID
    station_id: UUID
    code: str


def make_kiosk(settings, email=HELPER):
    scope = scope_of(email)
    with unit_of_work(scope) as work:
        station = work.get_one(Station, scope.station_id)
        code = offer_kiosk(work, station=station, name="大厅", pepper=settings.pepper, by=BY, now=now())
        found = select(Kiosk.id).where(Kiosk.code_digest == venue_digest(code, settings.pepper))
        return Offered(work.scalars(found).one(), station.id, code)


def switch_off(kiosk, email=HELPER):
    with unit_of_work(scope_of(email)) as work:
        end_kiosk(work, station_id=kiosk.station_id, kiosk_id=kiosk.id, by=BY, now=now())


def paired(app, kiosk):
    """A browser that is this kiosk."""
    device = app.test_client()
    assert device.post("/kiosk/pair", data={"code": kiosk.code}).location == "/kiosk"
    return device


def begun(device, trade="catering"):
    """Somebody has begun at the kiosk; the address of her first question."""
    device.post("/kiosk", data={"locale": "zh-Hans"})
    assert device.post("/kiosk/first", data={"trade": trade}).location == "/kiosk/next"
    asked = device.get("/kiosk/next").location
    assert asked == "/kiosk/about/shop"
    device.post(asked, data={"form": "individual", "staff": "5-10"})
    return device.get("/kiosk/next").location


def answered(device):
    """She answers to the end, and has her result."""
    location = device.get("/kiosk/next").location
    for _ in range(60):
        if location == "/kiosk/ready":
            assert device.post("/kiosk/submit").location == "/kiosk/result"
            return
        if "/stop/" in location:
            location = "/kiosk/next"
        if location == "/kiosk/next":
            location = device.get(location).location
            continue
        if "/about/" in location:
            device.post(location, data={"revenue": "unsaid", "assets": "unsaid"})
            location = "/kiosk/next"
            continue
        location = device.post(location, data=first_choices(device.get(location).text)).location
    raise AssertionError("the questions do not end")
