"""Hours in words: durations, states, steps of a suggestion, reasons of anomalies; each in the reader's language."""

import uuid
from collections.abc import Mapping

from flask import Flask

from bureau.hours.rules import Category
from bureau.hours.time_spans import show_spans
from bureau.quality.models import HourAnomaly
from tenants.clock import city_day, now
from webapp.edge.i18n import names_of, own_name
from webapp.edge.i18n import translate as _

STATES = {
    "suggested": "建议", "submitted": "待确认", "questioned": "有疑问", "confirmed": "已确认", "sampled": "抽中评查",
    "verified": "已核实", "rejected": "未认定", "replied": "已申辩", "upheld": "维持不认定", "replaced": "已更正",
    "dropped": "不报",
}  # fmt: skip
STEPS = {
    "beats": "页面在用的分钟", "saves": "保存时的分钟", "gaps": "短间隔（阅读）", "claimed": "别的记录里已有",
    "case_cap": "超过单个案子的上限", "day_cap": "超过一天的上限",
}  # fmt: skip
SOURCES = {"activity": "系统建议", "amended": "律师更正", "form": "线下填报", "gathering": "讲座、咨询日"}
CONFIRMERS = {"owner": "业主", "firm": "律所", "bureau": "司法局", "lawyer": "律师", "system": "系统"}
OWNER_SAYS = {"owner:less": "业主说：没这么久", "owner:more": "业主说：不止这些", "owner:none": "业主说：没有这回事"}
ANOMALIES = {
    "long_day": "这一天合计{hours}，超过{limit}。可能是忘了关，也可能真的忙到很晚。",
    "overlap": "两条记录有{minutes}分钟重叠；重叠的只算一次。可能是一边办体检一边接待。",
    "no_activity": "报了{minutes}分钟，但这段时间页面上没有任何活动。可能是当面谈、打电话或看纸质材料。",
    "copied": "{count}份报告的建议几乎一样。可能是同类小店情况相同，也可能是没有逐家写。",
    "busy_owner": "同一位业主{days}天里确认了{count}条。可能是她有好几家店。",
}
CHECKS = {
    "timely": "复核及时", "every_finding": "每条发现都处理了", "reasons": "修改和排除都写了理由",
    "advice": "给了业主建议", "time_fits": "报的时间和工作量相称", "judgement": "对发现的判断合理",
    "urgent_first": "紧急的没有漏", "proof": "地点和证明人齐全",
}  # fmt: skip
MARKS = {"yes": "合格", "no": "不合格", "unclear": "看不出"}
CONFLICTS = {
    "not_now": "这一条的状态已经变了，请看最新的再操作。",
    "same_times": "时间没有变，不用更正；也请只填这一天的时间。",
    "own_hours": "自己的工时不能自己确认：请另一位管理员，或由业主来点。",
    "not_ended": "这一期还没有过完，过完那天之后再抽。",
    "drawn": "这一期已经抽过了，抽签不能重来。",
    "nobody_to_draw": "这一期没有已确认的工时。",
    "nobody_to_assess": "抽中的里面有一条没有别所的评查员能看，没有抽。请先在下面多聘几位，来自不同的律所。",
    "not_all_settled": "还有抽中的没有决定，先决定完再结束这一期。",
    "nothing_verified": "这一年还没有已核实的工时，开不了证书。",
    "not_agreed": "两位评查员还没有都评完。",
    "set_already": "这一天的类别已经有了。",
}


def duration(minutes: int) -> str:
    """Whole minutes as people say them: 23分钟, 2小时, 2小时5分钟."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return _("{minutes}分钟", minutes=rest)
    return _("{hours}小时{minutes}分钟", hours=hours, minutes=rest) if rest else _("{hours}小时", hours=hours)


def case_ref(checkup_id: uuid.UUID | str | None) -> str:
    """A case as a bureau names it: opaque, the same everywhere."""
    return "–" if checkup_id is None else f"#{str(checkup_id)[-8:]}"


def category_name(names: Mapping[str, Category], code: str) -> str:
    found = names.get(code)
    if found is None:
        return code
    return own_name(found)


def reason_of(anomaly: HourAnomaly) -> str:
    """Why it stands out, in words, with what it may well be."""
    numbers = dict(anomaly.numbers)
    if anomaly.kind == "long_day":
        return _(ANOMALIES["long_day"], hours=duration(numbers["minutes"]), limit=duration(numbers["flag"]))
    return _(ANOMALIES[anomaly.kind], **numbers)


def why_text(why: str) -> str:
    """The reason of an event: an owner's answer by code, or words."""
    return _(OWNER_SAYS[why]) if why in OWNER_SAYS else why


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        duration=duration,
        case_ref=case_ref,
        clock_times=show_spans,
        anomaly_reason=reason_of,
        why_text=why_text,
        hour_state=names_of(STATES),
        hour_step=names_of(STEPS),
        hour_source=names_of(SOURCES),
        check_item=names_of(CHECKS),
        check_mark=names_of(MARKS),
        hour_confirmer=names_of(CONFIRMERS),
    )
    app.jinja_env.globals.update(category_name=category_name, this_year=lambda: city_day(now()).year)
