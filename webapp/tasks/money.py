"""Jobs of money: every walk to Stripe, the recovery of what was cut off, and the nightly comparison."""

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from functools import cache

from billing.stripe.differences import report
from billing.stripe.gateway import StripeGateway, StripeRefused, StripeUnavailable
from billing.stripe.notices import apply_notice, list_waiting
from billing.stripe.plan_work import open_plan_visit
from billing.stripe.reconciliation import STUCK_AFTER, Compared, list_all_stuck, reconcile
from billing.stripe.work import issue_invoice, send_refund, void_invoice
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.settings import Settings

COMPARED_DAYS = 100
_NAMES = {
    "issue_invoice": "invoice_id",
    "void_invoice": "invoice_id",
    "send_refund": "refund_id",
    "open_plan_visit": "visit_id",
}


@cache
def gateway_to(key: str, url: str) -> StripeGateway:
    return StripeGateway(key, url)


def _gateway(settings: Settings) -> StripeGateway | None:
    """None where no Stripe is set up: rows stay pending, owners see that they pay at the firm."""
    return gateway_to(settings.stripe_key, settings.stripe_url) if settings.stripe_key else None


def _issue_invoice(settings: Settings, *, firm_id: str, invoice_id: str) -> None:
    if (gateway := _gateway(settings)) is not None:
        issue_invoice(gateway, firm_id=uuid.UUID(firm_id), invoice_id=uuid.UUID(invoice_id), now=now())


def _void_invoice(settings: Settings, *, firm_id: str, invoice_id: str) -> None:
    if (gateway := _gateway(settings)) is not None:
        void_invoice(gateway, firm_id=uuid.UUID(firm_id), invoice_id=uuid.UUID(invoice_id), now=now())


def _send_refund(settings: Settings, *, firm_id: str, refund_id: str) -> None:
    if (gateway := _gateway(settings)) is not None:
        send_refund(gateway, firm_id=uuid.UUID(firm_id), refund_id=uuid.UUID(refund_id), now=now())


def _open_plan_visit(settings: Settings, *, firm_id: str, visit_id: str) -> None:
    if (gateway := _gateway(settings)) is not None:
        back = f"{settings.public_url}/firm/plan"
        open_plan_visit(gateway, firm_id=uuid.UUID(firm_id), visit_id=uuid.UUID(visit_id), back=back)


def _apply_notice(settings: Settings, *, notice_id: str) -> None:
    if (gateway := _gateway(settings)) is None:
        return
    try:
        apply_notice(gateway, notice_id=notice_id, now=now())
    except StripeRefused:  # the object is gone
        with unit_of_work(Scope(Audience.WORKER)) as session:
            report(session, kind="missing_at_stripe", stripe_id=notice_id, firm_id=None, now=now())


def recover(settings: Settings, at: dt.datetime | None = None) -> int:
    """Make again every walk that was cut off by `at` (now), with the same key; returns how many."""
    if _gateway(settings) is None:
        return 0
    stuck = list_all_stuck(at or now())
    with unit_of_work(Scope(Audience.WORKER)) as session:
        waiting = list_waiting(session, before=(at or now()) - STUCK_AFTER)
    walks = [(one.task, {"firm_id": str(one.firm_id), _NAMES[one.task]: str(one.row_id)}) for one in stuck]
    walks += [("apply_notice", {"notice_id": notice_id}) for notice_id in waiting]
    for number, (task, args) in enumerate(walks):
        try:
            TASKS[task](settings, **args)
        except StripeUnavailable:  # next minute
            return number
        except Exception:  # one row in a bad way must not hold up the others
            logging.getLogger(__name__).exception("recovery of %s", task)
    return len(walks)


def compare(settings: Settings) -> Compared | None:
    """Compare Stripe with the books; None where no Stripe is set up."""
    if (gateway := _gateway(settings)) is None:
        return None
    return reconcile(gateway, since=now() - dt.timedelta(days=COMPARED_DAYS), now=now())


TASKS: dict[str, Callable[..., object]] = {
    "issue_invoice": _issue_invoice,
    "void_invoice": _void_invoice,
    "send_refund": _send_refund,
    "open_plan_visit": _open_plan_visit,
    "apply_notice": _apply_notice,
}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "recover_money": ("* * * * *", recover),
    "compare_money": ("40 18 * * *", compare),  # 02:40 in the city
}
