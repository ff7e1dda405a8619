"""The firm's plan: what it may do, seats, and the way to Stripe's own pages."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.stripe.subscriptions import ask_checkout, ask_portal, find_visit, read_subscription_of
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from webapp.edge.audiences import actor, audience, firm_id, staff, staff_work
from webapp.forms.firm import SubscribeForm

blueprint = Blueprint("plan", __name__, url_prefix="/firm/plan")


def _page(form: SubscribeForm) -> tuple[str, int]:
    with staff_work() as work:
        held = read_subscription_of(work, firm_id())
        visit = find_visit(work, firm_id=firm_id(), now=now())
    if not form.is_submitted():
        form.seats.data = held.members
    return render_template("firm/plan.html", held=held, visit=visit, form=form), form.status


@blueprint.get("")
@audience(Audience.FIRM, may="run_firm")
def show() -> tuple[str, int]:
    return _page(SubscribeForm())


@blueprint.post("/subscribe")
@audience(Audience.FIRM, may="run_firm")
def subscribe() -> Response | tuple[str, int]:
    form = SubscribeForm()
    with form.faults_of_domain():
        if form.validate():
            plan, seats = form.plan.data, form.seats.data
            with staff_work() as work:
                ask_checkout(work, firm_id=firm_id(), plan_id=plan, seats=seats, by=staff().person_id, now=now())
                audit.note(work, firm_id=firm_id(), act="plan.asked", by=actor(), why=plan)
            return redirect(url_for("plan.show"))
    return _page(form)


@blueprint.post("/portal")
@audience(Audience.FIRM, may="run_firm")
def portal() -> Response:
    with staff_work() as work:
        ask_portal(work, firm_id=firm_id(), by=staff().person_id, now=now())
    return redirect(url_for("plan.show"))
