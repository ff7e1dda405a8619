"""Partners of the demo city, as a test works with them."""

import datetime as dt

from sqlalchemy import select

from demo.city import demo_id
from tenants.audit import Actor
from tenants.campaigns import links, making
from tenants.campaigns.models import CampaignLink
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.login.models import PartnerPost
from tenants.models import Firm
from tenants.people import find_staff

PARK = "park@baoshan.example"
OFFICER = "officer@baoshan.example"


def partner_scope(email: str = PARK) -> Scope:
    """The scope in which this officer works at her partner."""
    with unit_of_work(Scope(Audience.AUTH, token=email)) as work:
        person = find_staff(work, email)
        assert person is not None
        enter_scope(work, Scope(Audience.AUTH, person_id=person.id))
        post = work.scalars(select(PartnerPost)).one()
    return Scope(Audience.PARTNER, person_id=person.id, partner_id=post.partner_id)


def make_link(*, cap: int = 0, quota: int = 5, budget: int = 0, days: int = 10) -> CampaignLink:
    """A code of a running campaign of the district's bureau, its park and 沪滨, as its officer makes one."""
    bureau, park = Scope(Audience.BUREAU, demo_id(OFFICER), bureau_id=demo_id("bureau:310113")), partner_scope()
    today, by = city_day(now()), Actor(bureau.person_id, "王科员")
    plan = making.Plan("试试", "", "看看", "", "adv", today, today + dt.timedelta(days), ("zh-Hans",), budget)
    assert bureau.bureau_id is not None
    assert park.partner_id is not None
    with unit_of_work(bureau) as session:
        row = making.make_campaign(session, plan, bureau_id=bureau.bureau_id, by=by, now=now())
        making.set_partners(session, row, {park.partner_id})
        making.set_firms(session, row, {demo_id("hubin"): quota})
        link = links.add_link(session, row, partner_id=park.partner_id, place="大厅", cap=cap, now=now())
        making.move(session, row, "open", why="", by=by, now=now())
    return link


def make_firm_link(*, slug: str = "hubin", budget: int = 0) -> CampaignLink:
    """A code of a running campaign of this firm's own, as its admin makes one."""
    today, by = city_day(now()), Actor(demo_id(f"{slug}:1"), "管理员")
    plan = making.Plan("门前体检周", "", "看看", "", "emp", today, today + dt.timedelta(10), ("zh-Hans",), budget)
    with unit_of_work(Scope(Audience.FIRM, demo_id(slug), by.id)) as session:
        bureau_id = session.get_one(Firm, demo_id(slug)).bureau_id
        row = making.make_campaign(session, plan, bureau_id=bureau_id, by_firm=demo_id(slug), by=by, now=now())
        link = links.add_link(session, row, partner_id=None, place="前台", cap=0, now=now())
        making.move(session, row, "open", why="", by=by, now=now())
    return link


def change_campaign(link: CampaignLink, **values: object) -> None:
    """What the clock or its bureau would have made of its campaign meanwhile."""
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=demo_id("bureau:310113"))) as session:
        row = making.get_campaign(session, link.campaign_id)
        for name, value in values.items():
            setattr(row, name, value)
