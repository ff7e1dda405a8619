"""Words for bodies and referrals: what they are, what they do, where a matter stands, why a step is refused."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask

from checkup.aid.values import Terms, Verdict
from tenants.errors import Conflict
from tenants.providers.kinds import CALLINGS, KINDS, SERVICES, Words
from webapp.edge.i18n import LOCALES, names_of, pick
from webapp.edge.i18n import translate as _

STATES = {
    "drafted": "还没发", "offered": "等机构答复", "accepted": "接了，还没开始", "under_way": "在办",
    "more_asked": "等补充", "closed": "办结了", "declined": "机构不办", "withdrawn": "收回了",
}  # fmt: skip
# What comes by the last day, as everybody reads it who takes part.
NEXT = {
    "offered": "最晚{day}答复", "accepted": "最晚{day}开始", "under_way": "最晚{day}有进展",
    "more_asked": "最晚{day}补充",
}  # fmt: skip
REASONS = {
    "knows_a_party": "认识其中一方，要回避",
    "no_room": "现在排不过来",
    "not_ours": "不归我们办",
    "other": "别的原因",
}
OUTCOMES = {"done": "办成了", "partly": "办成一部分", "failed": "没办成", "elsewhere": "要到别处办"}
STEPS = {
    "accept": "接下", "decline": "不办", "begin": "开始办", "ask": "请补充", "report": "说进展",
    "close": "办结", "charge": "报价",
    "send": "发出", "answer": "补充", "withdraw": "收回", "late": "过了日子还没动静",
}  # fmt: skip
LEVELS = {"matter": "只说事情", "contact": "事情、名字和电话", "files": "事情、名字电话和文件"}

# The pre-check of legal aid: its result, why, the side, the household's income.
AID_RESULTS = {"may": "可能可以", "look": "要人看", "out": "不在范围"}
AID_WHY = {
    "exempt": "这类事法律援助管，您这样的不用查收入。",
    "below_line": "这类事法律援助管，您家的收入也在线以下。",
    "near_line": "这类事法律援助管；您家的收入在线的附近，要中心的人看。",
    "income_unsaid": "这类事法律援助管；收入还没说，要中心的人看。",
    "some_without_line": "您家的收入过了线，但这类事有的人不看收入（比如外来务工讨工钱、受了家暴），要中心的人看。",
    "business_trial": "店里的事，法律还没有列进法律援助。上海在为有困难的小店主探索试点；您这个区办不办，要中心看。",
    "not_plain": "这类事有的能申请、有的不能，要中心的人看。",
    "above_line": "您家的收入过了线，法律援助先给更困难的人。",
    "business_not_yet": "店里的事，法律还没有列进法律援助，您这个区也还没有试点。",
    "no_dispute": "没有和谁争，用不上法律援助。律师、12348都能帮您看。",
}
AID_SIDES = {"claim": "我去要：要钱、要说法", "sued": "别人来要：我被告了、来了通知"}
AID_INCOMES = {
    "below": "{line}元以下",
    "between": "{line}到{ask}元",
    "above": "{ask}元以上",
    "exempt": "有低保、救助、优抚证，或是没固定收入的老人、残疾人",
    "unsaid": "说不准，先不说",
}


@dataclass(frozen=True)
class Refusals:
    """What to say for a code of a Conflict; other codes stay conflicts."""

    words: Mapping[str, str]

    @contextmanager
    def told(self) -> Iterator[list[str]]:
        """Around a step: holds the words for its refusal, if it was refused."""
        refused: list[str] = []
        try:
            yield refused
        except Conflict as conflict:
            if conflict.code not in self.words:
                raise
            refused.append(_(self.words[conflict.code]))


CONFLICTS = Refusals(
    {
        "running": "这件事已经有一家机构在办。要换，请先收回那一家的。",
        "no_room": "这家现在不接新的了，请换一家。",
        "not_now": "现在这一步做不了，下面是最新的情况。",
        "not_yours": "现在这一步做不了，下面是最新的情况。",
        "stale": "刚有人动过，下面是最新的情况。",
    }
)


def _named(words: Mapping[str, Words], code: str) -> str:
    return pick(dict(words[code])) if code in words else code


def kind_name(kind: str) -> str:
    return _named(KINDS, kind)


def service_word(service: str) -> str:
    return _named(SERVICES, service)


def calling_name(calling: str) -> str:
    return _named(CALLINGS, calling)


def next_words(state: str, due_on: dt.date) -> str:
    """By when what comes next; empty in a state without a clock."""
    return _(NEXT[state], day=due_on) if state in NEXT else ""


def why_words(verdict: Verdict) -> str:
    return _(AID_WHY[verdict.reason])


def income_words(terms: Terms, income: str) -> str:
    """How she says it, in yuan a month for each of her household, with the district's line."""
    return _(AID_INCOMES[income], line=terms.line, ask=terms.ask)


def init_app(app: Flask) -> None:
    app.jinja_env.filters["language_name"] = LOCALES.__getitem__
    app.jinja_env.filters.update(kind_name=kind_name, service_word=service_word, calling_name=calling_name)
    app.jinja_env.filters.update(aid_result=names_of(AID_RESULTS), aid_why=why_words)
    tables = {"state": STATES, "reason": REASONS, "outcome": OUTCOMES, "step": STEPS, "level": LEVELS}
    app.jinja_env.filters["referral_next"] = next_words
    app.jinja_env.filters.update({f"referral_{name}": names_of(words) for name, words in tables.items()})
