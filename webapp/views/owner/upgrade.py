"""A draft moves to the newest questions, and its owner sees first what that changes."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.cases import checkups
from checkup.owner.pack_upgrade import plan_upgrade, upgrade_checkup
from tenants.clock import now
from tenants.database import Audience
from webapp.edge.audiences import audience, owner_work
from webapp.edge.installation import case_keys
from webapp.forms.owner import UpgradeForm

blueprint = Blueprint("upgrade", __name__, url_prefix="/checkup")


@blueprint.get("/<uuid:checkup_id>/newer")
@audience(Audience.OWNER)
def newer(checkup_id: uuid.UUID) -> str | Response:
    """What carries over, what is asked again and what is dropped."""
    keys = case_keys()
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=keys)
    plan = plan_upgrade(opened)
    if plan is None:
        return redirect(url_for("owner.go_on", checkup_id=checkup_id))
    return render_template("owner/newer.html", checkup=opened.row, plan=plan)


@blueprint.post("/<uuid:checkup_id>/newer")
@audience(Audience.OWNER)
def move(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        upgrade_checkup(
            work,
            checkup_id=checkup_id,
            to_version=UpgradeForm().version.data,
            keys=case_keys(),
            now=now(),
        )
    return redirect(url_for("owner.go_on", checkup_id=checkup_id))
