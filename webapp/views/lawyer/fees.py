"""The firm's side of a case's fees: offer a service at the catalogue's price, see what became of it."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from billing.fees.catalogue import get_catalogue
from billing.fees.offers import get_case, list_fee_accounts, offer_fee
from tenants import audit
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Invalid
from tenants.models import Business
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.errors import fault_text

blueprint = Blueprint("charging", __name__, url_prefix="/lawyer/checkups/<uuid:checkup_id>/fees")


def _page(checkup_id: uuid.UUID, faults: dict[str, str]) -> str:
    with staff_work() as work:
        checkup = get_case(work, checkup_id)
        return render_template(
            "lawyer/fees.html",
            checkup=checkup,
            business=work.get_one(Business, (checkup.firm_id, checkup.business_id)),
            accounts=list_fee_accounts(work, checkup_id),
            offered=get_catalogue().offered_on(city_day(now())),
            typed=request.form,
            faults=faults,
        )


@blueprint.get("")
@audience(Audience.FIRM, may="review")
def show(checkup_id: uuid.UUID) -> str:
    return _page(checkup_id, {})


@blueprint.post("")
@audience(Audience.FIRM, may="review")
def offer(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    service, given = request.form.get("service", ""), request.form.get("given", "")[:40]
    try:
        with staff_work() as work:
            fee = offer_fee(
                work, checkup_id=checkup_id, service_id=service, given=given, by=staff().person_id, now=now()
            )
            audit.note(
                work, firm_id=fee.firm_id, act="fee.offered", by=actor(), about_id=checkup_id, owner_id=fee.owner_id
            )
    except Invalid as invalid:
        return _page(checkup_id, {fault.field: fault_text(fault) for fault in invalid.faults}), 422
    return redirect(url_for("charging.show", checkup_id=checkup_id))
