"""A risk in words, in both languages: when it applies and how it scores. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from checkup.packs.conditions import ALWAYS, Compare, Condition, Fixed, Group, Not
from checkup.packs.values import Basis, LegalDay, Pack, Risk
from tenants.business_details import FORMS
from tenants.districts import DISTRICTS
from tenants.sizes import SIZES, TRADES

_FIELDS = {
    "form": ("登记形式", "form of business"), "section": ("行业门类", "industry section"), "trade": ("行业", "trade"),
    "staff": ("用工人数", "people working"), "revenue": ("年营业额（万元）", "turnover (10,000 yuan)"),
    "assets": ("资产（万元）", "assets (10,000 yuan)"), "district": ("区", "district"), "size": ("规模", "size class"),
}  # fmt: skip
_NAMED = {"form": FORMS, "district": DISTRICTS, "size": SIZES}
_SIGNS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
_WORDS = {
    "zh-Hans": {
        "all": "，并且", "any": "，或者", "not": "不是这样：{part}", "is": "{fact}：{value}",
        "has": "{fact}选了{value}",
        "answered": "答过{fact}", "always": "每家都适用", "never": "从不", "between": "、", "yes": "是", "no": "不是",
        "applies": "什么时候适用", "scores": "可能性怎么定", "otherwise": "其他情况", "unknown": "说不清时取",
        "severity": "严重程度 {level}（权重 {weight}）", "urgent": "什么时候不能等", "basis": "依据", "clock": "期限",
        "days": "天", "months": "个月", "years": "年", "runs": "从{fact}起{amount}{unit}{calendar}",
        "working": "（工作日）", "natural": "", "by": "法律写明的日子：{day}",
        "better": "怎样才会变", "title": "标题", "consequence": "后果", "remedy": "怎么办", "from": "从{day}起",
        "none_of": "这些都没有：{parts}", "between_ways": "；或者",
    },
    "en": {
        "all": ", and ", "any": ", or ", "not": "not so: {part}", "is": "{fact} is {value}",
        "has": "{fact} includes {value}", "answered": "{fact} is answered", "always": "every business",
        "never": "never", "between": ", ", "yes": "yes", "no": "no", "applies": "Applies to",
        "scores": "Likelihood", "otherwise": "otherwise", "unknown": "if unknown",
        "severity": "Severity {level} (weight {weight})", "urgent": "Cannot wait when", "basis": "Law",
        "clock": "Clock", "days": "days", "months": "months", "years": "years",
        "runs": "{amount} {unit}{calendar} from {fact}",
        "working": " (working)", "natural": "", "by": "the day named by the law: {day}",
        "better": "What would change it", "title": "Title", "consequence": "Consequence", "remedy": "Remedy",
        "from": "From {day}", "none_of": "none of these: {parts}", "between_ways": "; or ",
    },
}  # fmt: skip


def explain_risk(pack: Pack, risk: Risk, language: str) -> Iterator[str]:
    """Lines of words. `language`: zh-Hans or en."""
    words = _WORDS[language]
    yield f"{risk.id}  {risk.title[language]}"
    yield f"{words['severity'].format(level=risk.severity, weight=risk.weight)}: {risk.severity_why[language]}"
    yield f"{words['applies']}: {explain_condition(pack, risk.applies, language)}"
    yield f"{words['scores']}:"
    for place, case in enumerate(risk.cases):
        yield f"  {case.is_:.0%}  {explain_condition(pack, case.when, language)}"
        yield from _own_words(risk, risk.worded(case.is_, place), language)
    if risk.table is None:
        yield f"  {risk.otherwise:.0%}  {words['otherwise']}"
        yield from _own_words(risk, risk.worded(risk.otherwise), language)
    if risk.if_unknown is not None:
        yield f"  {risk.if_unknown:.0%}  {words['unknown']}"
    yield f"{words['better']}: {_what_lowers(pack, risk, language)}"
    yield f"{words['consequence']}: {risk.consequence[language]}"
    yield f"{words['remedy']}: {risk.remedy[language]}"
    if risk.urgent not in (Fixed(False), ALWAYS):
        yield f"{words['urgent']}: {explain_condition(pack, risk.urgent, language)}"
    if isinstance(risk.clock, LegalDay):
        yield f"{words['clock']}: {words['by'].format(day=risk.clock.on)}"
    elif risk.clock:
        yield f"{words['clock']}: " + words["runs"].format(
            fact=_fact(pack, risk.clock.question, language),
            amount=risk.clock.amount,
            unit=words[risk.clock.unit],
            calendar=words[risk.clock.calendar],
        )
    yield f"{words['basis']}: {'; '.join(explain_basis(pack, basis, language) for basis in risk.basis)}"
    for variant in risk.variants:
        yield f"{words['from'].format(day=variant.from_)}:"
        told = risk.on(variant.from_)
        yield from _own_words(risk, told, language)
        yield f"      {words['basis']}: {'; '.join(explain_basis(pack, basis, language) for basis in told.basis)}"


def _own_words(risk: Risk, told: Risk, language: str) -> Iterator[str]:
    """What is said in the place of the risk's own words."""
    for name in ("title", "consequence", "remedy"):
        if (text := getattr(told, name)) is not getattr(risk, name):
            yield f"      {_WORDS[language][name]}: {text[language]}"


def _what_lowers(pack: Pack, risk: Risk, language: str) -> str:
    """The answers under which it is least likely."""
    words, values = _WORDS[language], [case.is_ for case in risk.cases]
    lowest = min(values) if risk.table is not None else min(*values, risk.otherwise)
    ways = [explain_condition(pack, case.when, language) for case in risk.cases if case.is_ == lowest]
    if risk.table is None and risk.otherwise == lowest:
        worse = [explain_condition(pack, case.when, language) for case in risk.cases if case.is_ > lowest]
        ways.append(words["none_of"].format(parts=words["between_ways"].join(worse)))
    return f"{lowest:.0%} — {words['between_ways'].join(ways)}"


def explain_basis(pack: Pack, basis: Basis, language: str) -> str:
    articles = _WORDS[language]["between"].join(basis.articles)
    return f"{pack.laws[basis.law].title[language]} {articles} ({basis.version_on})"


def explain_condition(pack: Pack, condition: Condition, language: str) -> str:
    """One condition as a clause."""
    words = _WORDS[language]
    match condition:
        case Fixed(value=value):
            return words["always" if value else "never"]
        case Not(part=part):
            return words["not"].format(part=explain_condition(pack, part, language))
        case Group(operator=operator, parts=parts):
            return words[operator].join(explain_condition(pack, part, language) for part in parts)
        case Compare(negated=True):
            return words["not"].format(part=explain_condition(pack, replace(condition, negated=False), language))
        case Compare(operator="answered", ref=ref):
            return words["answered"].format(fact=_fact(pack, ref, language))
        case Compare(operator=operator, ref=ref, operand=operand) if operator in _SIGNS:
            return (
                f"{_fact(pack, ref, language)} {_SIGNS[operator]} {operand:g}"
                if isinstance(operand, float)
                else (f"{_fact(pack, ref, language)} {_SIGNS[operator]} {operand}")
            )
        case Compare(operator=operator, ref=ref, operand=operand):
            values = operand if isinstance(operand, tuple) else (operand,)
            named = words["between"].join(_value(pack, ref, value, language) for value in values)
            pattern = words["has" if operator == "has" else "is"]
            return pattern.format(fact=_fact(pack, ref, language), value=named)


def _fact(pack: Pack, ref: str, language: str) -> str:
    if ref.startswith("profile."):
        return _FIELDS[ref.removeprefix("profile.")][language == "en"]
    text = pack.question(ref).text[language]
    return f"「{text}」" if language != "en" else f"“{text}”"


def _value(pack: Pack, ref: str, value: str | float, language: str) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if ref == "profile.trade":
        return TRADES[value].name[language] if value in TRADES else value
    if ref.startswith("profile."):
        named = _NAMED.get(ref.removeprefix("profile."), {})
        return named[value][language] if value in named else value
    options = {o.id: o.text[language] for o in pack.question(ref).options}
    return options.get(value) or _WORDS[language].get(value, value)
