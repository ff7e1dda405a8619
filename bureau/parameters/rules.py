"""What a bureau may set, in which unit and within which limits; which value holds on a day. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Words = Mapping[str, str]
MOST_TEXT = 500


@dataclass(frozen=True)
class ParameterKind:
    """One number that a bureau decides. `default` holds where nobody has decided; `source` says where it is from."""

    key: str
    name: Words
    unit: str
    least: int
    most: int
    default: int
    source: Words


@dataclass(frozen=True)
class Decided:
    """An approved value and the first day on which it holds."""

    value: int
    effective_from: dt.date


def _kind(
    key: str, zh: str, en: str, unit: str, limits: tuple[int, int, int], source: tuple[str, str]
) -> ParameterKind:
    least, default, most = limits
    return ParameterKind(
        key, {"zh-Hans": zh, "en": en}, unit, least, most, default, {"zh-Hans": source[0], "en": source[1]}
    )


_HOUSE = ("本系统的起始值", "starting value of this system")
KINDS: dict[str, ParameterKind] = {
    kind.key: kind
    for kind in (
        _kind("review_days", "复核期限（工作日）", "Days for a review (working days)", "days", (1, 5, 30), _HOUSE),
        _kind(
            "hours_target", "每位律师一年的公益工时（分钟）", "Pro bono target per lawyer and year (minutes)",
            "minutes", (0, 3000, 60_000), ("司发通〔2019〕105号：50小时", "Sifatong [2019] 105: 50 hours"),
        ),
        _kind("hours_cases", "或：一年的法律援助案件（件）", "Or: legal aid cases a year", "cases", (0, 2, 100),
              ("司发通〔2019〕105号：2件", "Sifatong [2019] 105: 2 cases")),
        _kind("hours_case_cap", "一个案子最多自动建议（分钟）", "Most minutes suggested for one case", "minutes",
              (1, 180, 6000), _HOUSE),
        _kind("hours_day_cap", "一天最多自动建议（分钟）", "Most minutes suggested for one day", "minutes",
              (1, 480, 1440), _HOUSE),
        _kind("hours_day_flag", "一天超过多少要说明（分钟）", "Minutes a day that ask for a word", "minutes",
              (1, 720, 1440), _HOUSE),
        _kind("points_hour", "每小时公益工时的积分", "Points for an hour pro bono", "points", (0, 10, 1000), _HOUSE),
        _kind("sample_percent", "质量评查抽查比例（%）", "Share drawn for the quality sample (%)", "percent",
              (1, 5, 100), _HOUSE),
        _kind("sample_least", "质量评查最少抽几条", "Least entries drawn for the quality sample", "entries",
              (1, 2, 1000), _HOUSE),
        _kind("award_minutes", "表彰入围的公益工时（分钟）", "Minutes for the award shortlist", "minutes",
              (0, 3000, 60_000), _HOUSE),
        _kind("subsidy", "每份体检的补贴（分）", "Subsidy per checkup (fen)", "fen", (0, 0, 1_000_000), _HOUSE),
        _kind("complaint_days", "投诉首次联系期限（工作日）", "First contact on a complaint (working days)", "days",
              (1, 1, 10), ("上海市优化营商环境条例 30", "Shanghai Business Environment Regulation, art. 30")),
        _kind("ticket_days", "工单答复期限（工作日）", "Answer to a ticket (working days)", "days",
              (1, 5, 15), ("上海市优化营商环境条例 49", "Shanghai Business Environment Regulation, art. 49")),
        _kind("alert_least", "聚集提醒的最少企业数", "Least businesses for a cluster alert", "businesses",
              (10, 10, 1000), _HOUSE),
    )
}  # fmt: skip


# What an emergency may relax on one officer's word: clocks. Money, samples and awards need a second officer.
CLOCKS = frozenset({"review_days", "complaint_days", "ticket_days"})


def value_on(levels: Iterable[Iterable[Decided]], day: dt.date, default: int) -> int:
    """The newest value in force on the day at the lowest level that has one.

    `levels`: what each bureau decided, from one's own upwards to the city.
    """
    for decided in levels:
        in_force = [one for one in decided if one.effective_from <= day]
        if in_force:
            return max(in_force, key=lambda one: one.effective_from).value
    return default
