"""Two taps on the result page: did you know of this, whom do you ask first."""

import uuid

from flask import Blueprint, abort, redirect, request, session, url_for
from werkzeug.wrappers import Response

from bureau.reports.survey import answer_survey
from checkup.cases.checkups import get_checkup_row
from tenants.clock import city_day, now
from tenants.database import Audience
from webapp.edge.audiences import audience, owner_work

blueprint = Blueprint("survey", __name__, url_prefix="/checkup/<uuid:checkup_id>/survey")
DONE = "surveyed"


@blueprint.post("")
@audience(Audience.OWNER)
def answer(checkup_id: uuid.UUID) -> Response:
    """Once per browser: that it was answered is noted there and nowhere else."""
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        if session.get(DONE):
            abort(409)
        answer_survey(work, firm_id=row.firm_id, answers=request.form, today=city_day(now()))
    session[DONE] = True
    return redirect(url_for("owner.result", checkup_id=checkup_id))
