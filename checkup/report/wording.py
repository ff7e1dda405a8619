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
    "suggested": _t("我们建议{day}前办好", "We suggest by {day}"),
    "days": _t("都是哪几天", "All the days"),
    "day_law": _t("法律规定", "By law"),
    "day_plan": _t("我们建议", "Our suggestion"),
    "things": _t("第{places}件，共{count}件", "No. {places}, {count} in all"),
    "things_one": _t("第{places}件", "No. {places}"),
    "call": _t("有事打给谁", "Whom to call"),
    "call_firm": _t("给您做体检的律师事务所", "The law firm of your checkup"),
    "call_city": _t("公共法律服务热线，什么法律问题都能问", "The public legal service line, for any question of law"),
    "licence": _t("执业许可证号", "Licence no."),
    "address": _t("地址", "Address"),
    "phone": _t("电话", "Phone"),
    "logo": _t("{firm}的标志", "Logo of {firm}"),
    "seal": _t("{firm}的签发标记", "Mark of issue of {firm}"),
    "signatories": _t("签发律师", "Signed by"),
    "domains": _t("各方面情况", "Area by area"),
    "area_red": _t("红灯：有事不能等", "Red: something cannot wait"),
    "area_orange": _t("橙灯：有事要留意", "Orange: something needs care"),
    "area_yellow": _t("黄灯：只有小事", "Yellow: small things only"),
    "area_green": _t("绿灯：没发现问题", "Green: nothing found"),
    "area_grey": _t("灰灯：还没答清", "Grey: not clear yet"),
    "trend_better": _t("比上次好", "better than last time"),
    "trend_worse": _t("比上次差", "worse than last time"),
    "trend_same": _t("和上次一样", "as last time"),
    "trend_note": _t("上次是{day}的体检。", "Last time was the checkup of {day}."),
    "count": _t("{count}件", "{count}"),
    "small_count": _t("小事{count}件，见后面的表", "{count} small, in the table below"),
    "clear_areas": _t("其他方面", "The other areas"),
    "what": _t("什么事", "What"),
    "looked": _t("看了什么，没看什么", "What was looked at, and what was not"),
    "looked_answers": _t(
        "问了{areas}个方面的{asked}题，您答清了{answered}题。",
        "{asked} questions in {areas} areas, {answered} answered clearly.",
    ),
    "looked_not_asked": _t("没有问到的方面：{names}。", "Areas without a question: {names}."),
    "looked_not": _t(
        "体检不包括到店里看，也不包括逐份核对合同、账本、证照的原件。",
        "A checkup includes no visit and no check of contracts, account books or licences against their originals.",
    ),
    "method": _t("怎么得出来的，能管到哪里", "Method and limits"),
    "method_order": _t(
        "每件事按后果多重、可能性多大排先后；有法定期限的、不能等的在最前面。",
        "What is found is ordered by how grave and how likely it is; legal days and what cannot wait come first.",
    ),
    "method_grade": _t(
        "等级按所有答案算；严重的事没办好以前，等级升不上去。每个方面的灯只看那里最重的一件。",
        "The grade counts every answer, and stays low while something serious is unsolved. "
        "The light of an area shows the gravest thing there.",
    ),
    "method_law": _t(
        "法律按{day}有效的条文。以后法律变了，或者您店里的情况变了，结论可能不同。",
        "The law is that of {day}. If it or your business changes, the result may change.",
    ),
    "annex": _t("附：法律依据", "Annex: the law"),
    "annex_note": _t(
        "号码就是正文里的号码，点一下回到那件事。", "Numbered as in the report; each leads back to its item."
    ),
    "see_law": _t("法律依据见附录", "The law is in the annex"),
    "right_mark": _t("权{number}", "R{number}"),
    "in_plain": _t("说的是", "In plain words"),
    "numbers": _t("分数和范围", "Scores and ranges"),
    "technical": _t("技术信息", "Technical details"),
    "domain": _t("方面", "Area"),
    "low": _t("最低", "Low"),
    "high": _t("最高", "High"),
    "findings": _t("发现的风险", "What we found"),
    "nothing": _t("答过的里面，没有发现要处理的。", "In what was answered, nothing to mend was found."),
    "why": _t("为什么要紧", "Why it matters"),
    "todo": _t("先做什么", "What to do first"),
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
    "and_more": _t("，等等", " and more"),
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
