"""The firm's plan: what it may do, seats, and the way to Stripe's own pages."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from billing.stripe.subscriptions import ask_checkout, ask_portal, find_visit, read_subscription_of
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Invalid
from webapp.edge.audiences import actor, audience, firm_id, staff, staff_work
from webapp.edge.errors import fault_text

blueprint = Blueprint("plan", __name__, url_prefix="/firm/plan")


def _page(faults: dict[str, str]) -> str:
    with staff_work() as work:
        held = read_subscription_of(work, firm_id())
        visit = find_visit(work, firm_id=firm_id(), now=now())
    return render_template("firm/plan.html", held=held, visit=visit, faults=faults, typed=request.form)


@blueprint.get("")
@audience(Audience.FIRM, may="run_firm")
def show() -> str:
    return _page({})


@blueprint.post("/subscribe")
@audience(Audience.FIRM, may="run_firm")
def subscribe() -> Response | tuple[str, int]:
    wanted, seats = request.form.get("plan", ""), request.form.get("seats", "").strip()
    try:
        with staff_work() as work:
            ask_checkout(work, firm_id=firm_id(), plan_id=wanted, seats=seats, by=staff().person_id, now=now())
            audit.note(work, firm_id=firm_id(), act="plan.asked", by=actor(), why=wanted)
    except Invalid as invalid:
        return _page({fault.field: fault_text(fault) for fault in invalid.faults}), 422
    return redirect(url_for("plan.show"))


@blueprint.post("/portal")
@audience(Audience.FIRM, may="run_firm")
def portal() -> Response:
    with staff_work() as work:
        ask_portal(work, firm_id=firm_id(), by=staff().person_id, now=now())
    return redirect(url_for("plan.show"))
