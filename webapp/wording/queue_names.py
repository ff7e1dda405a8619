"""Codes of the queue and of the conflict check, as people read them."""

LIKENESS = {
    "same_name": "名字一样", "same_code": "信用代码一样", "same_brand": "字号一样", "short_form": "像是简称",
    "pinyin": "拼音一样", "sounds_same": "读音一样，字不同", "abbreviation": "像是缩写", "nearly_same": "只差一点",
    "bears_name": "店名里有这个名字", "other_trade": "字号一样，行业不同", "other_place": "字号一样，地方不同",
    "named_within": "写的话里有这个名字",
}  # fmt: skip
PARTY_ROLES = {"business": "企业", "owner": "店主", "guarantor": "担保人", "counterparty": "对方"}
SIDES = {"client": "本所客户", "adverse": "本所案件的对方"}
RETURN_REASONS = {
    "unsaid": "不说", "no_time": "没有时间", "not_my_field": "不是我的领域", "away": "出差或休假",
    "language": "语言不通",
}  # fmt: skip
GREEN = {"ringing": "正在叫人", "held": "有人接了", "done": "已办"}
QUEUE = {
    "open": "全部未完", "waiting": "待领取", "mine": "我在办的", "offered": "请我看的", "sign": "等合伙人签字",
    "done": "已签发",
}  # fmt: skip
SORTS = {"press": "最急的在前", "newest": "最新的在前", "oldest": "最早的在前", "name": "按名称"}
CLOCKS = {"take": "该领取", "review": "该签发", "reply": "该回复", "legal": "店主的期限", "green": "绿色通道"}
WEEKDAYS = {"1": "周一", "2": "周二", "3": "周三", "4": "周四", "5": "周五", "6": "周六", "7": "周日"}
ACTS = {
    "parties.changed": "改客户与对方名单",
    "case.returned": "退回待领取", "conflict.clear": "利益冲突：没有", "conflict.recuse": "利益冲突：回避",
    "conflict.ask_partner": "利益冲突：请合伙人决定",
}  # fmt: skip
TABLES = {
    "green_call": "绿色通道", "review_event": "复核进度", "case_parties": "您告诉的名字",
    "conflict_check": "利益冲突检查",
}  # fmt: skip
CHANNELS = {"sms": "短信", "email": "邮件", "page": "自己的页面"}
POINTS = {
    "database": "数据库", "migrations": "表结构", "worker": "后台任务", "disk": "磁盘", "mail": "邮件", "sms": "短信",
    "holidays": "放假安排", "clock": "时钟",
}  # fmt: skip
POINT_FAULTS = {
    "database": "连不上。", "migrations": "比程序旧，请运行 famai migrate。",
    "worker": "没有动静，请看它还在不在运行。",
    "disk": "快满了。", "mail": "没有出路，邮件都留着没发。", "sms": "没有出路，短信都留着没发。",
    "holidays": "快用完了，下一年的随升级来。", "clock": "和数据库的机器不一样，请对时。",
}  # fmt: skip
JOB_QUEUES = {
    "default": "日常", "outside": "往外发", "renders": "出报告", "photos": "读照片",
    "drafts": "统计和备份", "clocks": "按时做的",
}  # fmt: skip
ACTIVITY_PLACES = {"network": "一个网络", "phone": "一个人"}
ACTIVITIES = {"begun": "开始体检", "finished": "做完体检"}
FILTERS = {
    "activity_place": ACTIVITY_PLACES, "activity_name": ACTIVITIES,
    "job_queue": JOB_QUEUES, "point_fault": POINT_FAULTS,
    "channel_name": CHANNELS, "point_name": POINTS,
    "likeness_name": LIKENESS, "party_role": PARTY_ROLES, "side_name": SIDES, "return_reason": RETURN_REASONS,
    "green_state": GREEN, "queue_state": QUEUE, "clock_name": CLOCKS,
}  # fmt: skip
