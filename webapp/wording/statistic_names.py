"""Codes of the statistics and of the door to the city's cloud as people read them."""

from collections.abc import Mapping

from flask import Flask

from checkup.packs.catalogue import get_pack, list_packs
from tenants.districts import DISTRICTS
from tenants.sizes import SIZES
from webapp.edge.i18n import names_of, pick
from webapp.edge.i18n import translate as _

RELEASE_STATES = {
    "drafted": "正在检查", "checked": "检查过，等发布", "shown": "给人先看，等发布",
    "failed": "没通过检查", "published": "已发布",
    "corrected": "已被新的更正", "dropped": "不发布了",
}  # fmt: skip
RELEASE_STEPS = {"show": "给人先看", "publish": "发布", "drop": "不发布"}
RELEASE_METHODS = {"suppression": "不公开小数字", "noise": "加噪声"}
DELIVERIES = {"waiting": "等待", "sent": "已送达", "dead": "送不到"}
SOURCES = {"": "只听不发", "cloud": "企业服务云", "12345": "12345热线", "12348": "12348热线"}
TICKET_STATES = {
    "received": "等司法局转办", "routed": "已转律所，等接", "in_hand": "正在办", "answered": "已办结",
    "declined": "办不了，已说明",
}  # fmt: skip
TICKET_STEPS = {
    "route": "转给这家", "take": "接下", "return": "退回司法局", "answer": "已答复企业，办结", "decline": "办不了",
    "extend": "难办，延长到十五个工作日",
}  # fmt: skip
WISHES = {"checkup": "法治体检", "advice": "法律咨询", "mediation": "调解", "other": "其他"}
SCOPES = {
    "subscription": "改自己的通知地址和密钥", "deliveries": "看送达情况", "tickets": "送工单、查工单",
    "referrals": "收转介、办转介",
}  # fmt: skip
DIMENSION_NAMES = {
    "district": "区", "grade": "等级", "band": "得分", "section": "行业", "size": "规模", "channel": "从哪里来",
    "version": "体检包版本", "mended": "整改", "pace": "多久改好第一条", "stars": "评价", "relief": "费用减缓",
}  # fmt: skip
CAPTIONS = {
    "district": "按区", "grade": "按等级", "band": "按得分", "section": "按行业", "size": "按规模",
    "channel": "按来源", "version": "按体检包版本", "mended": "整改到哪一步", "pace": "整改有多快",
    "stars": "企业怎么评价", "relief": "费用减免和缓缴",
}  # fmt: skip
SECTIONS = {
    "A": "农林牧渔", "C": "制造", "E": "建筑", "F": "批发零售", "G": "运输仓储邮政", "H": "住宿餐饮",
    "I": "信息技术", "K": "房地产", "L": "租赁商务", "O": "居民服务和其他",
}  # fmt: skip
VALUES = {
    "none": "没有", "open": "开始了", "part": "改了一部分", "all": "都改好了", "d30": "30天内", "d90": "90天内",
    "later": "更久", "waived": "免了", "reduced": "减了", "deferred": "缓了", "refused": "没同意", "web": "网上",
    "helper": "专员代填", "cloud": "企业服务云", "hotline": "热线", "kiosk": "自助机", "1": "1星", "2": "2星",
    "3": "3星", "4": "4星", "5": "5星",
}  # fmt: skip
MEASURES = {
    "checkups": "体检次数",
    "waived_fen": "减免（元）",
    "deferred_fen": "缓缴（元）",
    "minutes": "公益工时（分钟）",
}
SCORES = {"mean": "平均", "q1": "下四分之一", "median": "一半", "q3": "上四分之一"}
FAILURES = {
    "nothing": "这段时间还没有企业计入。",
    "small": "这段时间的企业还不到门槛的家数，到时候同全年一起公布。",
    "few": "公布以来，还没有一个数变动到门槛的家数；变动够了才能更正。",
    "year": "这一年已经合起来公布过，季度就不再单独公布。",
    "method": "同一年里，精确的数字和加噪声的数字不能都公开。",
    "budget": "这一年的噪声预算已经用完。",
}
NAMES: dict[str, Mapping[str, str]] = {
    "release_state": RELEASE_STATES, "release_step": RELEASE_STEPS, "method_name": RELEASE_METHODS,
    "delivery_name": DELIVERIES, "source_name": SOURCES, "ticket_state": TICKET_STATES, "ticket_step": TICKET_STEPS,
    "wish_name": WISHES, "scope_name": SCOPES, "dimension_name": DIMENSION_NAMES, "dimension_caption": CAPTIONS,
    "measure_name": MEASURES, "score_name": SCORES, "failure_name": FAILURES,
}  # fmt: skip


def value_name(code: str, dimension: str) -> str:
    """One value of a dimension."""
    if dimension == "district":
        return pick(DISTRICTS[code])
    if dimension == "size":
        return pick(SIZES[code])
    if dimension == "section":
        return _(SECTIONS.get(code, code))
    return _(VALUES[code]) if dimension in ("mended", "pace", "stars", "relief", "channel") else code


def risk_name(risk: str) -> str:
    """The risk in the newest pack that has it."""
    for pack in map(get_pack, list_packs()):
        try:
            return pick(dict(pack.risk(risk).title))
        except KeyError:
            continue
    return risk


def init_app(app: Flask) -> None:
    for name, names in NAMES.items():
        app.jinja_env.filters[name] = names_of(names)
    app.jinja_env.filters.update(value_name=value_name, risk_name=risk_name)
