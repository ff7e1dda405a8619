"""The calls that a lawyer on call has to make, and what came of them."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.calls.calling import list_to_make, settle_call
from tenants.clock import now
from tenants.database import Audience
from webapp.edge.audiences import actor, audience, firm_id, staff, staff_work
from webapp.edge.installation import case_keys
from webapp.forms.lawyer import CallMadeForm

blueprint = Blueprint("calls_to_make", __name__, url_prefix="/lawyer/calls")


@blueprint.get("")
@audience(Audience.FIRM, may="review")
def index() -> str:
    with staff_work() as work:
        calls = list_to_make(work, firm_id=firm_id(), person_id=staff().person_id, keys=case_keys(), now=now())
    return render_template("lawyer/calls.html", calls=calls)


@blueprint.post("/<uuid:call_id>")
@audience(Audience.FIRM, may="review")
def settle(call_id: uuid.UUID) -> Response:
    form = CallMadeForm()
    with staff_work() as work:
        settle_call(
            work, call_id=call_id, person_id=staff().person_id, outcome=form.outcome.data, by=actor(), now=now()
        )
    return redirect(url_for("calls_to_make.index"))
