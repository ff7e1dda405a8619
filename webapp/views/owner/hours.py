"""律师的时间: the owner says with one tap whether the time is right, and whether assessors may see the findings."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bureau.hours.confirmation import answer_as_owner, list_for_owner
from bureau.quality.owner_consent import get_choice, set_choice
from checkup.cases.checkups import get_checkup_row
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.i18n import translate as _
from webapp.forms.owner import HoursAnswerForm, QualityForm

blueprint = Blueprint("owner_hours", __name__, url_prefix="/checkup/<uuid:checkup_id>/hours")


def _me() -> audit.Actor:
    return audit.Actor(owner_scope().person_id, _("店主本人"))


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        entries = list_for_owner(work, checkup_id=checkup_id)
        is_open_to_assessors = get_choice(work, row)
    return render_template(
        "owner/hours.html",
        checkup=row,
        waiting=[entry for entry in entries if entry.state == "submitted"],
        entries=[entry for entry in entries if entry.state != "submitted"],
        is_open_to_assessors=is_open_to_assessors,
    )


@blueprint.post("")
@audience(Audience.OWNER)
def answer(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        get_checkup_row(work, checkup_id)
        answer_as_owner(work, checkup_id=checkup_id, answer=HoursAnswerForm().answer.data, by=_me(), now=now())
    return redirect(url_for("owner_hours.show", checkup_id=checkup_id))


@blueprint.post("/quality")
@audience(Audience.OWNER)
def quality(checkup_id: uuid.UUID) -> Response:
    """Whether two lawyers of other firms may see the findings, without a name or a free word."""
    with owner_work() as work:
        set_choice(work, checkup_id=checkup_id, granted=QualityForm().granted.data == "yes", by=_me(), now=now())
    return redirect(url_for("owner_hours.show", checkup_id=checkup_id))
