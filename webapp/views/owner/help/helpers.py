"""Who has helped an owner, what they typed and may see, and her word that it is enough."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from checkup.assisting.agreeing import end_help, is_there, list_helps
from checkup.assisting.answering import HELPER
from checkup.assisting.assist_rules import OWNERS_WORD
from checkup.cases.checkups import open_checkup
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience
from tenants.models import Station
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys

blueprint = Blueprint("owner_helpers", __name__, url_prefix="/checkup/<uuid:checkup_id>/helpers")


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    with owner_work() as work:
        opened = open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        helps = list_helps(work, checkup_id)
        phones = {one.id: one.phone for one in work.scalars(select(Station))}
        running = {one.id for one in helps if one.is_open(now()) and is_there(work, one)}
    known = {one.id: one for one in opened.pack.questions}
    entries = opened.record.entries.items()
    typed = [(known[one], entry) for one, entry in entries if entry.get("by") == HELPER and one in known]
    return render_template(
        "owner/help/helpers.html",
        checkup=opened.row,
        helps=helps,
        phones=phones,
        running=running,
        typed=typed,
        answers=opened.answers,
        is_claimed="claimed" in request.args,
    )


@blueprint.post("/end")
@audience(Audience.OWNER)
def end(checkup_id: uuid.UUID) -> Response:
    """From now on nobody of a station reads it."""
    by = Actor(owner_scope().person_id, _("店主本人"))
    with owner_work() as work:
        end_help(work, checkup_id=checkup_id, why=OWNERS_WORD, by=by, now=now())
    return redirect(url_for("owner_helpers.show", checkup_id=checkup_id))
