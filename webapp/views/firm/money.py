"""The firm's money as its admin sees it: income, what was let off, invoices, refunds, differences with Stripe."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from billing.books.fee_accounts import write_off
from billing.books.money import InvalidMoney, Money
from billing.books.payments import ask_refund, lock_invoice
from billing.fees.firm_money import list_invoice_rows, list_provider_sums, read_sums
from billing.stripe.differences import list_differences
from tenants import audit
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import FieldFault, Invalid
from webapp.edge.audiences import actor, audience, firm_id, staff_work
from webapp.edge.errors import fault_text

blueprint = Blueprint("money", __name__, url_prefix="/firm/money")


def _page(faults: dict[str, str], asked: uuid.UUID | None = None) -> str:
    today = city_day(now())
    year = now().replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    with staff_work() as work:
        return render_template(
            "firm/money.html",
            sums=read_sums(work, firm_id=firm_id()),
            year=read_sums(work, firm_id=firm_id(), since=year),
            providers=list_provider_sums(work, firm_id=firm_id()),
            rows=list_invoice_rows(work, firm_id=firm_id()),
            differences=list_differences(work, firm_id=firm_id()),
            today=today,
            faults=faults,
            asked=asked,
            typed=request.form,
        )


@blueprint.get("")
@audience(Audience.FIRM, may="run_firm")
def show() -> str:
    return _page({})


@blueprint.post("/invoices/<uuid:invoice_id>/refund")
@audience(Audience.FIRM, may="run_firm")
def refund(invoice_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            lock_invoice(work, invoice_id)
            amount = _amount(request.form.get("amount", ""))
            row = ask_refund(work, invoice_id=invoice_id, amount=amount, by=actor().id, now=now())
            audit.note(work, firm_id=row.firm_id, act="fee.refund", by=actor(), owner_id=row.owner_id)
    except Invalid as invalid:
        return _page({fault.field: fault_text(fault) for fault in invalid.faults}, invoice_id), 422
    return redirect(url_for("money.show"))


def _amount(written: str) -> Money:
    try:
        return Money.parse(written[:40])
    except InvalidMoney as refused:
        raise Invalid((FieldFault("amount", refused.code),)) from None


@blueprint.post("/fees/<uuid:fee_id>/write-off")
@audience(Audience.FIRM, may="run_firm")
def give_up(fee_id: uuid.UUID) -> Response:
    with staff_work() as work:
        write_off(work, fee_id=fee_id, now=now(), why="given_up")
        audit.note(work, firm_id=firm_id(), act="fee.written_off", by=actor())
    return redirect(url_for("money.show"))
