"""The words of a printed sheet in zh-Hans and en, and in plain words when a question is to be answered at all. Pure."""

from collections.abc import Sequence

from checkup.assisting.paper_rules import STAFF, questions_of
from checkup.packs.conditions import ALWAYS, Compare, Condition
from checkup.packs.values import Pack, Question, Text


def _t(zh: str, en: str) -> dict[str, str]:
    return {"zh-Hans": zh, "en": en}


# `assist_rules.SHEET_TEXT` is the version of what stands under `consent`: other words there are another version.
WORDS: dict[str, Text] = {
    "title": _t("小店法治体检", "Legal checkup for small businesses"),
    "lead": _t(
        "不用手机也能做。答{count}题，五到十分钟，免费，不推销。",
        "No phone needed. {count} questions, five to ten minutes, free, nothing is sold.",
    ),
    "code": _t("这张纸的码", "Code of this sheet"),
    "return_by": _t("请在{day}以前交回{station}。", "Please bring it back to {station} by {day}."),
    "read_out": _t("打电话来，也报这个码。", "Say this code when you call."),
    "how": _t("怎么填", "How to fill it in"),
    "how_tick": _t(
        "在方框里打勾 ✓。写着“可以勾几个”的题可以勾几个，别的题只勾一个。勾错了划掉，再勾一个。",
        "Tick the box ✓. Where it says “tick all that apply” you may tick several, elsewhere one. A wrong tick: cross "
        "it out and tick another.",
    ),
    "how_unsure": _t(
        "不清楚、不想说，就勾“不清楚 / 不想说”，没有关系。看不懂的题先空着，交的时候问我们。",
        "Not sure, or rather not say? Tick “Not sure / rather not say”: that is fine. Leave what you do not understand "
        "and ask us when you bring it back.",
    ),
    "how_path": _t(
        "题目下面写着“……才填”“……就不用填”的，照着跳过去。",
        "Where it says “only if …” or “skip this if …”, go by it.",
    ),
    "how_names": _t(
        "不写姓名、店名、电话、身份证号。",
        "Write no name, no shop's name, no phone number, no identity number.",
    ),
    "next": _t("交回以后", "Afterwards"),
    "next_words": _t(
        "我们录进去，给您一张认领单，体检就在您自己手里了。结果是红绿灯和要先办的事；想请律师看，也免费。急事不要等：打12348。",
        "We type it in and give you a slip with which the checkup is yours. The result is a light and what to do "
        "first; a lawyer's look is free too. Do not wait with what is urgent: call 12348.",
    ),
    "consent": _t("请看过再签字", "Read this, then sign"),
    "consent_type": _t(
        "我是这家店的老板本人，满18岁。请{station}的专员把这张纸录进系统：录两遍，最多两位专员看到我填的回答。他们有保密义务。",
        "I own this business and am 18 or older. The helpers of {station} may type this sheet in: it is typed twice, "
        "and at most two helpers see what I answered. They are bound to secrecy.",
    ),
    "consent_result": _t(
        "录完，专员只看得到红绿灯和下一步。我一认领，或者说一声不要，他们马上就看不到；最多两周。",
        "Afterwards the helper sees the light and the next step alone. Once I take the checkup over, or say so, they "
        "see nothing any more; after two weeks in any case.",
    ),
    "consent_paper": _t(
        "录完，这张纸还给我，站里不留、不拍照。谁看过、录过什么，我都查得到；想删，随时可以全部删掉。",
        "This sheet is given back to me; the station keeps no copy and no picture. I can look up who saw and typed "
        "what, and erase everything at any time.",
    ),
    "consent_findings": _t(
        "查出什么，也让专员看，好念给我听（可以不勾）",
        "The helper may also see what was found, to read it out to me (optional)",
    ),
    "signature": _t("签名", "Signature"),
    "signed_on": _t("日期", "Date"),
    "year_month_day": _t("　　　年　　月　　日", "day / month / year"),
    "about": _t("先说说您的店", "About your business"),
    "trade": _t("主要做什么生意？（只勾一个）", "What is your business mainly? (tick one)"),
    "form": _t("店是怎么登记的？（只勾一个）", "How is it registered? (tick one)"),
    "staff": _t(
        "除了您自己，几个人干活？家人帮工也算。", "Besides yourself, how many people work there? Family counts."
    ),
    "people": _t("人（没有就写0）", "people (none: write 0)"),
    "many": _t("可以勾几个", "tick all that apply"),
    "unsure": _t("不清楚 / 不想说", "Not sure / rather not say"),
    "yes": _t("是", "Yes"),
    "no": _t("不是", "No"),
    "thanks": _t("填完了，谢谢！第一页签了字吗？", "Done, thank you! Have you signed the first page?"),
}
_ONLY_STAFF = _t("除了您自己还有人干活，才填这题", "Only if anybody besides yourself works there")
_ONLY_ONE = _t("第{number}题勾了“{named}”，才填这题", "Only if you ticked “{named}” in question {number}")
_ONLY_ANY = _t(
    "第{number}题勾了下面任何一个，才填这题：{named}", "Only if you ticked any of these in question {number}: {named}"
)
_NOT_ANY = _t(
    "第{number}题没有勾下面任何一个，才填这题：{named}",
    "Only if you ticked none of these in question {number}: {named}",
)
_BETWEEN = _t("、", ", ")
_LEFT_OUT = _t("第{number}题勾了“{named}”，就不用填这题", "Skip this if you ticked “{named}” in question {number}")
TANGLED = _t("不一定要填：拿不准就空着，交的时候问我们", "Not for everybody: if in doubt leave it blank and ask us")
_FEW = 3  # options that stay out are named instead of those that stay in, where they are so few


def numbers_of(pack: Pack) -> dict[str, int]:
    """Question → its number on the sheet."""
    return {question.id: number for number, question in enumerate(questions_of(pack), 1)}


def only_if(pack: Pack, question: Question) -> Text | None:
    """When the question is to be answered, None where it always is.

    A condition too tangled for a line of plain words is said to be one: she leaves the question to the helper.
    """
    return None if question.ask == ALWAYS else _said(pack, question.ask) or TANGLED


def _said(pack: Pack, condition: Condition) -> Text | None:
    if not isinstance(condition, Compare) or condition.operator not in ("ge", "gt", "is", "in", "has"):
        return None
    if condition.ref == STAFF:
        return _ONLY_STAFF if _is_anybody(condition) else None
    number = numbers_of(pack).get(condition.ref)
    if number is None or condition.operator in ("ge", "gt"):
        return None
    operands = condition.operand if isinstance(condition.operand, tuple) else (condition.operand,)
    return _of_options(pack.question(condition.ref), number, [str(one) for one in operands], condition.negated)


def _is_anybody(condition: Compare) -> bool:
    limit = {"ge": 1.0, "gt": 0.0}.get(condition.operator)
    return not condition.negated and condition.operand == limit


def _of_options(asked: Question, number: int, named: Sequence[str], negated: bool) -> Text | None:
    options = [(option.id, option.text) for option in asked.options]
    if asked.kind == "yes_no":
        options = [("yes", WORDS["yes"]), ("no", WORDS["no"])]
    chosen = [text for id_, text in options if id_ in named]
    others = [text for id_, text in options if id_ not in named]
    if len(chosen) != len(named):
        return None
    if negated:
        template, listed = _NOT_ANY, chosen
    elif len(chosen) > 1 and asked.kind == "choice" and len(others) <= _FEW:
        template, listed = _LEFT_OUT, others
    else:
        template, listed = (_ONLY_ONE if len(chosen) == 1 else _ONLY_ANY), chosen
    joined = {language: _joined(language, listed, template) for language in _BETWEEN}
    return {language: template[language].format(number=number, named=joined[language]) for language in _BETWEEN}


def _joined(language: str, texts: Sequence[Text], template: Text) -> str:
    between = {"zh-Hans": "”或“", "en": "” or “"} if template is _LEFT_OUT else _BETWEEN
    return between[language].join(text[language] for text in texts)
