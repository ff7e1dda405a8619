"""The words of the scope letter, in the firm's name. Pure: the same facts give the same text, and so the same hash.

Written in zh-Hans and English; zh-Hant is derived. A change of the words is a new `VERSION`.
"""

import hashlib
from dataclasses import dataclass

from tenants.languages import choose

VERSION = "2026-11"
MONTHS_AFTER_SIGNING = 6

_TITLE = {"zh-Hans": "服务说明书", "en": "Scope letter"}
_HEAD = {
    "zh-Hans": "{firm}（执业许可证号 {licence}）致 {business}（体检号 {case_number}）：",
    "en": "{firm} (practice licence {licence}) to {business} (case {case_number}):",
}
_CLAUSES: tuple[tuple[dict[str, str], dict[str, str]], ...] = (
    (
        {"zh-Hans": "我们做什么", "en": "What we do"},
        {
            "zh-Hans": "看您在这次法治体检里的回答和发来的材料，逐条核对系统发现的问题，用大白话写建议，由本所律师"
            "签一份报告；报告签发后，回答您对报告的提问，并确认您做的整改。",
            "en": "We read your answers in this checkup and the papers you send, go through each finding, "
            "write advice in plain words, and one of our lawyers signs a report. After signing we "
            "answer questions about the report and confirm what you have mended.",
        },
    ),
    (
        {"zh-Hans": "我们不做什么", "en": "What we do not do"},
        {
            "zh-Hans": "不代您打官司、谈判、写合同、跑手续，也不查证您回答的真假。报告只根据您说的和您给的材料。法"
            "律规定的期限仍由您自己记着：我们会提醒，但不替您办。",
            "en": "We do not go to court, negotiate, draft contracts or deal with offices for you, and we do "
            "not verify your answers. The report rests on what you say and send. Legal time limits "
            "stay yours to keep: we remind, we do not act for you.",
        },
    ),
    (
        {"zh-Hans": "不收钱", "en": "Free of charge"},
        {
            "zh-Hans": "这项服务全部免费。做完之前，本所和律师不会向您提任何收费的事；您也不用买任何东西。",
            "en": "All of this is free. Until it is done, neither the firm nor the lawyer will offer you "
            "paid work, and you need not buy anything.",
        },
    ),
    (
        {"zh-Hans": "替您保密", "en": "Kept secret"},
        {
            "zh-Hans": "您说的、发的，本所按律师法的规定保密。市场监管、税务、司法局都看不到；只有本所做过利益冲突"
            "检查的律师能看。法律要求说的例外只有一种：正在或准备实施危害国家安全、公共安全或严重危害他"
            "人人身安全的犯罪。",
            "en": "What you say and send is kept secret as the Lawyers Law demands. No market, tax or "
            "justice authority sees it; only lawyers of this firm who have passed a conflict check do. "
            "The law knows one exception: crimes, under way or prepared, against national security, "
            "public safety or, gravely, a person's safety.",
        },
    ),
    (
        {"zh-Hans": "有利益冲突就不接", "en": "No conflict of interest"},
        {
            "zh-Hans": "律师看内容之前，先查本所是不是已经在为跟您有争议的一方办事。有冲突我们就退回，不看内容，并"
            "告诉您。",
            "en": "Before a lawyer reads anything, we check whether the firm already acts for somebody you "
            "have a dispute with. If so we hand the case back unread, and tell you.",
        },
    ),
    (
        {"zh-Hans": "您是谁的客户", "en": "Whose client you are"},
        {
            "zh-Hans": "您点同意，就在上面写的范围内成为本所的客户，不收费；范围以外，您不是本所或任何律师的客户，"
            "双方都没有别的义务。法脉平台、司法局、园区都不是您的律师。",
            "en": "By accepting you become a client of this firm, free of charge, for what is written above "
            "and for nothing else. Beyond it you are nobody's client here, and neither side owes the "
            "other anything. The platform Famai, the justice bureau and the park are not your lawyers.",
        },
    ),
    (
        {"zh-Hans": "到什么时候", "en": "Until when"},
        {
            "zh-Hans": "到报告签发后满{months}个月为止。您随时可以不说理由就结束：在“我的资料”里收回“请律师看”"
            "的同意即可。",
            "en": "Until {months} months after the report is signed. You can end it at any time without a "
            "reason: withdraw “a lawyer reads my answers” under “My data”.",
        },
    ),
    (
        {"zh-Hans": "不满意找谁", "en": "If you are not satisfied"},
        {
            "zh-Hans": "打本所电话 {phone}，或向司法局投诉（12348）。",
            "en": "Call the firm at {phone}, or complain to the justice bureau (12348).",
        },
    ),
)
_FOOT = {
    "zh-Hans": "本函依律师法第二十五条由{firm}统一出具，模板版本 {version}。",
    "en": "Issued by {firm} as a firm, under article 25 of the Lawyers Law. Template {version}.",
}


@dataclass(frozen=True)
class LetterFacts:
    """What the letter names."""

    firm: str
    licence: str
    phone: str
    business: str
    case_number: str


@dataclass(frozen=True)
class Clause:
    heading: str
    text: str


@dataclass(frozen=True)
class Letter:
    """The letter as it is read, in one language."""

    title: str
    head: str
    clauses: tuple[Clause, ...]
    foot: str
    locale: str
    version: str = VERSION

    def text(self) -> str:
        """The whole letter as plain text: this is what is stored and hashed."""
        body = (f"{clause.heading}\n{clause.text}" for clause in self.clauses)
        return "\n\n".join((self.title, self.head, *body, self.foot)) + "\n"

    def digest(self) -> str:
        """SHA-256 of the text in UTF-8, as hexadecimal digits."""
        return text_digest(self.text())


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def draft_letter(facts: LetterFacts, locale: str) -> Letter:
    """The letter for these facts, in zh-Hans, zh-Hant or en."""
    named = {name: " ".join(value.split()) for name, value in vars(facts).items()}
    values = {**named, "months": MONTHS_AFTER_SIGNING, "version": VERSION}
    clauses = tuple(Clause(choose(head, locale), choose(text, locale).format(**values)) for head, text in _CLAUSES)
    return Letter(
        choose(_TITLE, locale),
        choose(_HEAD, locale).format(**values),
        clauses,
        choose(_FOOT, locale).format(**values),
        locale,
    )


def read_letter(text: str, locale: str, version: str) -> Letter:
    """A stored text as a letter again. `text()` of the result is the text."""
    title, head, *body, foot = text.removesuffix("\n").split("\n\n")
    clauses = tuple(Clause(*part.split("\n", 1)) for part in body)
    return Letter(title, head, clauses, foot, locale, version)
