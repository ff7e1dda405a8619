"""Campaigns of the demo city: one that runs at the district's e-commerce park, with codes that hang in three places,
one that is over, whose numbers stay, and one of a firm's own."""

import datetime as dt
import uuid

from sqlalchemy import select

from demo.relief import Officers
from tenants.audit import Actor
from tenants.campaigns import links, making
from tenants.campaigns.funnel_rules import ALL, SCANS
from tenants.campaigns.models import Campaign, CampaignTold
from tenants.campaigns.told import WHOLE
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm, Partner

PARK = "友谊路电商园（演示）"
CAMPAIGN = "电商直播专项"
# How far those got who came by the campaign that is over.
_TOLD = {SCANS: 412, ALL: 168, "started": 72, "finished": 31, "lawyer": 18, "signed": 26, "fixed": 21}
# Where a code hangs, and for how many.
_PLACES = (("一楼大厅", 0), ("直播基地前台", 0), ("招商中心（一次）", 1))


def open_campaign(officers: Officers, *, reader_id: uuid.UUID) -> None:
    """It has run for three weeks and has six to go."""
    today = city_day(now())
    plan = making.Plan(
        name=CAMPAIGN,
        name_en="E-commerce and live streaming",
        purpose="主播合同、退货、广告用语：五分钟看看您的网店有没有风险。",
        purpose_en="Streamers' contracts, returns, wording of adverts: five minutes to see what your shop risks.",
        focus="adv",
        begins_on=today - dt.timedelta(days=21),
        ends_on=today + dt.timedelta(days=42),
        languages=("zh-Hans", "en"),
        budget=200,
    )
    with unit_of_work(officers.scope(officers.first)) as session:
        park = session.scalars(select(Partner).where(Partner.name == PARK)).one()
        said = {"by": officers.first, "now": now()}
        row = making.make_campaign(session, plan, bureau_id=officers.bureau_id, **said)
        making.set_partners(session, row, {park.id})
        making.set_firms(session, row, {reader_id: 60})
        for place, cap in _PLACES:
            links.add_link(session, row, partner_id=park.id, place=place, cap=cap, now=now())
        making.move(session, row, "open", why="", **said)


def open_firms_own(*, firm_id: uuid.UUID, by: Actor) -> None:
    """It began last week; its code stands on the firm's own counter."""
    today = city_day(now())
    plan = making.Plan(
        name="用工合同周",
        name_en="Week of staff contracts",
        purpose="合同、社保、辞退：先看看自己的店有没有漏。",
        purpose_en="Contracts, insurance, dismissals: see first what your shop has missed.",
        focus="emp",
        begins_on=today - dt.timedelta(days=7),
        ends_on=today + dt.timedelta(days=21),
        languages=("zh-Hans", "en"),
        budget=40,
    )
    with unit_of_work(Scope(Audience.FIRM, firm_id, by.id)) as session:
        bureau_id = session.get_one(Firm, firm_id).bureau_id
        row = making.make_campaign(session, plan, bureau_id=bureau_id, by_firm=firm_id, by=by, now=now())
        links.add_link(session, row, partner_id=None, place="本所前台", cap=0, now=now())
        making.move(session, row, "open", why="", by=by, now=now())


def close_campaign(officers: Officers) -> None:
    """Of the spring before: it is told of for ever, as the worker would have told it then."""
    began = now() - dt.timedelta(days=200)
    ended = began + dt.timedelta(days=60)
    plan = making.Plan(
        name="餐饮合规月",
        name_en="Month of the kitchens",
        purpose="证照、用工、食品标签：开店的三件大事。",
        purpose_en="Licences, staff, labels: three things that a kitchen needs.",
        focus="lic",
        begins_on=city_day(began),
        ends_on=city_day(ended),
        languages=("zh-Hans",),
        budget=0,
    )
    with unit_of_work(officers.scope(officers.first)) as session:
        park = session.scalars(select(Partner).where(Partner.name == PARK)).one()
        row = making.make_campaign(session, plan, bureau_id=officers.bureau_id, by=officers.first, now=began)
        making.set_partners(session, row, {park.id})
        links.add_link(session, row, partner_id=park.id, place="食堂门口", cap=0, now=began)
        making.move(session, row, "open", why="", by=officers.first, now=began)
        making.move(session, row, "end", why="到期", by=officers.first, now=ended)
    with unit_of_work(Scope(Audience.WORKER)) as session:
        session.add_all(
            CampaignTold(campaign_id=row.id, part=part, what=what, count=count, told_at=ended)
            for part in (WHOLE, str(park.id))
            for what, count in _TOLD.items()
        )
        session.get_one(Campaign, row.id).frozen_at = ended
