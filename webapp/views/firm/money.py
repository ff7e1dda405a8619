"""The firm's money as its admin sees it: income, what was let off, invoices, refunds, differences with Stripe."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.books.fee_accounts import write_off
from billing.books.payments import ask_refund, lock_invoice
from billing.fees.firm_money import list_invoice_rows, list_provider_sums, read_sums
from billing.stripe.differences import list_differences
from tenants import audit
from tenants.clock import city_day, now, start_of
from tenants.database import Audience
from webapp.edge.audiences import actor, audience, firm_id, staff_work
from webapp.forms.firm import RefundForm
from webapp.forms.staff import one_each

blueprint = Blueprint("money", __name__, url_prefix="/firm/money")


def _page(sent: RefundForm | None = None) -> tuple[str, int]:
    today = city_day(now())
    year = start_of(today.replace(month=1, day=1))
    with staff_work() as work:
        rows = list_invoice_rows(work, firm_id=firm_id())
        page = render_template(
            "firm/money.html",
            sums=read_sums(work, firm_id=firm_id()),
            year=read_sums(work, firm_id=firm_id(), since=year),
            providers=list_provider_sums(work, firm_id=firm_id()),
            rows=rows,
            forms=one_each(RefundForm, [row.invoice.id for row in rows], sent),
            differences=list_differences(work, firm_id=firm_id()),
            today=today,
        )
    return page, sent.status if sent else 200


@blueprint.get("")
@audience(Audience.FIRM, may="run_firm")
def show() -> tuple[str, int]:
    return _page()


@blueprint.post("/invoices/<uuid:invoice_id>/refund")
@audience(Audience.FIRM, may="run_firm")
def refund(invoice_id: uuid.UUID) -> Response | tuple[str, int]:
    form = RefundForm(at=str(invoice_id))
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                lock_invoice(work, invoice_id)
                row = ask_refund(work, invoice_id=invoice_id, amount=form.amount.data, by=actor().id, now=now())
                audit.note(work, firm_id=row.firm_id, act="fee.refund", by=actor(), owner_id=row.owner_id)
            return redirect(url_for("money.show"))
    return _page(form)


@blueprint.post("/fees/<uuid:fee_id>/write-off")
@audience(Audience.FIRM, may="run_firm")
def give_up(fee_id: uuid.UUID) -> Response:
    with staff_work() as work:
        write_off(work, fee_id=fee_id, now=now(), why="given_up")
        audit.note(work, firm_id=firm_id(), act="fee.written_off", by=actor())
    return redirect(url_for("money.show"))
