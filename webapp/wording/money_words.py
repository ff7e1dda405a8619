"""Money as people read it: amounts, the sentences of a calculation, states and differences."""

from typing import Any

from flask import Flask

from billing.books.money import Money
from billing.fees.plans import PLANS
from billing.fees.pricing import Line
from webapp.edge.i18n import names_of, pick
from webapp.edge.i18n import translate as _
from webapp.edge.installation import fee_catalogue

LINES = {
    "flat": "固定价",
    "per_unit": "{units} × ¥{each}",
    "bracket_flat": "¥{top}以内，固定价",
    "bracket_share": "¥{below}到¥{top}的部分，按{percent}%",
    "least": "不到¥{limit}的，按¥{limit}收",
    "most": "最多收¥{limit}，超出的不收",
}
INVOICE_STATES = {"pending": "正在开账单", "open": "等您付", "refused": "账单没开成，律所会联系您", "paid": "已付"}
FEE_STATES = {"offered": "报价，等店主决定", "declined": "店主不要", "owed": "待付", "settled": "已结清"}
REFUND_STATES = {"pending": "正在退", "done": "已退", "refused": "没退成"}
DIFFERENCES = {
    "amount_differs": "Stripe说的金额和账上不一样",
    "unknown_customer": "付款人对不上",
    "unknown_invoice": "账上没有这张账单",
    "second_invoice": "同一笔费用在Stripe有两张账单",
    "voided_at_stripe": "Stripe那边把账单作废了",
    "refused_by_stripe": "Stripe没有收下这张账单",
    "unknown_refund": "账上没有这笔退款",
    "refund_failed": "退款没有成功",
    "missing_at_stripe": "Stripe那边没有这张账单",
}
PLAN_STATES = {
    "active": "有效", "trialing": "试用", "past_due": "有欠费，Stripe会再扣", "unpaid": "欠费，已停",
    "canceled": "已取消", "incomplete": "还没付", "incomplete_expired": "没付，已失效", "paused": "已暂停",
}  # fmt: skip
FILTERS = {
    "invoice_state": INVOICE_STATES, "fee_state": FEE_STATES, "refund_state": REFUND_STATES,
    "difference_name": DIFFERENCES, "plan_state": PLAN_STATES,
}  # fmt: skip


def money(amount: Money | float | None) -> str:
    """¥1,234.50; a plain number is fen, a dash where there is none."""
    if amount is None:
        return "–"
    return f"¥{(amount if isinstance(amount, Money) else Money(int(amount))).written()}"


def line_text(line: Line | dict[str, Any]) -> str:
    """One line of a calculation, just made or from the books, as a sentence."""
    if isinstance(line, Line):
        return _(LINES[line.code], **dict(line.params))
    return _(LINES[line["code"]], **line["params"])


def service_name(service_id: str) -> str:
    service = fee_catalogue().services.get(service_id)
    return service_id if service is None else pick(service.name)


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(money=money, line_text=line_text, service_name=service_name)
    app.jinja_env.filters.update({name: names_of(words) for name, words in FILTERS.items()})
    app.jinja_env.globals.update(PLANS=PLANS, fee_catalogue=fee_catalogue)
