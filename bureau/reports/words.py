"""The report's words in both languages. `{name}` is filled with a figure."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("{place}小微企业公共法律服务发展报告", "{place}: public legal services for small businesses"),
    "subtitle": ("{period}年度", "{period}"),
    "subtitle_quarter": ("{period}季报", "{period}, quarterly"),
    "summary": ("概要", "Summary"),
    "provisional": (
        "（暂时的：截至{as_of}，这个时期还没有结束）",
        " (provisional: to {as_of}, the period has not ended)",
    ),
    "comma": ("、", ", "),
    "coverage_days": (
        "办理、工时、投诉和问卷的数字：{first}至{last}。",
        "Numbers on work, hours and complaints: {first} to {last}.",
    ),
    "coverage_releases": (
        "企业的数字：第{numbers}号统计发布。",
        "Numbers on businesses: statistical release {numbers}.",
    ),
    "coverage_year": (
        "企业的数字：第{numbers}号统计发布，只含已经公布的{count}个季度（{quarters}）。",
        "Numbers on businesses: statistical release {numbers}; quarters published so far: {count} ({quarters}).",
    ),
    "coverage_none": (
        "这个时期还没有统计发布，所以没有企业的数字。",
        "Nothing has been released for this period, so there are no numbers on businesses.",
    ),
    "summary_reach": (
        "同意计入统计的企业：{businesses|家}；其中查出不能等的急事的：{urgent|家}。",
        "Businesses that agreed to be counted: {businesses}; of these with something that could not wait: {urgent}.",
    ),
    "summary_reach_year": (
        "同意计入统计的企业，各季度相加：{businesses|家次}；其中查出不能等的急事的：{urgent|家次}。",
        "Businesses that agreed to be counted, quarters added up (one that came in two counts twice): {businesses}; "
        "of these with something that could not wait: {urgent}.",
    ),
    "summary_distinct": (
        "全年不重复的企业：{distinct|家}。",
        "Different businesses in the year, each counted once: {distinct}.",
    ),
    "no_distinct": (
        "全年不重复的企业数，要等全年的统计发布以后才有。",
        "How many different businesses these were will be known from the release of the whole year.",
    ),
    "summary_signed": (
        "律师签发体检报告：{signed|份}；从提交到签发，一半不超过{median_days}个工作日。",
        "Checkups signed by lawyers: {signed}; half took no more than {median_days} working days.",
    ),
    "summary_due": (
        "到期的复核（不管签没签）：{due|份}，其中按时签发：{on_time|份}。",
        "Reviews that fell due, signed or not: {due}; signed in time: {on_time}.",
    ),
    "summary_hours": (
        "核实的公益工时共{minutes}分钟；有工时的律师{lawyers|位}，其中达到全年目标的{reached|位}。",
        "{minutes} pro bono minutes were verified; {reached} of {lawyers} lawyers with hours reached their target.",
    ),
    "summary_voice": (
        "店主给服务打分：{ratings|次}，平均{rating_mean|分}（满分5分）；提出投诉{complaints}件。",
        "Owners rated the service {ratings} times, {rating_mean} of 5 on average; {complaints} complaints were made.",
    ),
    "summary_unrated": (
        "公布的评分：{ratings|次}；提出投诉{complaints}件。",
        "Published ratings: {ratings}; complaints made: {complaints}.",
    ),
    "summary_bodies": (
        "转给公证、调解、仲裁等机构的事：{sent|件}，其中调解：{mediations|件}。",
        "Matters handed to notaries, mediators, arbitrators and others: {sent}; of these to mediation: {mediations}.",
    ),
    "summary_talks": (
        "请对方来谈的调解，有结果的：{ended|件}；一半不超过{days}个工作日。",
        "Mediations with the other side that ended: {ended}; half took no more than {days} working days.",
    ),
    "summary_talks_done": (
        "调解机构办成或部分办成的：{done|件}。",
        "Done by mediators, wholly or in part: {done}.",
    ),
    "summary_bodies_ended": (
        "有结果的店主：{ended|家}，办成或办成一部分：{done|家}；说帮上了忙、态度好：{well|家}。",
        "Owners whose matter ended: {ended}; done, wholly or in part: {done}; content with the body: {well}.",
    ),
    "summary_gatherings": (
        "办成普法讲座和咨询日：{held|场}，共{minutes|分钟}；公布了人数的，到场：{came|人次}。",
        "Lectures and days of advice held: {held}, {minutes} minutes in all; who came, where that is told: {came}.",
    ),
    "money": ("减免和缓缴", "Fees waived and put off"),
    "money_text": (
        "全部免收的企业：{waivers|家}；共减免：{waived|元}；缓缴：{deferred|元}。",
        "Businesses let off everything: {waivers}; let off in all (CNY): {waived}; put off (CNY): {deferred}.",
    ),
    "indicators": ("评价指标", "Indicators"),
    "indicator_head": (
        "指标|数值|目标|完成|上一期|变化|权重",
        "Indicator|Value|Target|Progress|Before|Change|Weight",
    ),
    "total": ("加权完成度：{total}。", "Weighted progress: {total}."),
    "changed_definition": ("定义变过，不比较", "definition changed, not compared"),
    "not_over": ("时期没结束，不比较", "period not over, not compared"),
    "risks": ("问题出在哪里", "Where the risks are"),
    "risks_caption": ("查出问题的企业数，按方面", "Businesses with a finding, by area of law"),
    "grades_caption": ("企业数，按等级", "Businesses by grade"),
    "risks_caption_year": ("查出问题的家次，按方面", "With a finding, by area of law, quarters added up"),
    "grades_caption_year": ("家次，按等级", "By grade, quarters added up"),
    "districts": ("各区情况", "By district"),
    "districts_head": ("区|参加统计的企业|查出急事的", "District|Businesses counted|With something urgent"),
    "districts_head_year": (
        "区|参加统计的家次|查出急事的家次",
        "District|Counted, quarters added up|With something urgent, quarters added up",
    ),
    "method": ("方法", "Method"),
    "method_consent": (
        "只统计店主同意计入的企业。每家企业一个季度只算一次，以最近提交的一次体检为准；一年里来过几个季度，按季度相加就是几家次。",
        "Only businesses whose owners agreed are counted, each once per quarter by its newest checkup; "
        "quarters added up count a business once for each quarter in which it came.",
    ),
    "method_k": (
        "少于{threshold}家的数字不公布；能由其他数字推算出来的，也一并不公布。发布前对全部公布的数字联合求解，解得出来就不发布。",
        "Counts below {threshold} are withheld, and so are those that could be computed from others. Before a "
        "release all published numbers are solved together; if anything can be recovered, nothing is released.",
    ),
    "method_process": (
        "律师工作和工时的数字来自办理进度，不含企业的名称、回答和问题。",
        "Numbers on lawyers' work and hours come from process records without names, answers or findings.",
    ),
    "method_rerun": (
        "本报告全部由冻结的数字写成。用同一份冻结数据重新生成，得到的文件逐字节相同。冻结数据的校验值：{digest}。",
        "Everything here is written from frozen numbers. Whoever reruns it from the same edition gets the same bytes. "
        "SHA-256 of the edition: {digest}.",
    ),
    "withheld": ("没有公布的数字", "What is withheld"),
    "withheld_text": (
        "下面{count}个数字因为保护企业而不公布（共{all}个）。",
        "The following {count} of {all} numbers are withheld to protect businesses.",
    ),
    "manifest": ("数据清单", "Manifest"),
    "manifest_head": ("代号|数值|单位|来源", "Key|Value|Unit|Source"),
    "formulas_head": ("指标|版本|公式|来源", "Indicator|Version|Formula|Source"),
    "releases_head": ("发布号|校验值（SHA-256）", "Release|Manifest SHA-256"),
    "withheld_mark": ("不公开", "withheld"),
    "unknown": ("暂无", "n/a"),
}
UNITS: Mapping[str, tuple[str, str]] = {
    "count": ("个", "count"),
    "days": ("工作日", "working days"),
    "minutes": ("分钟", "minutes"),
    "fen": ("分", "fen"),
    "share": ("比例", "share"),
    "percent": ("%", "%"),
    "points": ("分", "points"),
}


def word(key: str, locale: str) -> str:
    return WORDS[key][1 if locale == "en" else 0]
