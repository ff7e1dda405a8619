"""Words for mediations: where one stands, what was done, whose it was."""

import datetime as dt

from flask import Flask

from webapp.edge.i18n import names_of
from webapp.edge.i18n import translate as _

STATES = {
    "asked": "等机构请对方", "invited": "等对方答复", "willing": "两边都愿意谈", "refused": "对方不愿意调解",
    "appointing": "调解员等两边同意", "seated": "在谈", "drafted": "协议写好了，等两边签", "signed": "两边都签了",
    "confirmed": "法院确认了", "lapsed": "签了，没去法院确认", "failed": "没谈成", "left": "有一方退出了",
}  # fmt: skip
NEXT = {
    "asked": "最晚{day}请对方", "invited": "最晚{day}答复", "willing": "最晚{day}提调解员",
    "appointing": "最晚{day}说同不同意",
    "seated": "最晚{day}有进展", "drafted": "最晚{day}签", "signed": "最晚{day}一起去法院申请确认",
}  # fmt: skip
STEPS = {
    "ask": "请机构约对方", "invite": "发了邀请", "agree": "愿意谈", "refuse": "不愿意", "appoint": "提了调解员",
    "accept": "同意调解员", "object": "不同意调解员", "seat": "同意调解员，可以谈了", "meet": "定了时间地点",
    "paper": "交了材料", "offer": "放了一个方案", "open": "同意打开方案", "draft": "写了协议", "sign": "签了",
    "settle": "签了，两边都签好了", "fail": "没谈成", "leave": "退出", "confirm": "法院确认了",
    "lapse": "过了30天没确认", "late": "过了日子还没动静",
}  # fmt: skip
SIDES = {"owner": "店主", "other": "对方", "body": "机构", "clock": "到期"}


def next_words(state: str, due_on: dt.date) -> str:
    """By when what comes next; empty in a state without a clock."""
    return _(NEXT[state], day=due_on) if state in NEXT else ""


def init_app(app: Flask) -> None:
    app.jinja_env.filters["mediation_next"] = next_words
    tables = {"state": STATES, "step": STEPS, "side": SIDES}
    app.jinja_env.filters.update({f"mediation_{name}": names_of(words) for name, words in tables.items()})
