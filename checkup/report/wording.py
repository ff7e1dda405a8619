"""The report's fixed words in zh-Hans and en. Pure."""


def _t(zh: str, en: str) -> dict[str, str]:
    return {"zh-Hans": zh, "en": en}


WORDS = {
    "trial": _t(
        "试运行：这家所正在试运行，报告只供参考", "Trial: this firm is still on trial, the report is for information"
    ),
    "shown_bank": _t(
        "给银行看的一份：等级、得分和数量，没有具体内容",
        "Shared with a bank: grade, scores and counts, no particulars",
    ),
    "shown_landlord": _t(
        "给房东看的一份：等级和安全、环境情况", "Shared with a landlord: the grade, and safety and environment"
    ),
    "may_move": _t(
        "（那一年的放假安排还没公布，只算了周末）",
        "(that year's holidays are not announced; only weekends are counted)",
    ),
    "colour": _t("程度", "How serious"),
    "found": _t("发现", "Found"),
    "mended": _t("律师已确认改好", "Mended, confirmed by a lawyer"),
    "automatic": _t("自动初评，律师尚未看过", "Automatic first look. No lawyer has seen it yet."),
    "signed_by": _t("已由律师复核并签发", "Reviewed and signed by a lawyer"),
    "reviewed": _t("律师复核后", "After the lawyer's review"),
    "by_model": _t("系统初评", "By the model"),
    "partner": _t("合伙人", "Partner"),
    "edition": _t("第{number}版", "edition {number}"),
    "corrected": _t("这一版更正了什么", "What this edition corrects"),
    "reworded": _t("换了说法", "worded anew"),
    "confirm": _t("确认", "confirmed"),
    "dismiss": _t("排除", "ruled out"),
    "changed_to": _t("改为", "changed to"),
    "plain": _t("律师的话", "Your lawyer says"),
    "for_lawyers": _t("专业意见", "For professionals"),
    "grade": _t("等级", "Grade"),
    "score": _t("得分", "Score"),
    "bounds": _t(
        "有些问题还没答或说不清，所以得分在这个范围内",
        "Some questions are open or unsure, so the score lies in this range",
    ),
    "capped": _t(
        "有严重的事还没解决，等级先定在这里。解决了就会升上去。",
        "Something grave is unsolved, so the grade stops here. It rises once that is mended.",
    ),
    "no_score": _t("这次没有适用的风险点，不打分。", "No risk applies to you, so there is no score."),
    "first": _t("先做这几件", "Do these first"),
    "by": _t("最晚", "By"),
    "ask_now": _t("时间很紧，请马上问律师", "Time is short: ask a lawyer at once"),
    "domains": _t("各方面情况", "Area by area"),
    "domain": _t("方面", "Area"),
    "low": _t("最低", "Low"),
    "high": _t("最高", "High"),
    "known": _t("已确认", "Certain"),
    "spread": _t("还说不准", "Open"),
    "chart_alt": _t(
        "各方面得分的条形图，数字见下表。", "Bar chart of the scores by area; the numbers are in the table."
    ),
    "findings": _t("发现的风险", "What we found"),
    "nothing": _t("没有发现要处理的风险，保持下去。", "Nothing to mend was found. Keep it up."),
    "why": _t("为什么要紧", "Why it matters"),
    "todo": _t("先做什么", "What to do first"),
    "gain": _t("做好能加", "Mending it gains"),
    "points": _t("分", "points"),
    "law": _t("法律依据", "The law"),
    "between": _t("；", "; "),
    "colon": _t("：", ": "),
    "comma": _t("，", ", "),
    "open": _t("（", " ("),
    "close": _t("）", ")"),
    "urgent": _t("这个不能等", "This cannot wait"),
    "red": _t("严重", "Serious"),
    "orange": _t("要留意", "Take care"),
    "yellow": _t("轻微", "Minor"),
    "grey": _t("待弄清", "To clarify"),
    "minor": _t("小问题，有空就改", "Small things, when you have time"),
    "minor_note": _t("不急，改好了更稳。", "Not pressing; mending them makes you safer."),
    "rights": _t("您还可以争取的", "What you may claim"),
    "rights_note": _t("这些是您的权利，不算分。", "These are rights of yours; they do not change the score."),
    "clarify": _t("还要弄清的", "Still to clarify"),
    "clarify_note": _t("答清楚以后，这些可能就不是问题。", "Once answered, these may turn out not to be a problem."),
    "dismissed": _t("律师认为不成立的", "Dismissed by the lawyer"),
    "machine": _t("系统判断的可能性", "Likelihood by the model"),
    "lawyer": _t("律师判断的可能性", "Likelihood by the lawyer"),
    "reason": _t("理由", "Reason"),
    "advice": _t("律师的建议", "The lawyer's advice"),
    "verify": _t("核验号", "Verification number"),
    "scan": _t("扫码核对这份报告是真的", "Scan to check that this report is genuine"),
    "about": _t(
        "这份体检根据您自己的回答，不是正式法律意见。您的回答不会给市场监管、税务或其他部门看。",
        "This checkup rests on your own answers and is no formal legal opinion. "
        "No market or tax authority sees your answers.",
    ),
    "made_on": _t("体检日期", "Date of the checkup"),
    "signed_on": _t("签发日期", "Signed on"),
    "pack": _t("体检包", "Pack"),
}
