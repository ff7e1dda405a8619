"""A campaign of the demo city: the district's bureau and its e-commerce park, with codes that hang in three places."""

import datetime as dt
import uuid

from sqlalchemy import select

from demo.relief import Officers
from tenants.campaigns import links, making
from tenants.clock import city_day, now
from tenants.database import unit_of_work
from tenants.models import Partner

PARK = "友谊路电商园（演示）"
CAMPAIGN = "电商直播专项"
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
