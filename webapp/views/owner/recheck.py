"""Looking again: the course, the next checkup with the answers carried, and a draft that moves to newer questions."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import open_checkup
from checkup.owner.pack_upgrade import plan_upgrade, upgrade_checkup
from checkup.owner.recheck import load_trend, recheck_day, start_recheck
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.models import Firm
from webapp.edge.audiences import audience, owner_work
from webapp.edge.installation import case_keys
from webapp.forms.owner import UpgradeForm

blueprint = Blueprint("again", __name__, url_prefix="/checkup/<uuid:checkup_id>")


@blueprint.get("/trend")
@audience(Audience.OWNER)
def trend(checkup_id: uuid.UUID) -> str:
    keys = case_keys()
    with owner_work() as work:
        opened = open_checkup(work, checkup_id=checkup_id, keys=keys)
        steps = load_trend(work, checkup_id=checkup_id)
        months = work.get_one(Firm, opened.row.firm_id).revisit_months
    return render_template(
        "owner/trend.html",
        checkup=opened.row,
        pack=opened.pack,
        steps=steps,
        again_on=recheck_day(opened.row, months),
        today=city_day(now()),
    )


@blueprint.post("/again")
@audience(Audience.OWNER)
def again(checkup_id: uuid.UUID) -> Response:
    """Start the next checkup, or go on with the one that has begun."""
    keys = case_keys()
    with owner_work() as work:
        row = start_recheck(work, checkup_id=checkup_id, keys=keys, now=now())
    to = "mine.business" if request.args.get("then") == "business" else "owner.go_on"
    return redirect(url_for(to, checkup_id=row.id))


@blueprint.get("/newer")
@audience(Audience.OWNER)
def newer(checkup_id: uuid.UUID) -> str | Response:
    """What carries over, what is asked again and what is dropped."""
    keys = case_keys()
    with owner_work() as work:
        opened = open_checkup(work, checkup_id=checkup_id, keys=keys)
        plan = plan_upgrade(work, opened)
    if plan is None:
        return redirect(url_for("owner.go_on", checkup_id=checkup_id))
    return render_template("owner/newer.html", checkup=opened.row, plan=plan)


@blueprint.post("/newer")
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
