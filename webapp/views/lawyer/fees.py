"""The firm's side of a case's fees: offer a service at the catalogue's price, see what became of it."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.fees.offers import get_case, list_fee_accounts, offer_fee
from checkup.conflicts.checks import refuse_walled
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.models import Business
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.installation import fee_catalogue
from webapp.forms.lawyer import FeeForm

blueprint = Blueprint("charging", __name__, url_prefix="/lawyer/checkups/<uuid:checkup_id>/fees")


def _page(checkup_id: uuid.UUID, form: FeeForm) -> tuple[str, int]:
    with staff_work() as work:
        refuse_walled(work, checkup_id, staff().person_id)
        checkup = get_case(work, checkup_id)
        page = render_template(
            "lawyer/fees.html",
            checkup=checkup,
            business=work.get_one(Business, (checkup.firm_id, checkup.business_id)),
            accounts=list_fee_accounts(work, checkup_id),
            form=form,
        )
    return page, form.status


@blueprint.get("")
@audience(Audience.FIRM, may="review")
def show(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _page(checkup_id, FeeForm().offer())


@blueprint.post("")
@audience(Audience.FIRM, may="review")
def offer(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    form, by = FeeForm().offer(), staff().person_id
    with form.faults_of_domain():
        if form.validate():
            service_id, given = form.service.data, form.given.data
            with staff_work() as work:
                refuse_walled(work, checkup_id, by)
                fee = offer_fee(
                    work,
                    catalogue=fee_catalogue(),
                    checkup_id=checkup_id,
                    service_id=service_id,
                    given=given,
                    by=by,
                    now=now(),
                )
                audit.note(
                    work, firm_id=fee.firm_id, act="fee.offered", by=actor(), about_id=checkup_id, owner_id=fee.owner_id
                )
            return redirect(url_for("charging.show", checkup_id=checkup_id))
    return _page(checkup_id, form)
