"""Gatherings of the demo city, as a test makes them: at noon of the city's day, for two o'clock."""

import datetime as dt
import uuid
from dataclasses import replace

from sqlalchemy import select

from bureau.gatherings import making, seats
from bureau.gatherings.models import Gathering, Seat
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work

TODAY = city_day(now())
TOMORROW = TODAY + dt.timedelta(days=1)
OFFICER = "officer@baoshan.example"
BUREAU = Scope(Audience.BUREAU, demo_id(OFFICER), bureau_id=demo_id("bureau:310113"))
FIRM, LAWYER = demo_id("hubin"), demo_id("hubin:2")
BY = Actor(BUREAU.person_id, "王科员")
AT_FIRM = Scope(Audience.FIRM, FIRM, demo_id("hubin:1"))
PLAN = making.Plan(
    "lecture", "租约怎么看", "How to read a lease", "con", "", "", "", TOMORROW, "14:00-16:00", "310113",
    "友谊路1号", 2, ("zh-Hans",),
)  # fmt: skip


def make(*, partner_id: uuid.UUID | None = None, campaign_id: uuid.UUID | None = None, **changed: object) -> Gathering:
    """Of the district's bureau."""
    host = making.Host(demo_id("bureau:310113"), partner_id=partner_id, campaign_id=campaign_id)
    with unit_of_work(BUREAU) as session:
        return making.make_gathering(session, replace(PLAN, **changed), host, by=BY, now=now())


def speak(row: Gathering, *lawyers: uuid.UUID) -> None:
    """The bureau asks 沪滨, which sends these."""
    with unit_of_work(BUREAU) as session:
        making.set_firms(session, row, {FIRM})
    with unit_of_work(AT_FIRM) as session:
        making.set_speakers(session, row, firm_id=FIRM, wanted=set(lawyers))


def sit(row: Gathering, *, phone: str = "", master: bytes = b"") -> str:
    """Somebody takes a seat; its token."""
    token = seats.new_token()
    with unit_of_work(Scope(Audience.PUBLIC, token=token)) as session:
        seats.take_seat(session, row, token=token, phone=phone, master=master, locale="zh-Hans", now=now())
    return token


def arrive(row: Gathering, token: str = "") -> bool:
    """Somebody is at the door; whether she had come already."""
    held = token or seats.new_token()
    with unit_of_work(Scope(Audience.PUBLIC, token=held)) as session:
        return seats.come(session, row, token=held, locale="zh-Hans", now=now())[1]


def states(row: Gathering) -> list[str]:
    """Of its seats, in the order in which they were taken."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        query = select(Seat.state).where(Seat.gathering_id == row.id)
        return list(session.scalars(query.order_by(Seat.made_at, Seat.id)))
