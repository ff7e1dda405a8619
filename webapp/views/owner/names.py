"""The owner tells who is concerned, before a lawyer reads anything: voluntary, names only."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.conflicts.parties import TELLABLE, read_names, save_names
from tenants.database import Audience
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
    form = form or NamesForm(
        formdata=None,
        data={
            "owner": names.owner,
            "guarantors": "\n".join(names.guarantors),
            "counterparties": "\n".join(names.counterparties),
        },
    )
    page = render_template(
        "owner/names.html", checkup=row, names=names, version=version, form=form, may_tell=row.state in TELLABLE
    )
    return page, form.status


@blueprint.post("/names")
@audience(Audience.OWNER)
def tell(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    form = NamesForm()
    with form.faults_of_domain():
        if form.validate():
            names = form.names()
            with owner_work() as work:
                save_names(work, checkup_id=checkup_id, names=names, keys=case_keys())
            return redirect(url_for("owner.result", checkup_id=checkup_id))
    return _page(checkup_id, form)
