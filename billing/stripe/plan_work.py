"""The worker's walk for a firm's plan: known to Stripe once, then the address of Checkout or the portal."""

import uuid

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from billing.fees.plans import PLANS
from billing.stripe.gateway import StripeGateway, StripeRefused, checkout_params, portal_params
from billing.stripe.models import FirmPlan, PlanVisit
from tenants.database import Audience, Scope, unit_of_work


def open_plan_visit(gateway: StripeGateway, *, firm_id: uuid.UUID, visit_id: uuid.UUID, back: str) -> None:
    """Store the address of the page that was asked for. Raises: StripeUnavailable, then it stays pending."""
    scope = Scope(Audience.WORKER, firm_id)
    with unit_of_work(scope) as session:
        visit, row = session.get_one(PlanVisit, (firm_id, visit_id)), session.get(FirmPlan, firm_id)
        customer = None if row is None else row.stripe_customer
    if visit.state != "pending":
        return
    customer = customer or _add_firm(gateway, scope, firm_id)
    try:
        if visit.kind == "portal":
            url = gateway.open_portal(portal_params(customer=customer, back=back), key=visit_id)
        else:
            plan = PLANS[visit.plan or ""]
            wanted = checkout_params(customer=customer, firm_id=firm_id, plan=plan, seats=visit.seats, back=back)
            url = gateway.open_checkout(wanted, key=visit_id)
    except StripeRefused:
        url = ""
    with unit_of_work(scope) as session:
        done = session.get_one(PlanVisit, (firm_id, visit_id))
        done.state, done.url = ("ready", url) if url else ("failed", None)


def _add_firm(gateway: StripeGateway, scope: Scope, firm_id: uuid.UUID) -> str:
    made = gateway.add_customer(key=f"firm:{firm_id}", metadata={"famai_firm": str(firm_id)})
    with unit_of_work(scope) as session:
        return _keep_customer(session, firm_id, made)


def _keep_customer(session: Session, firm_id: uuid.UUID, made: str) -> str:
    """The first one counts."""
    row = {"firm_id": firm_id, "stripe_customer": made, "seats": 0, "is_ending": False}
    session.execute(insert(FirmPlan).values(row).on_conflict_do_nothing())
    return session.get_one(FirmPlan, firm_id).stripe_customer
