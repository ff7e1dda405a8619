"""How the demo city's bureau steers: indicators, goals, a proposal that waits, a lot, standards looked at, a report."""

import datetime as dt

from sqlalchemy.orm import Session

from billing.books.money import Money
from bureau.dashboard.goal_rules import DISTRICT, FIRM, HOURS, SIGNED, Proposed
from bureau.dashboard.goals import set_goal
from bureau.oversight.purchases import Offer, open_lot, take_deliveries
from bureau.oversight.standards import record_check
from bureau.parameters.in_force import propose_value
from bureau.reports.edition_rules import Definition
from bureau.reports.editions import freeze_edition
from bureau.reports.indicators import define_indicator, list_indicators
from demo.city import city_officers, demo_id
from demo.relief import Officers
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from webapp.report_editions import draft

_INDICATORS = (
    ("on_time", "按时复核率", "Reviewed in time", "reviews_on_time / reviews_due * 100", "percent", "30", "95"),
    ("known", "知晓率", "Knew of the service", "known_yes / known_all * 100", "percent", "20", "60"),
    ("verified", "工时核实率", "Hours verified", "minutes_verified / minutes_counted * 100", "percent", "20", "30"),
    ("satisfied", "满意度（5分）", "Satisfaction (of 5)", "rating_mean", "points", "30", "4.5"),
)
_GOALS = (
    (SIGNED, DISTRICT, "310113", 40), (HOURS, DISTRICT, "310113", 120), (SIGNED, DISTRICT, "310110", 30),
    (SIGNED, FIRM, "hubin", 12), (HOURS, FIRM, "hubin", 60), (SIGNED, FIRM, "jiangwan", 12),
)  # fmt: skip
_LOOKED_AT = (
    ("licence", True, "核对执业许可证原件，年度考核合格。"),
    ("conflicts", True, "制度文本2026年版，抽看三件记录。"),
    ("free", False, "收费公示缺一项，限一个月内补上。"),
)


def fill_steering() -> None:
    """Once: a second run changes nothing."""
    officers = city_officers()
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=officers.bureau_id)) as session:
        if list_indicators(session, officers.bureau_id):
            return
        _define(session, officers)
        _aim(session, officers)
        _look_and_buy(session, officers.first)
        _propose(session, officers)
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=officers.bureau_id)) as session:
        year = str(city_day(now()).year)
        numbers = draft(session, bureau_id=officers.bureau_id, period=year)
        freeze_edition(session, bureau_id=officers.bureau_id, frozen=numbers, by=officers.first, now=now())


def _define(session: Session, officers: Officers) -> None:
    for key, name, name_en, formula, unit, weight, target in _INDICATORS:
        names = {"zh-Hans": name, "en": name_en}
        definition = Definition(
            key, 0, names, formula, unit, int(weight), "评价指标体系（演示）", float(target) if target else None
        )
        define_indicator(
            session, bureau_id=officers.bureau_id, definition=definition, by=demo_id("officer@city.example"), now=now()
        )


def _aim(session: Session, officers: Officers) -> None:
    year = city_day(now()).year
    for kind, subject_kind, subject, value in _GOALS:
        named = str(demo_id(subject)) if subject_kind == FIRM else subject
        proposed = Proposed(year, kind, subject_kind, named, value)
        set_goal(session, bureau_id=officers.bureau_id, proposed=proposed, by=officers.first, now=now())


def _look_and_buy(session: Session, officer: Actor) -> None:
    today = city_day(now())
    for standard, is_met, evidence in _LOOKED_AT:
        record_check(
            session,
            firm_id=demo_id("hubin"),
            standard=standard,
            is_met=is_met,
            evidence=evidence,
            by=officer,
            today=today,
            now=now(),
        )
    offer = Offer(
        title="小微企业法治体检（演示）",
        unit=Money(15_000),
        units=20,
        begins_on=today.replace(month=1, day=1),
        ends_on=today.replace(month=12, day=31),
    )
    lot = open_lot(session, bureau_id=demo_id("bureau"), firm_id=demo_id("hubin"), offer=offer, by=officer, now=now())
    take_deliveries(session, lot_id=lot.id)


def _propose(session: Session, officers: Officers) -> None:
    propose_value(
        session,
        bureau_id=officers.bureau_id,
        key="review_days",
        value=4,
        effective_from=(city_day(now()) + dt.timedelta(days=31)).replace(day=1),
        why="两家所都能在4天内复核完。",
        by=officers.second,
        now=now(),
    )
