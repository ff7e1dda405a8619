"""An owner's own record, and what the bureau sees of it, as people read them: names of columns, words for codes."""

import re
from collections.abc import Mapping

from flask import Flask

from checkup.packs.answer_words import answer_text
from checkup.packs.answers import Value
from checkup.packs.catalogue import PACK, get_pack
from checkup.packs.values import Question
from tenants.business_details import FORMS
from tenants.districts import DISTRICTS
from tenants.sizes import TRADES
from webapp.edge.i18n import day, moment, pick
from webapp.edge.i18n import translate as _
from webapp.wording import codes, relief_words

COLUMNS = {
    "number": "编号", "case_number": "体检号", "name": "名字", "credit_code": "统一社会信用代码", "form": "登记形式",
    "section": "行业门类", "trade": "行业", "staff": "用工人数", "revenue": "年营业额（万元）",
    "assets": "资产（万元）",
    "district": "区", "size": "规模", "state": "到哪一步", "was": "原来", "became": "变成", "at": "时间", "why": "原因",
    "kind": "哪一种", "act": "做了什么", "actor_name": "谁做的", "who": "谁", "by": "谁", "via": "怎么来的",
    "mode": "体检方式", "focus": "重点领域", "pack": "体检包", "pack_id": "体检包", "pack_version": "体检包版本",
    "pack_hash": "体检包指纹", "locale": "语言", "channel": "从哪里来",
    "link_id": "专项的码", "link_step": "专项数到第几步", "review_wanted": "请律师复核", "score": "得分",
    "score_low": "最低得分", "score_high": "最高得分", "grade": "等级", "grade_low": "最低等级",
    "grade_high": "最高等级", "held_by": "等级由什么定", "answered": "答清了多少", "enough": "够不够下结论",
    "light": "红绿灯", "case_place": "哪种情形", "started_at": "开始", "submitted_at": "提交", "signed_at": "签发",
    "signed_on": "签发日期",
    "verify_number": "核验号", "urgent_count": "急事几件", "finding_count": "发现几件", "next_due": "最近的期限",
    "domains": "领域", "domain": "领域", "question": "问题", "text": "文字", "zh-Hans": "中文", "en": "英文",
    "value": "回答", "title": "标题", "risk": "风险点", "risks": "风险点", "place": "顺序或地点",
    "severity": "严重程度",
    "likelihood": "可能性", "lo": "最低可能性", "hi": "最高可能性", "machine": "机器算的可能性", "priority": "先后",
    "colour": "轻重", "points": "办好加几分", "urgent": "急不急", "due_on": "期限", "due_by": "期限从哪来",
    "law_due_on": "法律规定的期限",
    "lawyer_action": "律师的判断", "action": "律师的判断", "lawyer_likelihood": "律师看的可能性", "reason": "理由",
    "plain": "白话", "advice": "律师的建议", "decided_at": "决定时间", "purpose": "用途", "granted": "同意",
    "text_version": "文本版本", "recipient": "收件人", "address": "地址", "subject": "标题", "body": "内容",
    "queued_at": "发出", "delivered_at": "送到", "owner": "您", "guarantors": "担保人", "counterparties": "对方",
    "days_before": "提前几天", "sent": "发过的", "edition": "第几版", "content_hash": "文件指纹",
    "rendered_at": "生成时间",
    "template_version": "文本版本", "text_hash": "文本指纹", "accepted_how": "怎么同意的", "accepted_at": "同意时间",
    "author": "谁写的", "author_name": "谁写的", "turn": "等谁", "settled_at": "办结时间", "ended_at": "结束时间",
    "files": "文件", "media_type": "文件类型", "service": "服务", "amount": "金额", "calculation": "算法",
    "invoices": "账单", "postings": "账目", "lawyer": "律师", "lawyer_name": "律师", "partner_name": "合伙人",
    "words": "说的话", "lessons": "小课", "given_by": "谁给的", "given_at": "给的时间", "done_at": "做完的时间",
    "answered_right": "答对几题", "provider": "用什么登录", "linked_at": "什么时候连上的",
    "opened_at": "打开时间", "opened": "打开的记录", "changed_at": "改动时间", "proofs": "照片",
    "day": "日期", "minutes": "分钟", "credited_minutes": "认可的分钟", "credited": "认可", "confirmed_by": "谁确认的",
    "confirmed_at": "确认时间", "category": "工时类别", "source": "怎么记的", "spans": "时段", "witness": "见证人",
    "reference": "文号", "basis": "缘由", "listed": "列出的律所", "law": "法律", "article": "条",
    "flagged_at": "标出时间",
    "answered_by": "谁回答", "answered_at": "回答时间", "to": "给谁", "level": "给看多少", "made_at": "做好时间",
    "expires_at": "失效时间", "device": "什么设备", "moment": "什么时候评的", "useful": "有用", "clear": "清楚",
    "helped": "帮上忙",
    "polite": "态度", "wants_call": "想要回电", "rated_at": "评价时间", "phone": "电话", "outcome": "结果",
    "offered_at": "什么时候发给他们的", "late_at": "什么时候说过超时",
    "station_name": "服务站", "helper_name": "服务专员", "shows": "给看多少结果", "began_at": "开始",
    "sheets": "正在录的纸", "sheet_code": "纸上的码", "first_by": "第一遍谁录的", "first_name": "第一遍谁录的",
    "first_at": "第一遍什么时候", "first": "第一遍录的", "second_by": "第二遍谁录的", "second_name": "第二遍谁录的",
    "second_at": "第二遍什么时候", "second": "第二遍录的",
    "shop": "店名", "areas": "请他填的几块", "sees_fixes": "要办的事给他看", "reads_messages": "消息给他看",
    "answer_by": "最晚答应", "delegates": "您请的人", "helps": "帮过您的专员",
    "ends_at": "最晚到", "ended_why": "为什么结束",
    "starts_at": "约的时间", "asked_at": "约的那天", "responsible_name": "谁来打",
    "rung": "叫了几位律师", "due_at": "最晚", "late_since": "从什么时候起超时",
    "wish": "想怎么办", "topic": "哪方面", "received_at": "收到", "added_by": "谁提的",
    "added_at": "放进来", "ground": "理由", "is_declared": "承诺属实",
    "spot_check": "抽查", "applied_at": "申请时间", "days_left": "还剩几个工作日",
    "decided_by": "决定人的编号", "appeal_by": "看申诉的人的编号",
    "decided_name": "谁决定的",
    "appeal_name": "谁看申诉", "answer": "够不够条件", "facts": "情况", "turnover_fall": "生意少了（%）",
    "loss_months": "亏损月数", "wage_arrears": "欠工资月数", "rent_arrears": "欠房租月数",
    "overdue_share": "别人欠款占比（%）", "struck": "受灾或关店", "certificates": "证明", "signed_name": "签名",
    "said": "来往的话", "role": "身份", "move": "做了什么", "papers": "材料", "paper": "材料", "relief": "减、免、缓",
    "fee_kinds": "哪些费用", "basis_points": "比例（万分之）", "months": "月数", "instalments": "期数",
    "cap_minor": "上限（分）", "used_minor": "用掉（分）", "unit_minor": "单价（分）", "valid_from": "生效",
    "valid_until": "到期", "resets": "再缓次数", "certificate": "证明编号", "certificate_number": "证明编号",
    "certificate_path": "证明存放的地方",
    "revoked_for": "撤销原因", "version": "版本", "sealed_words": "锁着的话", "sealed_phone": "锁着的电话",
    "sealed_outcome": "锁着的结果", "wrapped_key": "锁着的钥匙", "entry_number": "日志第几条", "entry_hash": "日志指纹",
    "field": "哪一项", "checks": "别处查过的", "on": "哪天", "registered_on": "成立或注册日期",
    "hash": "指纹", "previous_hash": "上一条的指纹", "checkup": "体检", "answers": "回答", "in_words": "回答",
}  # fmt: skip
CODES = {
    **relief_words.STATES, **relief_words.RELIEFS,
    "started": "已开始", "answering": "在答题", "submitted": "已提交", "in_review": "律师在看", "signed": "已签发",
    "closed": "已结束", "withdrawn": "已撤回", "erased": "已删除", "new": "新的", "pool": "等律师领",
    "offered": "已推给律师", "conflict_checked": "查过冲突", "accepted": "已接办", "asked": "等您回答",
    "answered": "您已回答", "clear": "没有冲突", "suggested": "待律师确认", "confirmed": "已确认", "opened": "已收到",
    "settled": "已办结", "ringing": "在叫律师", "review": "复核", "conflict": "利益冲突", "green": "绿色通道",
    "owner": "您", "firm": "律所", "bureau": "司法局", "lawyer": "律师", "system": "系统", "nobody": "不用谁",
    "web": "网页", "page": "网页", "carried": "沿用上次", "express": "五分钟体检", "activity": "系统计时",
    "checkup": "体检", "micro": "微型", "small": "小型", "medium": "中型", "large": "大型", "none": "没有", "yes": "够",
    "likely": "可能够", "mediation": "调解", "advice": "咨询",
    "person": "要人看", "waive": "免", "reduce": "减", "defer": "缓", "confirm": "已确认", "change": "已修改",
    "dismiss": "已排除", "found": "发现", "possible": "可能", "unknown": "没说清", "hint": "提醒", "code": "用验证码",
    "booked": "约好了", "made": "打过了", "missed": "没人接", "cancelled": "取消了", "lapsed": "没打成",
    "fill": "帮您填", "claimed": "您认领了", "light": "只有灯", "call": "来电", "in_person": "当面",
    "paper": "纸上写的",
    "phone": "电话", "findings": "灯和查出的问题",
    "delegate": "您请的人", "accountant": "代账会计", "manager": "店长、管事的", "family": "家人", "other": "别的帮手",
    "ran_out": "到期了", "other_helper": "换了一位专员", "moved": "转到了律所", "helper": "服务专员", "hotline": "热线",
    "statistics": "全市统计", "cloud": "企业服务云", "follow_up": "提醒复查", "bank": "银行", "landlord": "房东",
    "wechat": "微信", "suishenban": "随申办",
    "full": "整份", "question": "提问", "own_wish": "自己想请", "licence": "营业执照", "register": "登记机关",
    "waiting": "在读", "nothing": "没读到", "failed": "没读成",
    "credit_code": "统一社会信用代码", "form": "登记形式", "district": "区", "address": "地址",
    "registered_on": "成立或注册日期",
}  # fmt: skip
_FREE = {"words", "name", "text", "why", "reason", "advice", "plain", "body", "subject", "value", "device"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PROFILE = {"form": FORMS, "district": DISTRICTS, "trade": {id_: one.name for id_, one in TRADES.items()}}
_IDS = {
    "id",
    "decided_by",
    "appeal_by",
    "hash",
    "previous_hash",
    "pack_hash",
    "content_hash",
    "text_hash",
    "entry_hash",
    "replies_to",
}


def is_machine_number(column: str) -> bool:
    """Whether only a machine reads it: an id, a check sum."""
    return column in _IDS or column.endswith("_id")


def column_name(column: str) -> str:
    return _("机器用的编号") if column.endswith("id") and is_machine_number(column) else _word(column, COLUMNS)


def own_value(value: object, column: str) -> object:
    """A value of this column in words; what is no code of ours stays as it is."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return _coded(value, column) if isinstance(value, str) else value


def _coded(value: str, column: str) -> str:
    if column == "at" or column.endswith("_at"):
        return moment(value)
    if _DAY.fullmatch(value):
        return day(value)
    if column == "act" and value in codes.ACTS:
        return _(codes.ACTS[value])
    if column == "colour" and value in codes.COLOURS:
        return _(codes.COLOURS[value])
    if column == "light" and value in codes.LIGHTS:
        return _(codes.LIGHTS[value])
    if column in _PROFILE and value in _PROFILE[column]:
        return pick(dict(_PROFILE[column][value]))
    if column in ("question", "risk", "domain", "topic"):
        return _of_the_pack(value)
    return value if column in _FREE or value not in CODES else _word(value, CODES)


def _of_the_pack(id_: str) -> str:
    pack = get_pack(PACK)
    words = {one.id: one.text for one in pack.questions} | {one.id: one.title for one in pack.risks}
    words |= {one.id: one.name for one in pack.domains}
    return pick(dict(words[id_])) if id_ in words else id_


def _word(code: str, words: Mapping[str, str]) -> str:
    return _(words[code]) if code in words else code.replace("_", " ")


def answer_words(value: Value, question: Question) -> str:
    """An answer by its option's own text, in the reader's language."""
    return pick(dict(answer_text(question, value)))


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(column_name=column_name, own_value=own_value, answer_words=answer_words)
    app.jinja_env.tests["machine_number"] = is_machine_number
