"""Gatherings of the demo city: a lecture to come at the park, by the campaign that runs there; a firm's day of advice;
and one that was held, whose numbers are told."""

import datetime as dt
import uuid

from sqlalchemy import select

from bureau.gatherings import making
from bureau.gatherings.models import GatheringTold
from bureau.gatherings.states import CAME, SEATS
from demo.campaigns import CAMPAIGN, PARK
from demo.relief import Officers
from tenants.audit import Actor
from tenants.campaigns.models import Campaign
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm, Partner

_TOLD = {SEATS: 46, CAME: 38}


def _plan(kind: str, name: str, name_en: str, day: dt.date, times: str, **more: object) -> making.Plan:
    held: dict[str, object] = {
        "topic": "", "lesson": "", "about": "", "about_en": "", "district": "310113",
        "place": "友谊路200号二楼报告厅", "seats": 60, "languages": ("zh-Hans",),
    } | more  # fmt: skip
    return making.Plan(kind, name, name_en, day=day, times=times, **held)  # type: ignore[arg-type]


def open_gatherings(officers: Officers, *, firm_id: uuid.UUID, speaker_id: uuid.UUID, speaker_name: str) -> None:
    """The lecture is in twelve days, the day of advice in five; one was held three weeks ago."""
    today, firm = city_day(now()), Scope(Audience.FIRM, firm_id, speaker_id)
    with unit_of_work(officers.scope(officers.first)) as session:
        park = session.scalars(select(Partner.id).where(Partner.name == PARK)).one()
        campaign = session.scalars(select(Campaign.id).where(Campaign.name == CAMPAIGN)).one()
        lecture = making.make_gathering(
            session,
            _plan(
                "lecture", "直播带货：广告用语哪些不能说", "Live selling: what adverts may not say",
                today + dt.timedelta(days=12), "14:00-16:00", topic="adv", languages=("zh-Hans", "en"),
                about="讲一小时，答一小时。带上您的直播脚本。",
                about_en="One hour of talk, one of answers. Bring your script.",
            ),
            making.Host(officers.bureau_id, partner_id=park, campaign_id=campaign), by=officers.first, now=now(),
        )  # fmt: skip
        making.set_firms(session, lecture, {firm_id})
    with unit_of_work(firm) as session:
        making.set_speakers(session, lecture, firm_id=firm_id, wanted={speaker_id})
        bureau_id = session.get_one(Firm, firm_id).bureau_id
        making.make_gathering(
            session,
            _plan(
                "clinic", "用工咨询日", "Advice on staff", today + dt.timedelta(days=5), "09:30-11:30",
                topic="emp", place="友谊路1号3楼", seats=12,
            ),
            making.Host(bureau_id, by_firm=firm_id), by=Actor(speaker_id, speaker_name), now=now(),
        )  # fmt: skip
    _hold(officers, park, today - dt.timedelta(days=21))


def _hold(officers: Officers, park: uuid.UUID, day: dt.date) -> None:
    """Made a month before its day, closed that evening."""
    made, evening = now() - dt.timedelta(days=50), dt.datetime.combine(day, dt.time(12), dt.UTC)
    with unit_of_work(officers.scope(officers.first)) as session:
        row = making.make_gathering(
            session,
            _plan(
                "lecture", "租约到期前要做的五件事", "Five things before a lease ends", day, "14:00-15:30", topic="con",
            ),
            making.Host(officers.bureau_id, partner_id=park), by=officers.first, now=made,
        )  # fmt: skip
        making.close(session, row, times="14:00-15:40", came=(), by=officers.first, now=evening)
    with unit_of_work(Scope(Audience.WORKER)) as session:
        session.add_all(GatheringTold(gathering_id=row.id, what=what, count=count) for what, count in _TOLD.items())
        session.get_one(type(row), row.id).frozen_at = evening
