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
        "（那一年的放假安排还没公布，以国务院放假通知为准）",
        "(that year's holidays are not announced; subject to the State Council's notice)",
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
    "held": _t(
        "等级先定在{grade}，因为还没办好：{names}。办好就会升上去。",
        "The grade stops at {grade} because this is unsolved: {names}. It rises once that is mended.",
    ),
    "held_more": _t(
        "等级先定在{grade}，因为有{count}件事还没办好：{names}等。办好就会升上去。",
        "The grade stops at {grade} because {count} things are unsolved: {names} and more. "
        "It rises once they are mended.",
    ),
    "light": _t("初步结果", "First result"),
    "light_red": _t("红灯：有事不能等", "Red: something cannot wait"),
    "light_orange": _t("橙灯：有事要留意", "Orange: something needs care"),
    "light_yellow": _t(
        "黄灯：问到的没有大事，没问到的还不知道", "Yellow: nothing grave in what was asked, but much was not asked"
    ),
    "light_green": _t(
        "绿灯：问到的没有大事，没问到的也不重", "Green: nothing grave found, and nothing grave left open"
    ),
    "light_grey": _t("灰灯：答清的还不够，先不下结论", "Grey: too little is known for a verdict"),
    "not_enough": _t(
        "答清的还不够，先不给等级。弄清下面几件，结果就出来：",
        "Too little is known for a grade. Find out these first, and the result is there:",
    ),
    "not_enough_found": _t(
        "答清的还不够，看不出有没有别的风险。", "Too little is known to say whether there are other risks."
    ),
    "do_first": _t("先办这{count}件，其余不急", "Do these {count} first; the rest can wait"),
    "do_these": _t("办好这{count}件就行", "Do these {count}"),
    "do_first_of": _t(
        "先办这{count}件，后面还有{more}件也不能拖", "Do these {count} first; {more} more cannot wait either"
    ),
    "how": _t("怎么办", "What to do"),
    "because": _t("为什么说到您", "Why you"),
    "because_chosen": _t("因为您选了{what}。", "Because you chose {what}."),
    "because_of": _t("因为{what}。", "Because of {what}."),
    "because_not": _t("“{question}”里没选“{what}”", "not “{what}” at “{question}”"),
    "because_answer": _t("“{what}”（{question}）", "“{what}” ({question})"),
    "because_between": _t("、", ", "),
    "hints": _t("还没完全做到的", "Not quite done yet"),
    "hints_note": _t(
        "不算发现的风险，也不进签发的报告；顺手做好更稳。",
        "These are no findings and stand in no signed report; doing them makes you safer.",
    ),
    "legal_by": _t("法律规定的期限，最晚", "Legal deadline, by"),
    "past": _t(
        "期限 {day} 已经过了：先问律师还能怎么办",
        "The deadline {day} has passed: first ask a lawyer what is still possible",
    ),
    "no_score": _t("这次没有适用的风险点，不打分。", "No risk applies to you, so there is no score."),
    "first": _t("先做这几件", "Do these first"),
    "by": _t("最晚", "By"),
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
    "nothing": _t("答过的里面，没有发现要处理的。", "In what was answered, nothing to mend was found."),
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
