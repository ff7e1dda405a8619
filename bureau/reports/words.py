"""The report's words in both languages. `{name}` is filled with a figure."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("{place}小微企业公共法律服务发展报告", "{place}: public legal services for small businesses"),
    "subtitle": ("{period}年度", "{period}"),
    "subtitle_quarter": ("{period}季报", "{period}, quarterly"),
    "summary": ("概要", "Summary"),
    "summary_reach": (
        "本期有{businesses}家企业同意计入统计，其中{urgent}家查出了不能等的急事。",
        "{businesses} businesses agreed to be counted; {urgent} of them had something that could not wait.",
    ),
    "summary_work": (
        "律师签发了{signed}份体检报告，{on_time}份在期限内签发；从提交到签发，一半不超过{median_days}个工作日。",
        "Lawyers signed {signed} checkups, {on_time} in time; half took no more than {median_days} working days.",
    ),
    "summary_hours": (
        "核实的公益工时共{minutes}分钟，{reached}位律师达到了全年目标（共{lawyers}位）。",
        "{minutes} pro bono minutes were verified; {reached} of {lawyers} lawyers reached the yearly target.",
    ),
    "summary_voice": (
        "店主给服务打分{ratings}次，平均{rating_mean}分（满分5分）；提出投诉{complaints}件。",
        "Owners rated the service {ratings} times, {rating_mean} of 5 on average; {complaints} complaints were made.",
    ),
    "summary_unrated": (
        "公布的评分有{ratings}次；提出投诉{complaints}件。",
        "Published ratings: {ratings}; complaints made: {complaints}.",
    ),
    "money": ("减免和缓缴", "Fees waived and put off"),
    "money_text": (
        "全部免收的企业{waivers}家，共减免{waived}元，缓缴{deferred}元。",
        "{waivers} businesses were let off everything; CNY {waived} let off and CNY {deferred} put off in all.",
    ),
    "indicators": ("评价指标", "Indicators"),
    "indicator_head": (
        "指标|数值|目标|完成|上一期|变化|权重",
        "Indicator|Value|Target|Progress|Before|Change|Weight",
    ),
    "total": ("加权完成度：{total}。", "Weighted progress: {total}."),
    "changed_definition": ("定义变过，不比较", "definition changed, not compared"),
    "risks": ("问题出在哪里", "Where the risks are"),
    "risks_caption": ("查出问题的企业数，按方面", "Businesses with a finding, by area of law"),
    "grades_caption": ("企业数，按等级", "Businesses by grade"),
    "districts": ("各区情况", "By district"),
    "districts_head": ("区|参加统计的企业|查出急事的", "District|Businesses counted|With something urgent"),
    "indicator_by_district": ("{name}，按区", "{name}, by district"),
    "method": ("方法", "Method"),
    "method_consent": (
        "只统计店主同意计入的企业。每家企业一个季度只算一次，以最近提交的一次体检为准。",
        "Only businesses whose owners agreed are counted, each once per quarter by its newest checkup.",
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
    "withheld_mark": ("<{k}", "<{k}"),
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
