"""Relief in words: states, answers, verdicts, moves, refusals; each in the reader's language."""

import datetime as dt

from flask import Flask

from billing.books.money import Money
from billing.books.schedule import plan
from billing.books.terms_wording import kinds_words, relief_words, terms_words
from billing.hardship.facts import CERTIFICATES, PAPERS, STRUCK
from billing.hardship.policy import Outcome, Policy
from billing.waivers.certificates import validity
from billing.waivers.models import Waiver
from tenants.clock import city_day, now
from tenants.sections import SECTION_NAMES
from webapp.edge.i18n import names_of, pick
from webapp.edge.i18n import translate as _
from webapp.wording.money_words import money

STATES = {
    "applied": "已提交，律所先看", "more_asked": "等您补充", "recommended": "等司法局决定", "granted": "批准了",
    "refused": "没有批准", "appealed": "申诉中", "decided": "维持不批", "reset_asked": "申请再缓，等决定",
    "revoked": "撤销了", "withdrawn": "已撤回",
}  # fmt: skip
STAFF_STATES = {
    "applied": "待律所意见", "more_asked": "待业主补充", "recommended": "待决定", "granted": "已批准",
    "refused": "未批准", "appealed": "申诉待决定", "decided": "维持不批", "reset_asked": "再缓待决定",
    "revoked": "已撤销", "withdrawn": "已撤回",
}  # fmt: skip
ANSWERS = {"yes": "符合", "likely": "很可能符合", "person": "要请人看看", "no": "按办法不符合"}
VERDICTS = {"holds": "符合", "fails": "不符合", "near": "差一点", "unknown": "还不清楚"}
MOVES = {
    "apply": "交了申请", "ask": "请业主补充", "answer": "补充", "recommend": "律所意见", "grant": "批准",
    "refuse": "不批准", "appeal": "申诉", "allow": "申诉成立，批准", "uphold": "维持不批", "ask_reset": "申请再缓",
    "reset": "同意再缓", "keep": "不再缓", "revoke": "撤销", "withdraw": "撤回",
}  # fmt: skip
CHECKS = {"none": "没有抽到", "due": "抽查中", "passed": "抽查属实", "failed": "抽查不实"}
REVOKED_FOR = {"false_statement": "当时说的不是真的", "changed": "情况变了", "mistake": "当时批错了"}
VALIDITIES = {
    "valid": "有效", "not_yet": "还没到有效期", "expired": "过期了", "revoked": "撤销了", "erased": "持有人已删除",
}  # fmt: skip
RELIEFS = {"waive": "全免", "reduce": "减一部分", "defer": "晚一点付", "instalments": "分期付"}
POLICY_STATES = {"proposed": "等批准", "approved": "已批准", "rejected": "没批准"}
CONFLICTS = {
    "not_now": "这一步现在做不了：可能别人刚处理过。请看最新的情况。",
    "not_yours": "这一步由别人来做。",
    "stale": "别人刚处理过这份申请，下面是最新的。您写的字还在，请核对后再提交。",
    "same_person": "作出原决定的人不能决定申诉，请另一位同事来。",
    "too_early": "律所还可以提意见，请等它的期限过了再决定。",
    "no_means": "今年的预算不够这一笔了。请降低上限、换一种方式，或者先调整预算。",
    "already_applied": "您已经有一份申请在办了，办完再提新的。",
    "too_late": "过了可以申诉的日子。可以重新申请，或者打 12348 问一问。",
    "no_more_resets": "按办法不能再往后推了。付不出来的话，请打 12348 或者找律所商量。",
    "two_people": "提出的人不能自己批准，请另一位同事来批。",
    "not_simulated": "还在用过去的申请试算，算好了再批。",
    "overlaps": "这段日子已经有另一版批准了，请改日期。",
}
NOT_FUTURE = {"too_late": "生效的日子已经到了，请重新提一版，日子放在以后。"}


def granted_words(row: Waiver) -> str:
    """The relief of a granted waiver with its cap."""
    if row.relief is None:
        return "–"
    shape = {"basis_points": row.basis_points, "months": row.months, "instalments": row.instalments}
    return pick(terms_words(row.relief, cap_minor=row.cap_minor, **shape))


def outcome_words(outcome: Outcome) -> str:
    shape = {"basis_points": outcome.percent * 100, "months": outcome.months, "instalments": outcome.instalments}
    return pick(terms_words(outcome.relief, cap_minor=outcome.cap_minor, **shape))


def preview(outcome: Outcome, policy: Policy, fee: Money) -> str:
    """What a fee would become: `6 期，每期 ¥200，可申请再缓`."""
    today = city_day(now())
    terms = outcome.terms(today)
    left = fee - Money(terms.let_off(fee.amount_minor), fee.currency)
    if terms.lets_off:
        return _("{fee} 的费用，只要付 {left}", fee=money(fee.amount_minor), left=money(left.amount_minor))
    parts = plan(left, today + dt.timedelta(days=14), terms)
    again = _("，可申请再缓") if policy.resets_most else ""
    if len(parts) == 1:
        return _("{fee}，{day} 前付", fee=money(fee.amount_minor), day=parts[0].due_on) + again
    each = money(parts[0].amount.amount_minor)
    return _("{count} 期，每期 {each}", count=len(parts), each=each) + again


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        waiver_state=names_of(STATES),
        waiver_stage=names_of(STAFF_STATES),
        answer_name=names_of(ANSWERS),
        verdict_name=names_of(VERDICTS),
        waiver_move=names_of(MOVES),
        check_name=names_of(CHECKS),
        revoked_name=names_of(REVOKED_FOR),
        validity_name=names_of(VALIDITIES),
        relief_name=names_of(RELIEFS),
        policy_state=names_of(POLICY_STATES),
    )
    app.jinja_env.globals.update(
        CERTIFICATES=CERTIFICATES,
        PAPERS=PAPERS,
        STRUCK=STRUCK,
        SECTION_NAMES=SECTION_NAMES,
        validity=validity,
        granted_words=granted_words,
        outcome_words=outcome_words,
        relief_words=relief_words,
        terms_words=terms_words,
        kinds_words=kinds_words,
        preview=preview,
    )
