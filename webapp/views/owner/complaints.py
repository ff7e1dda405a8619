"""The owner's complaint to the bureau: write it, see its clock and outcome, take it back."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bureau.complaints import complaints
from bureau.complaints.complaints import parse_said
from checkup.cases.checkups import find_checkup_row
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Invalid
from tenants.models import Bureau, Firm
from webapp.edge.audiences import audience, owner_work
from webapp.edge.errors import fault_text
from webapp.edge.installation import case_keys

blueprint = Blueprint("complaints", __name__, url_prefix="/checkup/<uuid:checkup_id>/complaint")


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, faults: Mapping[str, str] | None = None) -> str:
    with owner_work() as work:
        row = find_checkup_row(work, checkup_id)
        bureau = work.get_one(Bureau, work.get_one(Firm, row.firm_id).bureau_id)
        complaint = complaints.find_own(work, checkup_id=checkup_id, keys=case_keys())
    return render_template(
        "owner/complaint.html",
        checkup=row,
        bureau=bureau,
        complaint=complaint,
        typed=request.form,
        faults=faults or {},
    )


@blueprint.post("")
@audience(Audience.OWNER)
def write(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        said = parse_said(request.form, wants_call=request.form.get("call") == "yes")
    except Invalid as invalid:
        return _page(checkup_id, {fault.field: fault_text(fault) for fault in invalid.faults}), 422
    with owner_work() as work:
        complaints.open_complaint(work, checkup_id=checkup_id, said=said, keys=case_keys(), now=now())
    return redirect(url_for("complaints.show", checkup_id=checkup_id))


@blueprint.post("/withdraw")
@audience(Audience.OWNER)
def withdraw(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        complaints.withdraw(work, checkup_id=checkup_id, now=now())
    return redirect(url_for("complaints.show", checkup_id=checkup_id))
