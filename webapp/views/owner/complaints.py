"""The owner's complaint to the bureau about her firm: write it, see its clock and outcome, take it back."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bureau.complaints import complaints
from bureau.complaints.states import RUNNING
from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from tenants.clock import now
from tenants.database import Audience
from tenants.models import Bureau, Firm
from webapp.edge.audiences import audience, owner_work
from webapp.edge.installation import case_keys
from webapp.forms.owner import ComplaintForm

blueprint = Blueprint("complaints", __name__, url_prefix="/checkup/<uuid:checkup_id>/complaint")


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _page(checkup_id, ComplaintForm())


def _page(checkup_id: uuid.UUID, form: ComplaintForm) -> tuple[str, int]:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        bureau = work.get_one(Bureau, work.get_one(Firm, row.firm_id).bureau_id)
        held = complaints.find_own(work, checkup_id=checkup_id, keys=case_keys())
    return render_complaint(row, bureau, held, form)


def render_complaint(
    row: Checkup, bureau: Bureau, held: complaints.OwnComplaint | None, form: ComplaintForm, **about: object
) -> tuple[str, int]:
    """`held`: what was said before; `about`: the body and the referral, where it is not about her firm."""
    running = held if held and held.state in RUNNING else None
    if running and not form.is_submitted():
        form.words.data = running.words
    given = {"body": None, "referral_id": None, **about}
    page = render_template(
        "owner/complaint.html",
        checkup=row,
        bureau=bureau,
        complaint=held,
        runs=running is not None,
        form=form,
        **given,
    )
    return page, form.status


@blueprint.post("")
@audience(Audience.OWNER)
def write(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    form = ComplaintForm()
    with form.faults_of_domain():
        if form.validate():
            with owner_work() as work:
                complaints.open_complaint(work, checkup_id=checkup_id, said=form.said(), keys=case_keys(), now=now())
            return redirect(url_for("complaints.show", checkup_id=checkup_id))
    return _page(checkup_id, form)


@blueprint.post("/withdraw")
@audience(Audience.OWNER)
def withdraw(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        complaints.withdraw(work, checkup_id=checkup_id, now=now())
    return redirect(url_for("complaints.show", checkup_id=checkup_id))
