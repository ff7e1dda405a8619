"""The owner tells who is concerned, before a lawyer reads anything: voluntary, names only."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.conflicts.parties import TELLABLE, read_names, save_names
from checkup.conflicts.values import parse_names
from tenants.database import Audience
from tenants.errors import Invalid
from webapp.edge.audiences import audience, owner_work
from webapp.edge.errors import fault_text
from webapp.edge.installation import case_keys

blueprint = Blueprint("names", __name__, url_prefix="/checkup/<uuid:checkup_id>")


@blueprint.get("/names")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    return _page(checkup_id, {})


def _page(checkup_id: uuid.UUID, faults: dict[str, str]) -> str:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        names, version = read_names(work, row, case_keys())
    return render_template(
        "owner/names.html",
        checkup=row,
        names=names,
        version=version,
        faults=faults,
        typed=request.form,
        may_tell=row.state in TELLABLE,
    )


@blueprint.post("/names")
@audience(Audience.OWNER)
def tell(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        names = parse_names(request.form)
    except Invalid as invalid:
        return _page(checkup_id, {fault.field: fault_text(fault) for fault in invalid.faults}), 422
    with owner_work() as work:
        save_names(work, checkup_id=checkup_id, names=names, keys=case_keys())
    return redirect(url_for("owner.result", checkup_id=checkup_id))
