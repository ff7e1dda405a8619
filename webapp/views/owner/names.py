"""The owner tells who is concerned, before a lawyer reads anything: voluntary, names only."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from checkup.conflicts.parties import TELLABLE, read_names, save_names
from checkup.letters.acceptance import find_in_force
from tenants import audit
from tenants.database import Audience
from tenants.models import Firm
from webapp.edge.audiences import audience, owner_work
from webapp.edge.installation import case_keys
from webapp.forms.owner import NamesForm

blueprint = Blueprint("names", __name__, url_prefix="/checkup/<uuid:checkup_id>")


@blueprint.get("/names")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, form: NamesForm | None = None) -> tuple[str, int]:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        names, version = read_names(work, row, case_keys())
        waits = _waits_for_letter(work, row)
        log = audit.list_entries(work, firm_id=row.firm_id, owner_id=row.owner_id) if waits else ()
        firm = work.get_one(Firm, row.firm_id)
    chosen = next((one for one in log if one.about_id == checkup_id and one.act == "case.chosen"), None)
    form = form or NamesForm(
        formdata=None,
        data={
            "owner": names.owner,
            "guarantors": "\n".join(names.guarantors),
            "counterparties": "\n".join(names.counterparties),
        },
    )
    page = render_template(
        "owner/names.html",
        checkup=row,
        names=names,
        version=version,
        form=form,
        may_tell=row.state in TELLABLE,
        waits_for_letter=waits,
        chosen=chosen,
        firm=firm,
    )
    return page, form.status


def _waits_for_letter(work: Session, row: Checkup) -> bool:
    """Whether she has asked for a lawyer, and the firm's letter waits for her yes."""
    return row.review_wanted and find_in_force(work, row) is None


@blueprint.post("/names")
@audience(Audience.OWNER)
def tell(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    form = NamesForm()
    with form.faults_of_domain():
        if form.validate():
            names = form.names()
            with owner_work() as work:
                row = save_names(work, checkup_id=checkup_id, names=names, keys=case_keys())
                following = "letter.show" if _waits_for_letter(work, row) else "owner.result"
            return redirect(url_for(following, checkup_id=checkup_id))
    return _page(checkup_id, form)
