"""Two taps on the result page: did you know of this, whom do you ask first."""

import uuid

from flask import Blueprint, abort, redirect, session, url_for
from werkzeug.wrappers import Response

from bureau.reports.survey import answer_survey
from checkup.cases.checkups import get_checkup_row
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Invalid
from webapp.edge.audiences import audience, owner_work
from webapp.forms.owner import SurveyForm

blueprint = Blueprint("survey", __name__, url_prefix="/checkup/<uuid:checkup_id>/survey")
DONE = "surveyed"


@blueprint.post("")
@audience(Audience.OWNER)
def answer(checkup_id: uuid.UUID) -> Response:
    """Once per browser: that it was answered is noted there and nowhere else."""
    form = SurveyForm()
    if not form.validate():
        raise Invalid(tuple(form.reasons))
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        if session.get(DONE):
            abort(409)
        answer_survey(work, firm_id=row.firm_id, answers=form.answers(), today=city_day(now()))
    session[DONE] = True
    return redirect(url_for("owner.result", checkup_id=checkup_id))
