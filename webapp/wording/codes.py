"""Stable codes (states, roles, acts) as people read them."""

import datetime as dt
import re
from typing import Protocol

from flask import Flask

from checkup.packs.catalogue import PACK, get_pack
from tenants.clock import city_day
from tenants.firms.profile import initial
from tenants.firms.reception import is_reception
from tenants.sizes import TRADES
from tenants.working_days import is_known
from webapp.edge.i18n import names_of, pick
from webapp.edge.i18n import translate as _
from webapp.wording import queue_names, running_words

STATES = {
    "applied": "等待决定", "admitted": "试运行", "active": "正式运行", "suspended": "已暂停", "left": "已退出",
    "refused": "未准入", "reception": "全市接待处",
}  # fmt: skip
MOVES = {"admit": "准入试运行", "refuse": "不准入", "activate": "正式运行", "suspend": "暂停", "leave": "退出"}
ROLES = {
    "lawyer": "律师", "partner": "合伙人", "firm_admin": "管理员", "officer": "工作人员", "head": "负责人",
    "operator": "平台运营", "clerk": "经办人", "chief": "负责人", "helper": "服务专员", "agent": "经办人",
    "principal": "负责人",
}  # fmt: skip
PROVIDER_STATES = {"listed": "只在价目表里", "admitted": "已准入", "suspended": "已暂停", "left": "已退出"}
PROVIDER_MOVES = {"admit": "准入", "suspend": "暂停", "resume": "恢复", "leave": "退出名册"}
PARTNER_STATES = {
    "applied": "等待决定", "admitted": "已准入", "suspended": "已暂停", "left": "已退出", "refused": "未准入",
}  # fmt: skip
PARTNER_MOVES = {"admit": "准入", "refuse": "不准入", "suspend": "暂停", "resume": "恢复", "leave": "退出"}
STATION_KINDS = {"office": "司法所", "point": "便民服务点", "hotline": "热线"}
STATION_STATES = {"admitted": "开着", "suspended": "已暂停", "left": "已撤"}
STATION_MOVES = {"suspend": "暂停", "resume": "恢复", "leave": "撤掉"}
POST_ACTS = {"begun": "开账号", "changed": "改职务", "renamed": "改名", "reset": "重设登录", "ended": "职务结束"}
ACTS = {
    "staff.login": "登录", "staff.factor": "改登录方式",
    "member.invited": "邀请成员", "member.joined": "成员加入", "member.ended": "成员离开",
    "member.uninvited": "收回邀请", "staff.reset": "用邮件重设密码", "case.reassigned": "转给别的律师",
    "firm.admitted": "准入试运行", "firm.refused": "不准入", "firm.active": "正式运行", "firm.suspended": "暂停",
    "firm.left": "退出", "firm.face": "改门面", "firm.rotated": "换了律所密钥", "case.opened": "打开体检",
    "case.taken": "领取复核", "case.signed": "签发报告", "case.report": "看报告PDF", "consent.changed": "改同意项",
    "business.prefilled": "用了营业执照上的资料", "business.not_hers": "撤掉营业执照上的资料",
    "business.looked_up": "按信用代码向登记机关查",
    "business.corrected": "改生意的资料",
    "case.exported": "导出资料", "case.erased": "删除体检", "case.moved": "转到别的律所",
    "case.chosen": "选定律所", "glass.asked": "申请紧急查看",
    "help.began": "服务专员帮您填", "help.called": "热线按您说的码打开", "help.call": "热线记下来电",
    "help.transferred": "热线转给值班律师", "help.sent": "发认领码", "help.herself": "发续答码，请您自己答",
    "help.submitted": "专员替您点“看结果”", "help.ended": "专员不再看得到", "help.claimed": "您认领了体检",
    "help.typed": "专员录了您的纸", "help.retyped": "专员把您的纸又录了一遍",
    "help.settled": "专员对好两遍，记进了体检",
    "delegate.asked": "您请人帮忙", "delegate.accepted": "答应保密，开始帮忙", "delegate.ended": "不再帮忙，看不到了",
    "ticket.joined": "把工单放进体检", "ticket.left": "把工单取出来",
    "call.booked": "约好律师来电", "call.cancelled": "取消律师来电", "call.made": "电话打过了",
    "call.missed": "电话没人接",
    "letter.accepted": "接受服务说明书", "work.wished": "自己想另请律师", "question.asked": "问业主",
    "glass.allowed": "同意紧急查看", "log.exported": "导出日志",
    "firm.assigned": "改归管理", "firm.reviewed": "再看过",
    "case.first_signed": "签名待合伙人", "case.countersigned": "合伙人签发",
    "case.sent_back": "合伙人退回", "case.taken_back": "收回签名", "case.corrected": "开始更正报告",
    "case.correction_dropped": "放弃更正",
    "member.junior": "改新律师标记", "block.saved": "改文本库",
    "hours.yes": "确认律师的时间", "hours.less": "说律师的时间多了",
    "hours.more": "说律师的时间少了", "hours.none": "说没有这回事", "hours.confirmed": "律所确认工时",
    "hours.questioned": "律所询问工时", "hours.rejected": "不认这条工时", "hours.verified": "核实工时",
    "hours.upheld": "维持不认", "hours.category": "改工时类别", "hours.drawn": "抽取质量评查",
    "hours.closed": "评查结束", "hours.certificate": "开具工时证书", "hours.assessor": "聘任评查员",
    "hours.exported": "导出工时材料",
    "fee.offered": "报价", "fee.refund": "退款", "fee.written_off": "费用不收了", "plan.asked": "换套餐",
    **queue_names.ACTS,
    "referral.sent": "把事转给机构", "mediation.asked": "请机构约对方调解",
    "waiver.applied": "申请减免", "waiver.opened": "打开减免申请", "waiver.ask": "减免：请业主补充",
    "waiver.answer": "减免：业主补充", "waiver.recommend": "减免：律所意见", "waiver.grant": "批准减免",
    "waiver.refuse": "不批准减免", "waiver.appeal": "减免申诉", "waiver.allow": "申诉成立，批准减免",
    "waiver.uphold": "申诉维持不批", "waiver.ask_reset": "申请再缓", "waiver.reset": "同意再缓",
    "waiver.keep": "不再缓", "waiver.revoke": "撤销减免", "waiver.withdraw": "撤回减免申请",
    "waiver.check": "抽查承诺", "waiver.passed": "抽查属实", "policy.approved": "批准减免办法",
}  # fmt: skip

TABLES = {
    "audit_entry": "处理日志", "checkup_event": "办理进度", "progress": "办到哪一步", "answers": "回答",
    "finding": "发现的问题", "business_change": "改过的企业资料", "business_source": "企业资料从哪来",
    "licence_reading": "营业执照上读到的",
    "checkup": "体检", "case_key": "钥匙", "review": "律师复核", "document": "报告文件", "break_glass": "紧急查看",
    "edition": "报告各版", "signing": "签名经过", "erasure": "删除回执", "resume_code": "续答码",
    "fee": "费用", "invoice": "账单", "refund": "退款", "posting": "账目",
    "hour_entry": "律师的公益工时",
    "lot_unit": "政府购买的服务里的一份",
    "lot_settled_unit": "结算过的政府购买服务", "activity_day": "律师的活动记录", "advice_print": "建议的指纹",
    "call_back": "约好的电话", "assistance": "谁帮过您", "claim_code": "认领码",
    "paper_entry": "正在录的纸",
    "case_message": "和律师的消息", "case_file": "发给律师的文件", "scope_letter": "服务说明书",
    "work_wish": "自己想另请律师的意思",
    "fix": "要办的事", "fix_event": "办事的经过", "fix_proof": "办好的照片", "reminder_wish": "提醒方式",
    "referral": "转给机构的事", "referral_event": "转介的经过", "referral_file": "转给机构的文件",
    "referral_rating": "对机构的评价", "referral_hint": "律所指给您的帮手",
    "case_ticket": "放进来的工单", "mediation_rating": "对方对调解的评价",
    "mediation": "调解", "mediation_event": "调解的经过",
    "mediation_paper": "调解的材料", "mediation_offer": "调解的方案",
    "reminder": "发过的提醒", "law_flag": "法律变动", "share": "分享的报告", "rating": "评价", "complaint": "投诉",
    **queue_names.TABLES,
    "waiver": "减免申请（办到哪一步）", "part_key": "单独一把的钥匙（减免申请、约好的电话）",
}  # fmt: skip
PARTS = {
    "fees": "费用",
    "business": "企业", "business_changes": "改过的企业资料", "business_sources": "企业资料从哪来",
    "licence": "营业执照上读到的",
    "checkup": "体检", "answers": "回答", "replaced_answers": "改过的回答",
    "findings": "发现的问题", "editions": "签发的各版报告", "consents": "同意的回执", "events": "办理进度",
    "messages": "收到的通知", "reports": "报告文件", "log": "处理日志",
    "hours": "律师的公益工时",
    "calls": "约好的电话", "helps": "谁帮过您", "sheets": "正在录的纸",
    "correspondence": "和律师的消息", "letters": "服务说明书", "work_wishes": "自己想另请律师的意思",
    "names": "您告诉的名字", "review": "复核进度",
    "fixes": "要办的事", "reminders": "提醒", "law_changes": "法律变动", "shares": "分享的报告", "rating": "评价",
    "referrals": "转给机构的事", "pointed_to": "律所指给您的帮手",
    "tickets": "放进来的工单",
    "complaints": "投诉",
    "waivers": "减免申请",
    "sign_ins": "不等短信，用什么进来",
}  # fmt: skip
EFFECTS = {
    "reviews": "签发的体检",
    "late_reviews": "其中超期的",
    "subsidy_sum": "补贴合计",
    "lawyers": "有公益工时的律师",
    "lawyers_reached": "其中达到目标的",
}
UNITS = {"percent": "百分比", "count": "个数", "days": "工作日数", "points": "分数"}
COLOURS = {"red": "严重", "orange": "要留意", "yellow": "轻微", "grey": "待弄清"}
LIGHTS = {"red": "红灯", "orange": "橙灯", "yellow": "黄灯", "green": "绿灯", "grey": "灰灯"}
DECISIONS = {"confirm": "已确认", "change": "已修改", "dismiss": "已排除"}
STEPS = {
    "sign": "签名", "countersign": "合伙人签字", "send_back": "退回", "take_back": "收回签名", "correct": "开始更正",
    "keep": "放弃更正",
}  # fmt: skip
ORIGINS = {
    "owner": "业主本人", "helper": "服务专员代填", "phone": "电话代填", "in_person": "当面代填", "kiosk": "自助机上填",
    "paper": "纸上写的，专员录入",
    "delegate": "店主请的人代填",
    "registry": "登记信息", "document": "来自材料", "checked": "别处查过",
    "carried": "沿用上次",
}  # fmt: skip
PROFILE = {
    "form": "登记形式", "section": "行业门类", "trade": "行业", "staff": "用工人数", "revenue": "年营业额（万元）",
    "assets": "资产（万元）", "district": "区", "size": "规模",
}  # fmt: skip
LICENCES = {"suspended": "被暂停", "revoked": "被吊销", "unknown": "名册里没有"}
FILTERS = {
    "colour_name": COLOURS, "light_name": LIGHTS, "action_name": DECISIONS, "step_name": STEPS, "origin_name": ORIGINS,
    "profile_field": PROFILE,
    "provider_state": PROVIDER_STATES, "provider_move": PROVIDER_MOVES,
    "station_kind": STATION_KINDS, "station_state": STATION_STATES, "station_move": STATION_MOVES,
    "partner_state": PARTNER_STATES, "partner_move": PARTNER_MOVES,
    "state_name": STATES, "move_name": MOVES, "role_name": ROLES, "post_act": POST_ACTS,
    "act_name": ACTS, "table_name": TABLES,
    "part_name": PARTS, "effect_name": EFFECTS, "unit_name": UNITS, "licence_name": LICENCES,
    **queue_names.FILTERS,
    **running_words.FILTERS,
}  # fmt: skip


def topic_name(topic: str) -> str:
    """The name of an area of law in the pack that owners answer."""
    names = {domain.id: domain.name for domain in get_pack(PACK).domains}
    return pick(dict(names[topic])) if topic in names else _("有急事的")


def match_reason(code: str) -> str:
    """Why a case was offered: `left:1/2`, `domain:emp`, `any_domain`, `language:en`, `hours:19-22`."""
    kind, _colon, value = code.partition(":")
    if kind == "domain":
        return topic_name(value)
    if kind == "language":
        return {"zh": "中文", "en": "English"}.get(value, value)
    words = {
        "left": "本月还可接{value}",
        "any_domain": "什么领域都可以",
        "hours": "{value}点有空",
        "admin": "管理员请您办",
        "successor": "同事离所，转给您",
    }
    return _(words[kind], value=value) if kind in words else code


def weekday_name(number: int) -> str:
    return _(queue_names.WEEKDAYS[str(number)])


def may_move(due: dt.date) -> str:
    """What stands behind a last day that a notice of holidays may still move; nothing where it stands fast."""
    day = city_day(due) if isinstance(due, dt.datetime) else due
    return "" if is_known(day) else _("（以国务院放假通知为准）")


class Named(Protocol):
    """A business of her own list, perhaps without a name yet."""

    @property
    def business_name(self) -> str: ...
    @property
    def trade(self) -> str: ...


def shop_name(one: Named) -> str:
    """What she called it; until she did, what it does."""
    return one.business_name or _("我的店（{trade}）", trade=short_trade(one.trade))


def short_trade(trade: str) -> str:
    """The trade without its examples."""
    return re.split(r"[（(]", pick(TRADES[trade].name))[0].strip()


def init_app(app: Flask) -> None:
    app.jinja_env.globals["is_reception"] = is_reception
    app.jinja_env.filters["shop_name"] = shop_name
    app.jinja_env.filters["initial"] = initial
    app.jinja_env.filters["match_reason"] = match_reason
    app.jinja_env.filters["weekday_name"] = weekday_name
    app.jinja_env.filters["topic_name"] = topic_name
    app.jinja_env.filters["may_move"] = may_move
    for name, names in FILTERS.items():
        app.jinja_env.filters[name] = names_of(names)
