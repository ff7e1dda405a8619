"""Every night Stripe and the books are compared, invoice by invoice; what a lost webhook left behind is caught up."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.books.models import Invoice, Refund
from billing.stripe.differences import report
from billing.stripe.models import PlanVisit
from billing.stripe.notices import Seen, firm_of, follow
from billing.stripe.values import StripeInvoice, StripeRefund
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm

STUCK_AFTER = dt.timedelta(minutes=1)  # longer than any call lasts


class Lists(Protocol):
    """The part of the gateway that lists."""

    def list_invoices(self, since: dt.datetime) -> Iterable[StripeInvoice]: ...
    def list_refunds(self, payment: str) -> list[StripeRefund]: ...


@dataclass(frozen=True)
class Compared:
    """How many objects at Stripe were looked at, and how many of them could not be brought into the books."""

    looked_at: int
    differing: int


def reconcile(gateway: Lists, *, since: dt.datetime, now: dt.datetime) -> Compared:
    """Follow every invoice made at Stripe since, and its refunds; report what only one side knows."""
    seen_ids, looked_at, differing = set(), 0, 0
    for invoice in gateway.list_invoices(since):
        seen_ids.add(invoice.id)
        refunds = gateway.list_refunds(invoice.payment) if invoice.payment and invoice.subscription is None else []
        objects: list[Seen] = [invoice, *refunds]
        for seen in objects:
            firm_id = firm_of(seen)
            with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
                looked_at += 1
                differing += not follow(session, seen=seen, firm_id=firm_id, now=now)
    return Compared(looked_at, differing + _report_missing(seen_ids, since, now))


def _firm_ids() -> Sequence[uuid.UUID]:
    with unit_of_work(Scope(Audience.WORKER)) as session:
        return session.scalars(select(Firm.id)).all()


def _report_missing(seen_ids: set[str], since: dt.datetime, now: dt.datetime) -> int:
    """What we think is at Stripe and is not, firm by firm: no role reads the invoices of all."""
    count = 0
    for firm_id in _firm_ids():
        with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
            query = select(Invoice).where(Invoice.stripe_invoice.is_not(None), Invoice.planned_at >= since)
            missing = [row for row in session.scalars(query) if row.stripe_invoice not in seen_ids]
            for row in missing:
                report(
                    session,
                    kind="missing_at_stripe",
                    stripe_id=row.stripe_invoice or "",
                    firm_id=row.firm_id,
                    now=now,
                    ours=row.amount_minor,
                )
        count += len(missing)
    return count


@dataclass(frozen=True)
class Stuck:
    """A row whose walk to Stripe was begun or asked for and has no outcome."""

    task: str
    firm_id: uuid.UUID
    row_id: uuid.UUID


def list_all_stuck(now: dt.datetime) -> Sequence[Stuck]:
    """What waits for longer than any call lasts, firm by firm."""
    found: list[Stuck] = []
    for firm_id in _firm_ids():
        with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
            found += _list_stuck(session, now=now)
    return found


def _list_stuck(session: Session, *, now: dt.datetime) -> list[Stuck]:
    before = now - STUCK_AFTER
    found = []
    for task, state in (("issue_invoice", "pending"), ("void_invoice", "voiding")):
        rows = select(Invoice.firm_id, Invoice.id).where(Invoice.state == state, Invoice.planned_at < before)
        found += [Stuck(task, firm_id, row_id) for firm_id, row_id in session.execute(rows)]
    refunds = select(Refund.firm_id, Refund.id).where(Refund.state == "pending", Refund.asked_at < before)
    visits = select(PlanVisit.firm_id, PlanVisit.id).where(PlanVisit.state == "pending", PlanVisit.asked_at < before)
    found += [Stuck("send_refund", firm_id, row_id) for firm_id, row_id in session.execute(refunds)]
    found += [Stuck("open_plan_visit", firm_id, row_id) for firm_id, row_id in session.execute(visits)]
    return found
